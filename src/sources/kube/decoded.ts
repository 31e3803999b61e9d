import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Answered } from './bulk.ts';

/** The body of an answer as it was before it was compressed. Leaving it leaves the answer. */
export function decoded(response: Answered): AsyncIterable<Buffer> {
  if (response.headers['content-encoding'] !== 'gzip') return response;
  // What goes wrong on either side comes out where the text is read.
  return pipeline(response, createGunzip(), () => undefined) as AsyncIterable<Buffer>;
}
