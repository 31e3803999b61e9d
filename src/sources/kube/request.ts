import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { Material, Pool } from './api-server.ts';
import type { Asked } from './errors.ts';

/** One request to the API server. */
export interface KubeRequest extends Asked {
  readonly path: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Several values of one name are sent one by one. */
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly accept?: string;
  /** What is known already: where nothing is newer the answer is an empty 304. Empty: nothing is. */
  readonly etag?: string;
  /** The answer may come in gzip; {@link Transport.chunks} gives it as it was. */
  readonly compressed?: boolean;
  readonly body?: { readonly type: string; readonly text: string };
  /** Long-lived streams have connections of their own; `fresh` opens a new one. */
  readonly pool?: Pool;
  /**
   * The answer is very long: it is read by {@link Bulk} where that can be, whose pieces are good until
   * the next one is asked for.
   */
  readonly bulk?: boolean;
  /** How long (ms) the head of the answer may take. */
  readonly timeout?: number;
  readonly signal?: AbortSignal | undefined;
  /** As the user whose credentials they are, whoever is impersonated. */
  readonly asSelf?: boolean;
}

/** Path and query, as they are sent to `server`. */
export function targetOf({ path, query = {} }: KubeRequest, server: URL): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) search.append(name, one);
  }
  const prefix = server.pathname.replace(/\/$/, '');
  return `${prefix}${path}${search.size === 0 ? '' : `?${search.toString()}`}`;
}

/** What it is sent with. */
export function headersOf(
  { accept, etag = '', compressed, body, asSelf }: KubeRequest,
  { headers, impersonation }: Material,
  version: string,
): OutgoingHttpHeaders {
  return {
    'User-Agent': `ekscope/${version}`,
    ...(accept === undefined ? {} : { Accept: accept }),
    ...(compressed === true ? { 'Accept-Encoding': 'gzip' } : {}),
    ...(etag === '' ? {} : { 'If-None-Match': etag }),
    ...(body === undefined
      ? {}
      : { 'Content-Type': body.type, 'Content-Length': Buffer.byteLength(body.text) }),
    ...(headers as OutgoingHttpHeaders),
    ...(asSelf === true ? {} : (impersonation as OutgoingHttpHeaders)),
  };
}

/** What matters of an answer's head where it is an error. */
export function answerOf(response: Pick<IncomingMessage, 'headers'>) {
  return {
    contentType: response.headers['content-type'] ?? '',
    retryAfter: response.headers['retry-after'] ?? '',
    date: response.headers.date ?? '',
  };
}
