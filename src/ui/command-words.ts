/** The words of a command, and the filter that stands among them as k9s and kubectl take it. */

/** A command taken apart. */
export interface CommandWords {
  /** What stands alone: the command, a namespace or a name. */
  readonly words: readonly string[];
  /** In the language of `/`; empty for none. */
  readonly filter: string;
  /** Behind `@`; null for none. */
  readonly cluster: string | null;
  /** An option that is none, or that lacks its value; empty: all is well. */
  readonly error: string;
}

const TOKEN = /\s*(?:"([^"]*)"|'([^']*)'|(\S+))/y;
/** Options that take a value. */
const VALUES: ReadonlySet<string> = new Set(['-l', '-f', '-n', '--selector', '--namespace']);
const ALL: ReadonlySet<string> = new Set(['-A', '--all-namespaces']);

/**
 * Takes a command apart: `po shop /api`, `po -l app=web`, `po app=web,tier!=back`, `po -f apx`,
 * `po -n shop`, `po -A`, `po @prod`. All that follows a word that begins with a slash is the filter.
 */
export function commandWords(text: string): CommandWords {
  const words: string[] = [];
  const filters: string[] = [];
  let cluster: string | null = null;
  let error = '';
  const tokens = tokensOf(text);
  for (let i = 0; i < tokens.length; i++) {
    const { text: token, at, quoted } = tokens[i] ?? END;
    if (quoted) words.push(token);
    else if (token.startsWith('/')) {
      filters.push(text.slice(at + 1).trim());
      break;
    } else if (token.startsWith('@')) cluster = token.slice(1);
    else if (ALL.has(token)) words.push('all');
    else if (VALUES.has(token)) {
      const value = tokens[++i];
      if (!value) error ||= `${token} needs a value`;
      else if (token.startsWith('-n') || token === '--namespace') words.push(value.text);
      else filters.push(`${token === '-f' ? '-f' : '-l'} ${oneWord(value.text)}`);
    } else if (token.startsWith('-')) error ||= `no option ${token}: -l, -f, -n and -A there are`;
    // No name has an equals sign; a label has.
    else if (words.length > 0 && token.includes('=')) filters.push(`-l ${token}`);
    else words.push(token);
  }
  return { words, filter: filters.join(' '), cluster, error };
}

/** A word, and where it stands. */
export interface Token {
  readonly text: string;
  /** Where it begins. */
  readonly at: number;
  readonly quoted: boolean;
}

const END: Token = { text: '', at: 0, quoted: false };

export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(text); found !== null; found = TOKEN.exec(text)) {
    const [whole, double, single, bare] = found;
    const at = found.index + (whole.length - whole.trimStart().length);
    tokens.push({ text: double ?? single ?? bare ?? '', at, quoted: bare === undefined });
  }
  return tokens;
}

const oneWord = (text: string): string => (/\s/.test(text) ? `"${text}"` : text);
