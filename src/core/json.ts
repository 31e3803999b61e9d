/**
 * Reading JSON whose shape is not ours to trust: what is missing or of another type reads
 * as empty.
 */

/** Any JSON object. */
export type Json = Readonly<Record<string, unknown>>;

/** The value as an object; empty where it is none. */
export function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};
}

/** The value as a list of objects; empty where it is none. */
export function objects(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(object) : [];
}

/** The value as text: numbers and booleans too; empty where it is neither. */
export function text(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'boolean':
      return String(value);
    default:
      return '';
  }
}

/** The value as a list of texts. */
export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(text) : [];
}

/** What stands at a path of keys: `at(pod, 'spec', 'nodeName')`. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const key of path) found = object(found)[key];
  return found;
}

/** A time in ms; 0 where there is none. */
export function moment(value: unknown): number {
  return Date.parse(text(value)) || 0;
}

/** Key and text of each entry, sorted by key as kubectl prints them. */
export function entries(value: unknown): readonly (readonly [key: string, value: string])[] {
  return Object.entries(object(value))
    .map(([key, inner]) => [key, text(inner)] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The object without one of its keys. */
export function without(value: Json, key: string): Json {
  return Object.fromEntries(Object.entries(value).filter(([each]) => each !== key));
}
