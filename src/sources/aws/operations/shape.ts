import { AwsFault } from '../../../domain/aws-fault.ts';
import type { Tag } from '../../../ports/aws-shapes.ts';
import { count, labels, list, text, texts, time } from '../read.ts';

/** Reads a part of an answer, whatever it holds. */
export type Reader<T> = (value: unknown) => T;

/** A structure of these fields; one that is not there has them all empty. */
export function record<T extends object>(fields: {
  readonly [Key in keyof T]: Reader<T[Key]>;
}): Reader<T> {
  const readers = Object.entries<Reader<unknown>>(fields);
  return (value) => {
    const given = typeof value === 'object' && value !== null ? value : {};
    return Object.fromEntries(
      readers.map(([key, read]) => [key, read((given as Record<string, unknown>)[key])]),
    ) as T;
  };
}

/** A list; what is no list reads as an empty one. */
export function many<T>(read: Reader<T>): Reader<readonly T[]> {
  return (value) => list(value as readonly unknown[]).map(read);
}

/** Texts of a list. */
export const strings: Reader<readonly string[]> = (value) => texts(value as readonly string[]);
/** A map of texts. */
export const map: Reader<Readonly<Record<string, string>>> = (value) =>
  labels(value as Readonly<Record<string, string>>);
/** Tags as EC2, Auto Scaling and IAM list them. */
export const tags: Reader<readonly Tag[]> = (value) =>
  many(record<Tag>({ Key: text, Value: text }))(value);
/** True only where AWS says so. */
export const flag: Reader<boolean> = (value) => value === true;

/** A number that need not be whole, else null. */
export const amount: Reader<number | null> = (value) =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

/** True or false where AWS says either, else null. */
export const said: Reader<boolean | null> = (value) => (typeof value === 'boolean' ? value : null);
/** A part whose absence says something: null where it is not there. */
export function optional<T>(read: Reader<T>): Reader<T | null> {
  return (value) => (typeof value === 'object' && value !== null ? read(value) : null);
}

export { count, text, time };

/** A text that may be longer than others, a bundle of certificates or a configuration; else empty. */
export const longText: Reader<string> = (value) =>
  typeof value === 'string' && value.length <= LONGEST_DOCUMENT ? value : '';

/** Longest policy that is read (UTF-16 units), encoded: IAM's own bound for a trust policy is 8192. */
const LONGEST_DOCUMENT = 65_536;

/** A policy, out of the URL encoding in which IAM answers; some emulators do not encode. */
export const document: Reader<string> = (value) => {
  if (typeof value !== 'string' || value.length > LONGEST_DOCUMENT) return '';
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

/**
 * The part of an answer that the whole call is about.
 *
 * @throws {AwsFault} where AWS left it out
 */
export function present<T>(value: unknown, read: Reader<T>): T {
  if (typeof value === 'object' && value !== null) return read(value);
  throw new AwsFault('unreachable', 'AWS answers without what was asked for');
}
