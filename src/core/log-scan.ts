/** Members of JSON objects and pairs of logfmt, found in a line without reading what is in them. */

/**
 * Told of a member: its name, and where in the text its value stands as it was written.
 * @returns true: enough, the rest need not be looked at
 */
export type Visit = (name: string, from: number, to: number) => boolean;

const LITERAL = /-?\d[\d.eE+-]*|true|false|null/y;
const BRACKET = /["[\]{}]/g;
const NAME = /[^\s="\\{}[\]]+=/y;
const BARE = /[^\s"]*/y;
const BLANKS = /\s*/y;

/**
 * Goes through the members of the object that begins at a place. Linear in the length of the text.
 * @returns where it ends; -1: it is none, or the visitor has had enough
 */
export function eachMember(text: string, at: number, visit: Visit): number {
  if (text[at] !== '{') return -1;
  for (let next = skipBlanks(text, at + 1); ; next = skipBlanks(text, next + 1)) {
    const nameEnd = stringEnd(text, next);
    const colon = nameEnd < 0 ? -1 : skipBlanks(text, nameEnd);
    if (colon < 0 || text[colon] !== ':') return -1;
    const from = skipBlanks(text, colon + 1);
    const to = valueEnd(text, from);
    if (to < 0) return -1;
    const end = skipBlanks(text, to);
    const mark = text[end];
    if (mark !== ',' && mark !== '}') return -1;
    if (visit(text.slice(next + 1, nameEnd - 1), from, to)) return -1;
    if (mark === '}') return end + 1;
    next = end;
  }
}

/**
 * Goes through pairs `name=value` from a place on, as far as there are any.
 * @returns where they end, or the visitor had enough
 */
export function eachPair(text: string, from: number, visit: Visit): number {
  let end = from;
  while (end < text.length) {
    const valueAt = take(NAME, text, end);
    if (valueAt < 0) break;
    const isQuoted = text[valueAt] === '"';
    const to = isQuoted ? stringEnd(text, valueAt) : take(BARE, text, valueAt);
    const next = to < 0 ? -1 : take(BLANKS, text, to);
    if (next < 0 || (next === to && next < text.length)) break;
    const isEnough = visit(text.slice(end, valueAt - 1), valueAt, to);
    end = next;
    if (isEnough) break;
  }
  return end;
}

/** Where a string in quotes ends that begins at a place; -1: none does. */
export function stringEnd(text: string, at: number): number {
  if (text[at] !== '"') return -1;
  for (let end = text.indexOf('"', at + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return end + 1;
  }
  return -1;
}

/** Where a value ends, -1 where there is none. What is nested is only counted, however deep. */
function valueEnd(text: string, at: number): number {
  const mark = text[at];
  if (mark === '"') return stringEnd(text, at);
  if (mark !== '{' && mark !== '[') return take(LITERAL, text, at);
  let depth = 0;
  BRACKET.lastIndex = at;
  for (let found = BRACKET.exec(text); found !== null; found = BRACKET.exec(text)) {
    const [bracket] = found;
    if (bracket === '"') {
      const end = stringEnd(text, found.index);
      if (end < 0) return -1;
      BRACKET.lastIndex = end;
    } else depth += bracket === '{' || bracket === '[' ? 1 : -1;
    if (depth === 0) return found.index + 1;
  }
  return -1;
}

/** What stands in quotes; text without them as it is; null where its escapes are wrong. */
export function unquote(text: string): string | null {
  if (!text.startsWith('"')) return text;
  if (!text.includes('\\')) return text.slice(1, -1);
  try {
    return String(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The place of the next character that is no white space. */
export function skipBlanks(text: string, at: number): number {
  let next = at;
  while (text[next] === ' ' || text[next] === '\t') next++;
  return next;
}

/** Where a sticky pattern ends that matches at a place; -1 where it does not. */
function take(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}
