import type { IncomingMessage, ServerResponse } from 'node:http';
import type { KindRegistry } from '../world/kind-registry.ts';
import type { Kind } from '../world/kinds.ts';
import { decodeProtobuf } from './protobuf.ts';
import { badRequest } from './status.ts';

/** What a request asks for, read off its path. */
export interface Target {
  readonly group: string;
  readonly version: string;
  /** Plural, as in the path. */
  readonly resource: string;
  /** Undefined for a resource that is no stored kind: reviews, metrics. */
  readonly kind: Kind | undefined;
  /** Empty for all namespaces and for what has none. */
  readonly namespace: string;
  /** Empty for a collection. */
  readonly name: string;
  readonly subresource: string;
}

export interface ApiRequest {
  readonly http: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly accept: Accept;
}

/** The representation that was agreed on. */
export interface Accept {
  readonly as: 'object' | 'Table' | 'PartialObjectMetadata' | 'discovery';
}

/** Reads `/api/v1/…` and `/apis/GROUP/VERSION/…`; null for every other path. */
export function targetOf(path: string, kinds: KindRegistry): Target | null {
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  const core = parts[0] === 'api';
  if (!core && parts[0] !== 'apis') return null;
  const [group = '', version = ''] = core ? ['', parts[1]] : [parts[1], parts[2]];
  let rest = parts.slice(core ? 2 : 3);
  let namespace = '';
  if (rest[0] === 'namespaces' && rest.length > 2 && !NAMESPACE_SUBRESOURCES.has(rest[2] ?? '')) {
    namespace = rest[1] ?? '';
    rest = rest.slice(2);
  }
  const [resource, name = '', subresource = ''] = rest;
  if (!resource) return null;
  const kind = kinds.find(group, version, resource);
  return { group, version, resource, kind, namespace, name, subresource };
}

const NAMESPACE_SUBRESOURCES = new Set(['status', 'finalize']);

/**
 * The first representation of the Accept header that this server can write. It writes JSON only:
 * a list `protobuf, json` falls back, protobuf alone is refused as by servers that lack it.
 */
export function negotiate(header: string | undefined): Accept | null {
  if (!header) return { as: 'object' };
  for (const range of header.split(',')) {
    const [type = '', ...params] = range.split(';').map((part) => part.trim());
    if (!['application/json', 'application/*', '*/*', 'application/yaml'].includes(type)) continue;
    const given = new Map(params.map((param) => param.split('=') as [string, string]));
    const as = given.get('as');
    if (as === undefined) return { as: 'object' };
    if (as === 'Table' && given.get('g') === 'meta.k8s.io') return { as: 'Table' };
    if (as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList') {
      return { as: 'PartialObjectMetadata' };
    }
    if (as === 'APIGroupDiscoveryList' && given.get('v') === 'v2') return { as: 'discovery' };
  }
  return null;
}

/** Reads a whole body. @throws {ApiError} when it is larger than an API server takes (3 MiB) */
export async function readBody(http: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of http as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > 3 * 1024 * 1024) throw badRequest('Request entity too large: limit is 3145728');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** An object from a JSON body, or one of the few in protobuf. @throws {ApiError} with the server's words */
export function parseObject(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  if (body.subarray(0, 4).toString('latin1') === 'k8s\0') return decodeProtobuf(body);
  try {
    const value: unknown = JSON.parse(body.toString());
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch (error) {
    throw badRequest(
      `the object provided is unrecognized (must be of type application/json): ${(error as Error).message}`,
    );
  }
  throw badRequest('the object provided is unrecognized (must be an object)');
}

/** Writes a JSON answer. */
export function sendJson(
  response: ServerResponse,
  code: number,
  body: object | string,
  contentType = 'application/json',
): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(code, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-cache, private',
  });
  response.end(text);
}
