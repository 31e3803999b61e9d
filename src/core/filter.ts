/**
 * The language of `/`: terms separated by blanks, all of which must match.
 *
 * - `api` a regular expression, whatever the case, over all that the row says
 * - `"back off"` text as it stands
 * - `!api` not
 * - `-f apx2` fuzzy: these letters in this order in the name
 * - `-l app=api,tier!=back` a label selector, as kubectl takes them
 * - `status:crash`, `restarts:>5`, `age:<1h`, `image:~v2$` one column
 */
import { columnTest, compileRegex, type FilterColumn } from './filter-value.ts';
import { parseSelector } from './label-selector.ts';
import { nearest } from './nearest.ts';

/** What a filter may look at of a row. */
export interface FilterFields<Row> {
  /** All that the row says, in one text. */
  readonly haystack: (row: Row) => string;
  /** `namespace/name`. */
  readonly name: (row: Row) => string;
  readonly labels: (row: Row) => Readonly<Record<string, string>>;
  /** Columns by each name they go by, in lower case. */
  readonly columns: ReadonlyMap<string, FilterColumn<Row>>;
  readonly now: () => number;
}

/** A filter ready to be asked, or what is wrong with its text and where. */
export type Filter<Row> =
  | {
      readonly ok: true;
      readonly test: (row: Row) => boolean;
      /** What was probably meant otherwise, e.g. a column that does not exist; mostly empty. */
      readonly hint: string;
    }
  | { readonly ok: false; readonly error: string; readonly at: number };

type Test<Row> = (row: Row) => boolean;

const BLANKS = /\s*/y;
const OPTION = /-([fl])(?=\s|$)\s*/y;
const COLUMN = /([A-Za-z%][\w%/()-]*):/y;
/** A word; a backslash keeps the blank after it. */
const WORD = /(?:\\[^]|[^\s\\])+\\?/y;
const QUOTED = /(["'])((?:(?!\1)[^])*)(\1|$)/y;

/** Reads a filter. Never throws; what is still being typed (`!`, `-l `, `status:`) matches all. */
export function parseFilter<Row>(text: string, fields: FilterFields<Row>): Filter<Row> {
  const reader = new Reader(text);
  const tests: Test<Row>[] = [];
  let hint = '';
  for (reader.take(BLANKS); !reader.done; reader.take(BLANKS)) {
    const at = reader.at;
    const not = reader.text[at] === '!';
    if (not) reader.at++;
    const term = readTerm(reader, fields);
    if (typeof term.test === 'string') return { ok: false, error: term.test, at };
    hint ||= term.hint ?? '';
    if (term.test === null) continue;
    const { test } = term;
    tests.push(not ? (row) => !test(row) : test);
  }
  const [only] = tests;
  const test = tests.length === 1 && only ? only : (row: Row) => tests.every((one) => one(row));
  return { ok: true, test, hint };
}

/** A term's test; a text is what is wrong with it, null is one that is not finished yet. */
interface Term<Row> {
  readonly test: Test<Row> | string | null;
  readonly hint?: string;
}

function readTerm<Row>(reader: Reader, fields: FilterFields<Row>): Term<Row> {
  const option = reader.take(OPTION);
  if (option?.[1] === 'l') return { test: labelTest(reader, fields) };
  if (option?.[1] === 'f') return { test: fuzzyTest(reader.value() ?? '', fields) };

  const start = reader.at;
  const head = reader.take(COLUMN);
  const column = head?.[1] === undefined ? undefined : fields.columns.get(head[1].toLowerCase());
  if (head && column) {
    const operand = reader.operand();
    return { test: operand === '' ? null : columnTest(column, operand, fields.now) };
  }
  reader.at = start;

  const quoted = reader.quoted();
  if (quoted !== null) return { test: quoted === '' ? null : literalTest(quoted, fields) };
  const word = reader.take(WORD)?.[0] ?? '';
  if (word === '') return { test: null };
  const regex = compileRegex(word);
  if (typeof regex === 'string') return { test: regex };
  const meant = head?.[1] === undefined ? null : nearest(head[1], fields.columns.keys());
  return {
    test: (row) => regex.test(fields.haystack(row)),
    ...(meant !== null && { hint: `there is no column ${head?.[1]}; did you mean ${meant}?` }),
  };
}

function labelTest<Row>(reader: Reader, fields: FilterFields<Row>): Test<Row> | string | null {
  if (reader.done) return null;
  const quoted = reader.quoted();
  const parsed = quoted === null ? parseSelector(reader.text, reader.at) : parseSelector(quoted);
  if (!parsed.ok) return parsed.error;
  if (quoted === null) reader.at = parsed.end;
  return (row) => parsed.matches(fields.labels(row));
}

function fuzzyTest<Row>(letters: string, { name }: FilterFields<Row>): Test<Row> | null {
  if (letters === '') return null;
  const wanted = letters.toLowerCase();
  return (row) => {
    const text = name(row).toLowerCase();
    let from = 0;
    for (const letter of wanted) {
      const found = text.indexOf(letter, from);
      if (found < 0) return false;
      from = found + letter.length;
    }
    return true;
  };
}

function literalTest<Row>(text: string, { haystack }: FilterFields<Row>): Test<Row> {
  const wanted = text.toLowerCase();
  return (row) => haystack(row).toLowerCase().includes(wanted);
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
    const operator = this.take(/(?:>=|<=|!=|>|<|=|~)?/y)?.[0] ?? '';
    const quoted = this.quoted();
    if (quoted !== null) return operator + quoted;
    const word = this.take(WORD)?.[0] ?? '';
    // `=` and `!=` may stand alone: equal to nothing, or to something.
    return word === '' && operator !== '=' && operator !== '!=' ? '' : operator + word;
  }
}
