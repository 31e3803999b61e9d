/**
 * The files of the AWS tools, read as the aws CLI reads them: its grammar is that of Python's
 * `RawConfigParser`, with section names in the words of a shell. The SDK's own reader knows no
 * blanks in the names of profiles and takes ` #` within a value for a comment.
 */

/** One section: its keys in lower case, nested ones as `eks.endpoint_url`. */
export type IniSection = Readonly<Record<string, string | undefined>>;

const HEADER = /^\[(.+)\]/;
const OPTION = /^([^=:]*[^\s=:])\s*[=:]\s*(.*)$/;
/** What this section holds is the default of all others. */
const DEFAULTS = 'DEFAULT';

/**
 * Sections by the name between their brackets, in the order of the file. Lines that are neither
 * section nor `key = value` say nothing; a section or key that is repeated adds to, or replaces,
 * what came before.
 */
export function parseIni(text: string): ReadonlyMap<string, IniSection> {
  const sections = new Map<string, Map<string, string[]>>();
  let section: Map<string, string[]> | null = null;
  let value: string[] | null = null;
  let indent = 0;
  for (const line of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
    const content = line.trim();
    if (content === '' || content.startsWith('#') || content.startsWith(';')) continue;
    const depth = line.length - line.trimStart().length;
    if (value !== null && depth > indent) {
      value.push(content);
      continue;
    }
    value = null;
    const name = HEADER.exec(content)?.[1];
    if (name !== undefined) {
      section = sections.get(name) ?? new Map<string, string[]>();
      sections.set(name, section);
      continue;
    }
    const [, key = '', first = ''] = OPTION.exec(content) ?? [];
    if (section === null || key === '') continue;
    value = [first];
    indent = depth;
    section.set(key.toLowerCase(), value);
  }
  const defaults = sections.get(DEFAULTS) ?? new Map<string, string[]>();
  sections.delete(DEFAULTS);
  return new Map(
    [...sections].map(([name, options]) => [
      name,
      Object.fromEntries([...defaults, ...options].flatMap(entries)),
    ]),
  );
}

/** One key with its value, or, where indented lines follow an empty value, one for each of them. */
function entries([key, lines]: [string, readonly string[]]): [string, string][] {
  if (lines[0] !== '' || lines.length === 1) return [[key, lines.join('\n')]];
  return lines.slice(1).flatMap((line): [string, string][] => {
    const at = line.indexOf('=');
    return at < 0 ? [] : [[`${key}.${line.slice(0, at).trim()}`, line.slice(at + 1).trim()]];
  });
}

/**
 * The words of a text as a POSIX shell takes it apart, with nothing replaced in them; null where a
 * quote is left open.
 */
export function shellWords(text: string): readonly string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (/\s/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (char === "'") {
      const end = text.indexOf("'", i + 1);
      if (end < 0) return null;
      word = (word ?? '') + text.slice(i + 1, end);
      i = end;
    } else if (char === '"') {
      let quoted = '';
      for (i++; text.charAt(i) !== '"'; i++) {
        if (i >= text.length) return null;
        // Within quotes a backslash takes away the meaning of these two only.
        if (text.charAt(i) === '\\' && /["\\]/.test(text.charAt(i + 1))) i++;
        quoted += text.charAt(i);
      }
      word = (word ?? '') + quoted;
    } else {
      if (char === '\\' && ++i >= text.length) return null;
      word = (word ?? '') + text.charAt(i);
    }
  }
  if (word !== null) words.push(word);
  return words;
}
