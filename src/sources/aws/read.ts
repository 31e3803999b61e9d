/**
 * Reads what an answer holds, whatever it holds: the SDK passes on much of what a server says
 * without a look at its type. What is not what it should be reads as if it were absent.
 */

/** No text of a row is longer (UTF-16 units): names, ids, messages. */
const LONGEST_TEXT = 4_096;
/** No list of a row is longer. */
const LONGEST_LIST = 10_000;
/** The last moment that has a year of four digits (ms). */
const LAST_TIME = Date.UTC(9999, 11, 31);

/** A text, else empty. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, LONGEST_TEXT) : '';
}

/** A number of things, else null. */
export function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** A moment (ms), else null. */
export function time(value: unknown): number | null {
  const at = value instanceof Date ? value.getTime() : NaN;
  return at > 0 && at <= LAST_TIME ? at : null;
}

/** The items of a list that are there. */
export function list<Item>(value: readonly Item[] | undefined): readonly NonNullable<Item>[] {
  if (!Array.isArray(value)) return [];
  const items: readonly (Item | null | undefined)[] = value.slice(0, LONGEST_LIST);
  return items.filter((item) => item !== null && item !== undefined);
}

/** The texts of a list. */
export function texts(value: readonly string[] | undefined): readonly string[] {
  return list(value)
    .map(text)
    .filter((item) => item !== '');
}

/** A structure, else one without any of its members. */
export function part<Shape extends object>(value: Shape | null | undefined): Partial<Shape> {
  return typeof value === 'object' && value !== null ? value : {};
}

/** A map of texts. */
export function labels(
  value: Readonly<Record<string, string>> | null | undefined,
): Readonly<Record<string, string>> {
  const entries = Object.entries(part(value)).slice(0, LONGEST_LIST);
  return Object.fromEntries(entries.map(([key, item]) => [text(key), text(item)]));
}
