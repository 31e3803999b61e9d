/** The `column:value` terms of filters: what is compared, and how. */
import { compareNatural } from './compare.ts';
import { humanDuration } from './duration.ts';
import { formatCpu, formatMemory, parseQuantity } from './quantity.ts';
import { rowRegex } from './row-regex.ts';

type Value = string | number | boolean | null;

/** A column as filters see it. */
export interface FilterColumn<Row> {
  readonly id: string;
  /** As it was typed, for what is said of it. */
  readonly name: string;
  readonly unit: 'time' | 'cores' | 'bytes' | null;
  readonly value: (row: Row) => Value;
  /** What the cell says, uncut. */
  readonly shown: (row: Row) => string;
}

/** Whether a row is meant; null where what was asked for is not known of it. */
export type ColumnTest<Row> = (row: Row) => boolean | null;

const OPERATOR = /^(>=|<=|!=|!~|>|<|=|~|!)?([^]*)$/;
const PART = /(\d+(?:\.\d+)?)(ms|s|m|h|d|w|y)/g;
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d|w|y))+$/;
const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
  y: 365 * 86_400_000,
};

/** A span of time (ms) as people write it: `90s`, `1h30m`, `2d`; null where it is none. */
function parseDuration(text: string): number | null {
  if (!DURATION.test(text)) return null;
  let total = 0;
  for (const [, count, unit = ''] of text.matchAll(PART))
    total += Number(count) * (UNITS[unit] ?? 0);
  return total;
}

/**
 * The test of a term: `>`, `>=`, `<`, `<=`, `=`, `!=` compare, `!` is not, and a bare value is a
 * regular expression over what the column holds or shows, or a number where it holds numbers. What
 * is not known matches only `?`, and its opposite does not match it either.
 * @returns the test, or what is wrong with the value.
 */
export function columnTest<Row>(
  column: FilterColumn<Row>,
  operand: string,
  now: () => number,
): ColumnTest<Row> | string {
  const [, operator = '', wanted = ''] = OPERATOR.exec(operand) ?? [];
  const { value } = column;
  if (operator === '' && wanted === '?') return (row) => value(row) === null;
  if (operator === '=' || operator === '!=') {
    const same = equal(column, wanted, now);
    return opposite(operator === '!=', whereKnown(value, same));
  }
  if (/[<>]/.test(operator)) return comparing(column, operator, wanted, now);
  const test = operator.endsWith('~')
    ? matching(column, wanted)
    : isNumber(column, wanted)
      ? whereKnown(value, either(equal(column, wanted, now), wanted))
      : matching(column, wanted);
  if (typeof test === 'string') return test;
  return opposite(operator.startsWith('!'), test);
}

/** The opposite of a test, where that is asked for. What is not known stays not known. */
export function opposite<Row>(not: boolean, test: ColumnTest<Row>): ColumnTest<Row> {
  if (!not) return test;
  return (row) => {
    const found = test(row);
    return found === null ? null : !found;
  };
}

type Known = NonNullable<Value>;

const whereKnown =
  <Row>(value: (row: Row) => Value, test: (found: Known) => boolean): ColumnTest<Row> =>
  (row) => {
    const found = value(row);
    return found === null ? null : test(found);
  };

function matching<Row>(
  { value, shown }: FilterColumn<Row>,
  pattern: string,
): ColumnTest<Row> | string {
  const regex = rowRegex(pattern);
  if (typeof regex === 'string') return regex;
  return (row) => {
    const found = value(row);
    if (found === null) return null;
    return regex.test(String(found)) || regex.test(shown(row));
  };
}

/** Whether an operand is a number as this column holds numbers: those are not searched as text. */
const isNumber = ({ unit }: FilterColumn<never>, wanted: string): boolean =>
  unit !== 'time' && parseQuantity(wanted.replace(/%$/, '')) !== null;

/** Texts are searched whatever was typed: `v1.3` holds a number, too. */
function either(same: (found: Known) => boolean, wanted: string) {
  const part = wanted.toLowerCase();
  return (found: Known): boolean =>
    typeof found === 'string' ? found.toLowerCase().includes(part) : same(found);
}

/** Equal as a person reads it: by what the cell shows, whatever its case. */
function equal<Row>(
  { unit }: FilterColumn<Row>,
  wanted: string,
  now: () => number,
): (found: string | number | boolean) => boolean {
  const text = wanted.toLowerCase().replace(/%$/, '');
  return (found) => {
    if (unit === 'time') return humanDuration(now() - Date.parse(String(found))) === text;
    if (typeof found === 'number' && unit !== null) {
      const shown = unit === 'cores' ? formatCpu(found) : formatMemory(found);
      return shown.toLowerCase() === text || found === parseQuantity(wanted);
    }
    return String(found).toLowerCase() === text;
  };
}

function comparing<Row>(
  { name, unit, value }: FilterColumn<Row>,
  operator: string,
  wanted: string,
  now: () => number,
): ColumnTest<Row> | string {
  const holds = (order: number): boolean => {
    if (operator.includes('=') && order === 0) return true;
    return operator.startsWith('>') ? order > 0 : order < 0;
  };
  if (unit === 'time') {
    const span = parseDuration(wanted);
    if (span === null) return `${name} wants a time such as 90s, 1h30m or 2d`;
    return (row) => {
      const found = value(row);
      return found === null ? null : holds(now() - Date.parse(String(found)) - span);
    };
  }
  const number = parseQuantity(wanted.replace(/%$/, ''));
  if (unit !== null && number === null)
    return `${name} wants ${unit === 'cores' ? 'cores such as 200m or 1.5' : 'bytes such as 64Mi'}`;
  if (!/\d/.test(wanted)) return `${name} can only be compared with a number or a version`;
  return (row) => {
    const found = value(row);
    if (found === null) return null;
    if (typeof found === 'number') return number !== null && holds(found - number);
    // `v1.34.2` counts as 1.34.2.
    const text = (version: string): string => version.replace(/^v(?=\d)/, '');
    return typeof found === 'string' && holds(compareNatural(text(found), text(wanted)));
  };
}
