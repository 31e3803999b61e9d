import type { KindRef } from '../../domain/ref.ts';
import { RequestError } from './errors.ts';

const IGNORED = 'InitialEventsIgnored';
const SLOW = 'SlowLink';

/** The server passed over what makes a list streaming. */
export function withoutStreaming(): RequestError {
  return new RequestError(0, 'the server does not end its streaming list', { reason: IGNORED });
}

/** Servers without streaming lists refuse the parameters, or know nothing of them. */
export function isWithoutStreaming(error: RequestError): boolean {
  return error.code === 400 || error.code === 422 || error.reason === IGNORED;
}

/** A streaming list would take too long: nothing compresses it. */
export function tooSlow(): RequestError {
  return new RequestError(0, 'the link is too slow for a streaming list', { reason: SLOW });
}

/** Is what ended a streaming list that the link is slow. */
export const isTooSlow = ({ reason }: RequestError): boolean => reason === SLOW;

/** A watch ended before it could be of use; `listing`: in the middle of its list. */
export function cutShort(host: string, listing: boolean): RequestError {
  return listing
    ? new RequestError(0, `${host} ended the list before it was complete`, { reason: 'Cut' })
    : new RequestError(0, `${host} ended the watch at once`, { reason: 'AtOnce' });
}

/** A collection that there is not: its kind was never installed, or is not any more. */
export function noSuchKind({ kind, resource, group }: KindRef): RequestError {
  return new RequestError(404, `this cluster has no ${resource}`, {
    reason: 'NotFound',
    hint: `${kind} of ${group || 'the core API'} is not installed, or was taken away`,
  });
}

/** resourceVersions of one kind can be compared where they are numbers. */
export function isOlder(a: string, b: string): boolean {
  return /^\d+$/.test(a) && /^\d+$/.test(b) && BigInt(a) < BigInt(b);
}
