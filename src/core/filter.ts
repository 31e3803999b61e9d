/**
 * The language of `/`: terms separated by blanks, all of which must match.
 *
 * - `api` a regular expression, whatever the case, over all that the row says
 * - `"back off"` text as it stands
 * - `!api` not
 * - `-f apx2` fuzzy: these letters in this order in the name
 * - `-l app=api,tier!=back` a label selector, as kubectl takes them
 * - `status:crash`, `image:v2$`, `status:!run` a regular expression, over one column
 * - `restarts:>5`, `age:<1h` a comparison
 */
import { columnTest, opposite, type ColumnTest, type FilterColumn } from './filter-value.ts';
import { rowRegex } from './row-regex.ts';
import { parseSelector } from './label-selector.ts';
import { nearest } from './nearest.ts';

/** What a filter may look at of a row. */
export interface FilterFields<Row> {
  /** All that the row says, in one text. */
  readonly haystack: (row: Row) => string;
  /** `namespace/name`. */
  readonly name: (row: Row) => string;
  /** Null where rows have none. */
  readonly labels: ((row: Row) => Readonly<Record<string, string>>) | null;
  /** Columns by each name they go by, in lower case. */
  readonly columns: ReadonlyMap<string, FilterColumn<Row>>;
  readonly now: () => number;
}

/** A filter ready to be asked, or what is wrong with its text and where. */
export type Filter<Row> =
  | {
      readonly ok: true;
      readonly test: (row: Row) => boolean;
      /** Ids of the columns that it asks for by name: what they need has to be known. */
      readonly columns: readonly string[];
      /** Tests of the words that may be anywhere in a row, for saying where they are. */
      readonly words: readonly ((text: string) => boolean)[];
    }
  | { readonly ok: false; readonly error: string; readonly at: number };

const BLANKS = /\s*/y;
const OPTION = /-([fl])(?=\s|$)\s*/y;
const COLUMN = /([A-Za-z%][\w%/()-]*):/y;
/** A word; a backslash keeps the blank after it. */
const WORD = /(?:\\[^]|[^\s\\])+\\?/y;
const QUOTED = /(["'])((?:(?!\1)[^])*)(\1|$)/y;

/** Reads a filter. Never throws; what is still being typed (`!`, `-l `, `status:`) matches all. */
export function parseFilter<Row>(text: string, fields: FilterFields<Row>): Filter<Row> {
  const reader = new Reader(text);
  const tests: ColumnTest<Row>[] = [];
  const columns: string[] = [];
  const words: ((text: string) => boolean)[] = [];
  for (reader.take(BLANKS); !reader.done; reader.take(BLANKS)) {
    const at = reader.at;
    const not = reader.text[at] === '!';
    if (not) reader.at++;
    const term = readTerm(reader, fields);
    if (typeof term === 'string') return { ok: false, error: term, at };
    if (term === null) continue;
    tests.push(opposite(not, term.test));
    if (term.column !== undefined) columns.push(term.column);
    if (term.word && !not) words.push(term.word);
  }
  const [only] = tests;
  const test =
    tests.length === 1 && only
      ? (row: Row) => only(row) === true
      : (row: Row) => tests.every((one) => one(row) === true);
  return { ok: true, test, columns, words };
}

/** A term of a filter. */
interface Term<Row> {
  readonly test: ColumnTest<Row>;
  /** The column it names. */
  readonly column?: string;
  /** What it looks for anywhere. */
  readonly word?: (text: string) => boolean;
}

/** The next term; a text is what is wrong with it, null is one that is not finished yet. */
function readTerm<Row>(reader: Reader, fields: FilterFields<Row>): Term<Row> | string | null {
  const option = reader.take(OPTION);
  if (option?.[1] === 'l') return labelTerm(reader, fields);
  if (option?.[1] === 'f') return fuzzyTerm(reader.value() ?? '', fields);

  const head = reader.take(COLUMN);
  if (head) return columnTerm(reader, head[1] ?? '', fields);
  const quoted = reader.quoted();
  if (quoted !== null) {
    const wanted = quoted.toLowerCase();
    return wordTerm(quoted, (text) => text.toLowerCase().includes(wanted), fields);
  }
  const word = reader.take(WORD)?.[0] ?? '';
  const regex = rowRegex(word);
  return typeof regex === 'string' ? regex : wordTerm(word, (text) => regex.test(text), fields);
}

function columnTerm<Row>(
  reader: Reader,
  name: string,
  { columns, now }: FilterFields<Row>,
): Term<Row> | string | null {
  const operand = reader.operand();
  const column = columns.get(name.toLowerCase());
  if (!column) {
    const meant = nearest(name, columns.keys());
    const like = meant === null ? '' : `, did you mean ${meant}?`;
    return `no column ${name}${like} · text with a colon goes in quotes: "${name}:${operand}"`;
  }
  if (operand === '') return null;
  const test = columnTest(column, operand, now);
  return typeof test === 'string' ? test : { test, column: column.id };
}

function labelTerm<Row>(reader: Reader, { labels }: FilterFields<Row>): Term<Row> | string | null {
  if (labels === null) return 'nothing here has labels';
  if (reader.done) return null;
  const quoted = reader.quoted();
  const parsed = quoted === null ? parseSelector(reader.text, reader.at) : parseSelector(quoted);
  if (!parsed.ok) return parsed.error;
  if (quoted === null) reader.at = parsed.end;
  return { test: (row) => parsed.matches(labels(row)) };
}

function fuzzyTerm<Row>(letters: string, { name }: FilterFields<Row>): Term<Row> | null {
  if (letters === '') return null;
  const wanted = letters.toLowerCase();
  const test = (row: Row): boolean => {
    const text = name(row).toLowerCase();
    let from = 0;
    for (const letter of wanted) {
      const found = text.indexOf(letter, from);
      if (found < 0) return false;
      from = found + letter.length;
    }
    return true;
  };
  return { test };
}

function wordTerm<Row>(
  text: string,
  word: (text: string) => boolean,
  { haystack }: FilterFields<Row>,
): Term<Row> | null {
  return text === '' ? null : { test: (row) => word(haystack(row)), word };
}

/** A place in a text that is read from left to right. */
class Reader {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  /** Takes what a sticky pattern matches here. */
  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at += found[0].length;
    return found;
  }

  /** Text in quotes, closed or still being typed; null where none begins here. */
  quoted(): string | null {
    return this.take(QUOTED)?.[2] ?? null;
  }

  /** A word or a text in quotes. */
  value(): string | null {
    return this.quoted() ?? this.take(WORD)?.[0] ?? null;
  }

  /** What follows `column:`, an operator before quotes included. */
  operand(): string {
    const operator = this.take(/(?:>=|<=|!=|!~|>|<|=|~|!)?/y)?.[0] ?? '';
    const quoted = this.quoted();
    if (quoted !== null) return operator + quoted;
    const word = this.take(WORD)?.[0] ?? '';
    // `=` and `!=` may stand alone: equal to nothing, or to something.
    return word === '' && operator !== '=' && operator !== '!=' ? '' : operator + word;
  }
}
