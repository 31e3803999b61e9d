/**
 * The terms `name:value` at either end of what log lines are filtered by, in the language of tables:
 * `level:error`, `level:>=warn`, `status:>=500`, `!user:bob`, `path:"/a b"`.
 */
import { columnTest, type FilterColumn } from './filter-value.ts';
import type { LogLine } from './log-buffer.ts';
import type { LogTest } from './log-verdict.ts';
import { LEVEL_RANKS, levelName, levelNamed } from './log-level-names.ts';
import type { LogRecord } from './log-parts.ts';
import { STATUSES } from './log-names.ts';
import { logField, readLogRecord } from './log-record.ts';
import { saidLevel } from './log-said.ts';
import { rowRegex } from './row-regex.ts';

/** A term ready to be asked. It takes time linear in the text of a line, whatever was typed. */
export interface LogTerm extends LogTest {
  /** What it looks for in the text, too; null where it looks at fields only. */
  readonly text: string | null;
}

/** Terms, and what else was typed, which is a pattern. */
export interface LogTerms {
  readonly terms: readonly LogTerm[];
  readonly rest: string;
}

// A value neither begins with a slash nor is empty: `http://x` and `error: x` are text.
const TERM = String.raw`(!?)([A-Za-z_@][\w.@-]*):((>=|<=|!=|!~|>|<|=|~|!)?("[^"]*"|[^\s"/]\S*))`;
const FIRST = new RegExp(String.raw`^\s*${TERM}(?:\s+|$)`);
const LAST = new RegExp(String.raw`(?:^|\s+)${TERM}\s*$`);

/** In all of the names that a status has. */
const STATUS = /status|response_code/i;
const NUMBER = /^-?\d{1,15}(?:\.\d{1,6})?$/;
/** Names that a line may have under another spelling. */
const SPELLED = new Set(['msg', 'message', 'time', 'ts', 'timestamp']);

/** Takes the terms off both ends of a text, or says what is wrong with one. */
export function readLogTerms(text: string): LogTerms | { readonly error: string } {
  const terms: LogTerm[] = [];
  let rest = text;
  for (const end of [FIRST, LAST]) {
    for (let found = end.exec(rest); found !== null; found = end.exec(rest)) {
      const term = termOf(found);
      if (typeof term === 'string') return { error: term };
      terms.push(term);
      const { index } = found;
      rest = rest.slice(0, index) + rest.slice(index + found[0].length);
    }
  }
  return { terms, rest };
}

function termOf([
  ,
  not = '',
  name = '',
  operand = '',
  operator = '',
  quoted = '',
]: RegExpExecArray): LogTerm | string {
  const value = quoted.startsWith('"') ? quoted.slice(1, -1) : quoted;
  const isLevel = name.toLowerCase() === 'level';
  const found = isLevel ? levelTest(operator, value) : fieldTest(name, operator, value);
  if (typeof found === 'string') return found;
  const inverse = not !== '' || operator.startsWith('!');
  const isText = !inverse && !isLevel && operator === '' && value === operand;
  return { test: found, excludes: not !== '', text: isText ? `${name}:${value}` : null };
}

type LineTest = (line: LogLine) => boolean;

function levelTest(operator: string, value: string): LineTest | string {
  const wanted = levelNamed(value);
  if (/[<>]/.test(operator)) {
    if (wanted === '') return 'level is compared with error, warn, info or debug';
    const rank = LEVEL_RANKS[wanted];
    const holds = (own: number): boolean =>
      (operator.includes('=') && own === rank) ||
      (operator.startsWith('>') ? own > rank : own < rank);
    return ({ level }) => level !== '' && holds(LEVEL_RANKS[level]);
  }
  // Fatal, critical, notice and the like are among the four, but asked for by their own names they
  // are meant alone.
  const name = wanted === '' ? value : levelName(value);
  if (Object.hasOwn(LEVEL_RANKS, name)) {
    const isOther = operator.startsWith('!');
    return ({ level }) => level !== '' && (level === name) !== isOther;
  }
  const column = columnOf<string>('level', (text) => levelName(saidLevel(text).word) || null);
  const test = columnTest(column, operator + name, () => 0);
  return typeof test === 'string' ? test : ({ text }) => test(text) === true;
}

function fieldTest(name: string, operator: string, value: string): LineTest | string {
  const column = columnOf<LogRecord | null>(name, (record) => {
    const said = record && logField(record, name);
    return said !== null && NUMBER.test(said) ? Number(said) : said;
  });
  const test = columnTest(column, operator + value, () => 0);
  if (typeof test === 'string') return test;
  // What is not in a line at all need not be looked for in its fields.
  const last = name.slice(name.lastIndexOf('.') + 1);
  const mention = STATUSES.has(name.toLowerCase())
    ? STATUS
    : new RegExp(last.replaceAll('-', String.raw`\-`), 'i');
  const mayHave = ({ text }: LogLine): boolean =>
    SPELLED.has(name.toLowerCase()) || mention.test(text);
  const hasField: LineTest = (line) => mayHave(line) && test(readLogRecord(line.text)) === true;
  if (operator !== '') return hasField;
  const written = rowRegex(`${name}:${value}`);
  if (typeof written === 'string') return written;
  return (line) => hasField(line) || written.test(line.text);
}

const columnOf = <Row>(
  name: string,
  value: (row: Row) => string | number | null,
): FilterColumn<Row> => ({
  ...{ id: name, name, value, unit: null },
  shown: (row) => String(value(row) ?? ''),
});
