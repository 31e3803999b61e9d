/** How bash reads the words of a line, and how a word must be written so that it stays one word. */

/** A line cut into words; quotes and backslashes are taken away, nothing is expanded. */
export interface BashLine {
  /** The complete words. */
  readonly words: readonly string[];
  /** The word that the line ends in; empty behind a blank. */
  readonly current: string;
  /** How much of `current` is not part of what bash replaces: it stands before a break or a quote. */
  readonly kept: number;
  /** Does `current` hold what bash would expand (`$(…`, `$NAME`): only bash knows what it stands for. */
  readonly expands: boolean;
  /** The quote that is still open. */
  readonly quote: '"' | "'" | '';
}

/**
 * @param line a command line as far as the cursor
 * @param breaks characters at which bash begins a new word to replace (COMP_WORDBREAKS)
 */
export function readBashLine(line: string, breaks: string): BashLine {
  const words: string[] = [];
  let word = '';
  let kept = 0;
  let begun = false;
  let expands = false;
  let quote: BashLine['quote'] = '';
  for (let i = 0; i < line.length; i++) {
    const char = line[i] ?? '';
    if (quote === "'" ? char === "'" : quote === '"' && char === '"') quote = '';
    else if (quote === "'") word += char;
    else if (char === '\\') {
      const next = line[++i] ?? '';
      // Between double quotes a backslash only escapes these.
      word += quote === '"' && !/["$`\\]/.test(next) ? `\\${next}` : next;
      begun = true;
    } else if (char === '$' || char === '`') {
      word += char;
      begun = true;
      expands = true;
    } else if (quote === '"') word += char;
    else if (char === '"' || char === "'") {
      quote = char;
      kept = word.length;
      begun = true;
    } else if (char === ' ' || char === '\t' || char === '\n') {
      if (begun) words.push(word);
      word = '';
      kept = 0;
      begun = false;
      expands = false;
    } else {
      word += char;
      begun = true;
      if (breaks.includes(char)) kept = word.length;
    }
  }
  return { words, current: word, kept, expands, quote };
}

/**
 * The rest of a word as it must be inserted, so that bash takes it as that text and nothing else;
 * null where it cannot be written there.
 */
export function bashWord(text: string, quote: BashLine['quote']): string | null {
  if (quote === "'") return text.includes("'") ? null : text;
  // An exclamation mark between double quotes is history, with a backslash or without.
  if (quote === '"') return text.includes('!') ? null : text.replace(/["$`\\]/g, '\\$&');
  return text.replace(/[^\w@%+=:,./^\-\u0080-\uffff]/g, '\\$&');
}
