/** Names with their values in running text: `password=…`, `"token": "…"`, `--password …`, `secret: …`. */
import { isSecretName, isSecretValue } from './secret-names.ts';
import type { Scan } from './scan.ts';
import { ALNUM, BLANKS, charsOf, WORD_ENDS, type Found, type Shape } from './secret-shapes.ts';

const NAME = charsOf(`${ALNUM}_.-`);
const DASHES = charsOf('-');
const INDENT = charsOf(' \t-');
/** What ends a value that stands in no quotes: of a parameter of an address, of a connection string. */
const VALUE_ENDS = [...WORD_ENDS, ';', '&'];
/** Headers whose value has blanks in it. */
const HEADER = /^(?:(?:proxy-)?authorization|(?:set-)?cookie|x-[\w-]*(?:key|token|secret))$/i;
/** What registries say behind `authorization:`: that it failed, and how. */
const TOLD = /^(?:authorization failed|server message|no basic auth credentials|failed to)\b/;
/** Names that no prose uses before a colon. */
const PASSWORD = /passw(?:or)?d$|passphrase$/i;

export const PAIRS: readonly Shape[] = [
  { opens: /[=:]/g, find: pair },
  { opens: /--?(?=[A-Za-z])/g, find: argument },
];

const none = (resume: number): Found => ({ resume });

/** `name=value` or `name: value`, with or without quotes. */
function pair(scan: Scan, at: number, from: number, floor: number): Found {
  const { text } = scan;
  // `==`, `::` and `://` join no name with a value.
  if (/[=:]/.test(text.charAt(from)) || text.startsWith('//', from)) return none(from + 1);
  let end = scan.runBack(BLANKS, at, floor);
  const quoted = /["']/.test(text.charAt(end - 1));
  if (quoted) end--;
  // Of a text in JSON in a text.
  const escaped = quoted && text.charAt(end - 1) === '\\';
  if (escaped) end--;
  const begin = scan.runBack(NAME, end, floor);
  const name = text.slice(begin, end);
  if (name === '' || !(isSecretName(name) || name === 'auth' || name === '_auth'))
    return none(from);
  const start = scan.run(BLANKS, from);
  const before = text.charAt(begin - (quoted ? (escaped ? 3 : 2) : 1));
  const isLine =
    before === '' || before === '\n' || isIndent(scan, begin - (quoted ? 1 : 0), floor);
  if (text.charAt(at) === ':') {
    if (HEADER.test(name) && !/["']/.test(text.charAt(start))) {
      const end = scan.nextOf(['\n', '"', "'", '`', '\\'], start);
      const value = text.slice(start, start + 64);
      return /^\w* ?\$/.test(value) || TOLD.test(value) ? none(from) : { secret: [start, end] };
    }
    if (isLine && start > from && /[|>]/.test(text.charAt(start))) return block(scan, begin, start);
    const told = quoted || (isLine && start > from);
    const isPassword = PASSWORD.test(name) && (start > from || /[[{ ,]/.test(before));
    if (!told && !isPassword) return none(from);
  }
  const value = valueAt(scan, start);
  // JSON quotes its texts: `volume "token": secret "x" not found` is prose.
  if (quoted && text.charAt(at) === ':' && !value.quoted) return none(from);
  const [first, last] = value.range;
  return isSecretValue(name, text.slice(first, last)) ? { secret: [first, last] } : none(first);
}

/** Stands the name alone at the start of its line, or of an item of a list? */
function isIndent(scan: Scan, begin: number, floor: number): boolean {
  const start = scan.runBack(INDENT, begin, floor);
  return start < begin && (start === 0 || scan.text.charAt(start - 1) === '\n');
}

/** A YAML block (`key: |`): the lines that are indented more than the key. */
function block(scan: Scan, begin: number, start: number): Found {
  const { text } = scan;
  const lineStart = text.lastIndexOf('\n', begin) + 1;
  const first = scan.next('\n', start) + 1;
  let end = first;
  while (end < text.length) {
    const stop = scan.run(BLANKS, end);
    if (stop - end <= begin - lineStart && text.charAt(stop) !== '\n') break;
    end = scan.next('\n', stop) + 1;
  }
  return end > first ? { secret: [first, Math.min(end, text.length)] } : none(start);
}

interface Value {
  readonly quoted: boolean;
  readonly range: readonly [start: number, end: number];
}

function valueAt(scan: Scan, start: number): Value {
  const { text } = scan;
  const quote = /^(?:\\?["']|`)/.exec(text.slice(start, start + 2))?.[0];
  if (quote !== undefined) {
    const first = start + quote.length;
    let last = scan.next(quote, first);
    // A backslash takes its meaning from a plain quote.
    while (quote.length === 1 && last < text.length && text.charAt(last - 1) === '\\')
      last = scan.next(quote, last + 1);
    if (last < text.length) return { quoted: true, range: [first, last] };
    // A text that was cut: the quote never ends.
    return { quoted: true, range: [first, scan.next('\n', first)] };
  }
  return { quoted: false, range: [start, scan.nextOf(VALUE_ENDS, start)] };
}

/** `--password value`: the value stands behind it, as a word of its own. */
function argument(scan: Scan, at: number, from: number): Found {
  const { text } = scan;
  const dashes = scan.run(DASHES, at);
  const end = scan.run(NAME, from);
  const start = scan.run(BLANKS, end);
  const isWord = at === 0 || /[\s"'`([]/.test(text.charAt(at - 1));
  if (!isWord || start === end || end - dashes < 2) return none(end);
  if (text.charAt(start) === '-' || !isSecretName(text.slice(dashes, end))) return none(end);
  const { range } = valueAt(scan, start);
  return isSecretValue(text.slice(dashes, end), text.slice(...range))
    ? { secret: range }
    : none(end);
}
