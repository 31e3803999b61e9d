import { RequestError } from './errors.ts';

const MiB = 2 ** 20;

/**
 * What is taken from a server, at most. etcd holds objects of 1.5 MiB, and Kubernetes is meant for
 * up to 150,000 pods: beyond these something else is speaking, or something is broken.
 */
export const LIMITS = {
  /** One object, one event of a watch, one answer that is no list (bytes). */
  object: 8 * MiB,
  /** What surrounds the items of a list (bytes). */
  envelope: MiB,
  /** One page of a list that is read in one piece before it is decoded (bytes). */
  page: 256 * MiB,
  /** Pages of one list. */
  pages: 2_000,
  /** Objects of one kind in one scope. */
  objects: 250_000,
} as const;

/** Reasons of errors that would only come again if they were met at once. */
export const TOO_LARGE = 'TooLarge';
export const TOO_MANY = 'TooMany';

/** Something was larger than `bytes`. */
export function tooLarge(what: string, bytes: number): RequestError {
  return new RequestError(0, `the server sent ${what} of more than ${bytes / MiB} MiB`, {
    hint: 'it was not read further; is a proxy in between?',
    reason: TOO_LARGE,
  });
}

/** More was sent than anybody can use. */
export function tooMany(what: string): RequestError {
  return new RequestError(0, `the server sent more than ${what}`, {
    hint: 'choose a namespace to see fewer (:ns), then refresh',
    reason: TOO_MANY,
  });
}
