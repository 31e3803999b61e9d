/** The `column:value` terms of filters: what is compared, and how. */
import { compareNatural } from './compare.ts';
import { humanDuration } from './duration.ts';
import { formatCpu, formatMemory, parseQuantity } from './quantity.ts';

type Value = string | number | boolean | null;

/** A column as filters see it. */
export interface FilterColumn<Row> {
  readonly name: string;
  readonly unit: 'time' | 'cores' | 'bytes' | null;
  readonly value: (row: Row) => Value;
}

const OPERATOR = /^(>=|<=|!=|>|<|=|~)?([^]*)$/;
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
export function parseDuration(text: string): number | null {
  if (!DURATION.test(text)) return null;
  let total = 0;
  for (const [, count, unit = ''] of text.matchAll(PART))
    total += Number(count) * (UNITS[unit] ?? 0);
  return total;
}

/**
 * The test of a term: `>`, `>=`, `<`, `<=`, `=`, `!=` compare, `~` is a regular expression, and a
 * bare value is a part of the text, or what the cell shows where the column holds numbers. What is
 * not known matches only `?`.
 * @returns the test, or what is wrong with the value.
 */
export function columnTest<Row>(
  column: FilterColumn<Row>,
  operand: string,
  now: () => number,
): ((row: Row) => boolean) | string {
  const [, operator = '', wanted = ''] = OPERATOR.exec(operand) ?? [];
  const { value } = column;
  if (operator === '' && wanted === '?') return (row) => value(row) === null;
  if (operator === '~') return matching(value, wanted);
  if (operator === '') return containing(column, wanted, now);
  if (operator === '=' || operator === '!=') {
    const same = equal(column, wanted, now);
    return (row) => {
      const found = value(row);
      return found !== null && same(found) === (operator === '=');
    };
  }
  return comparing(column, operator, wanted, now);
}

function matching<Row>(
  value: (row: Row) => Value,
  pattern: string,
): ((row: Row) => boolean) | string {
  const regex = compileRegex(pattern);
  if (typeof regex === 'string') return regex;
  return (row) => {
    const found = value(row);
    return found !== null && regex.test(String(found));
  };
}

function containing<Row>(
  column: FilterColumn<Row>,
  wanted: string,
  now: () => number,
): (row: Row) => boolean {
  const part = wanted.toLowerCase();
  const same = equal(column, wanted, now);
  return (row) => {
    const found = column.value(row);
    if (found === null) return false;
    if (typeof found === 'string' && column.unit === null)
      return found.toLowerCase().includes(part);
    return same(found);
  };
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
): ((row: Row) => boolean) | string {
  const holds = (order: number): boolean => {
    if (operator.includes('=') && order === 0) return true;
    return operator.startsWith('>') ? order > 0 : order < 0;
  };
  if (unit === 'time') {
    const span = parseDuration(wanted);
    if (span === null) return `${name} wants a time such as 90s, 1h30m or 2d`;
    return (row) => {
      const found = value(row);
      return found !== null && holds(now() - Date.parse(String(found)) - span);
    };
  }
  const number = parseQuantity(wanted.replace(/%$/, ''));
  if (unit !== null && number === null)
    return `${name} wants ${unit === 'cores' ? 'cores such as 200m or 1.5' : 'bytes such as 64Mi'}`;
  if (!/\d/.test(wanted)) return `${name} can only be compared with a number or a version`;
  return (row) => {
    const found = value(row);
    if (typeof found === 'number') return number !== null && holds(found - number);
    // `v1.34.2` counts as 1.34.2.
    const text = (version: string): string => version.replace(/^v(?=\d)/, '');
    return typeof found === 'string' && holds(compareNatural(text(found), text(wanted)));
  };
}

/**
 * A regular expression whatever the case, or what is wrong with it. `^` and `$` stand for the ends
 * of each line, for a haystack has a line a column.
 */
export function compileRegex(pattern: string): RegExp | string {
  try {
    return new RegExp(pattern, 'im');
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return message.replace(/^Invalid regular expression: (?:\/[^]*\/\w*: )?/, '');
  }
}
