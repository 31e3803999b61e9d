import { ApiError } from './api-error.ts';

/** One page of a listing and the token of the next; no token on the last. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

/**
 * Cuts a page out of a listing. Tokens are the offset, made opaque as AWS's are.
 *
 * @throws {ApiError} of code `invalid` for a size outside 1 to `most`, or a token of no listing
 */
export function pageOf<Item>(
  all: readonly Item[],
  options: {
    readonly size: number | undefined;
    readonly token: string | undefined;
    /** Largest and default size. */
    readonly most: number;
    /** Error code for a bad size or token. */
    readonly invalid: string;
  },
): Page<Item> {
  const { size = options.most, token, most, invalid } = options;
  if (size < 1 || size > most)
    throw new ApiError(invalid, 400, `page size ${size} is not 1–${most}`);
  const start = token === undefined ? 0 : offsetOf(token);
  if (!(start >= 0 && start <= all.length)) throw new ApiError(invalid, 400, 'invalid next token');
  const end = start + size;
  return { items: all.slice(start, end), next: end < all.length ? tokenOf(end) : undefined };
}

const tokenOf = (offset: number): string => Buffer.from(`at:${offset}`).toString('base64url');

function offsetOf(token: string): number {
  const text = Buffer.from(token, 'base64url').toString('utf8');
  return Number(/^at:(\d+)$/.exec(text)?.[1] ?? -1);
}
