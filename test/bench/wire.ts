/** Lists and watch events of encoded objects, as an API server puts them on the wire. */
import type { Encoded } from './pods.ts';
import { encode } from './protobuf.ts';

/** All objects of one kind. */
export interface Collection {
  readonly apiVersion: string;
  readonly kind: string;
  readonly items: readonly Encoded[];
}

/** Above whatever version an object has: what a list and a bookmark say. */
const VERSION = '100000000';
const END = 'k8s.io/initial-events-end';

/** One frame of a watch. */
export function watchEvent(
  type: string,
  { apiVersion, kind }: Collection,
  item: Encoded,
  protobuf: boolean,
): Buffer {
  if (!protobuf) return Buffer.from(`{"type":"${type}","object":${item.json}}\n`);
  return frame(type, envelope(apiVersion, kind, item.protobuf));
}

/** A bookmark; the one that ends a streaming list says so. */
export function bookmarkEvent(
  { apiVersion, kind }: Collection,
  ends: boolean,
  protobuf: boolean,
): Buffer {
  if (!protobuf) {
    const annotations = ends ? { annotations: { [END]: 'true' } } : {};
    const metadata = { resourceVersion: VERSION, ...annotations };
    return Buffer.from(
      `${JSON.stringify({ type: 'BOOKMARK', object: { kind, apiVersion, metadata } })}\n`,
    );
  }
  const end = encode(12, Buffer.concat([encode(1, END), encode(2, 'true')]));
  const metadata = Buffer.concat([encode(6, VERSION), ends ? end : Buffer.alloc(0)]);
  return frame('BOOKMARK', envelope(apiVersion, kind, encode(1, metadata)));
}

/** One page of a list: `limit` objects from `from` on. */
export function listBody(
  { apiVersion, kind, items }: Collection,
  from: number,
  limit: number,
  protobuf: boolean,
): Buffer {
  const page = items.slice(from, from + limit);
  const next = from + page.length < items.length ? String(from + page.length) : '';
  if (protobuf) {
    const metadata = Buffer.concat([encode(2, VERSION), encode(3, next)]);
    const list = [encode(1, metadata), ...page.map((item) => encode(2, item.protobuf))];
    return envelope(apiVersion, `${kind}List`, Buffer.concat(list));
  }
  const metadata = JSON.stringify({ resourceVersion: VERSION, continue: next });
  return Buffer.from(
    `{"kind":"${kind}List","apiVersion":"${apiVersion}","metadata":${metadata},"items":[${page
      .map(({ json }) => json)
      .join(',')}]}`,
  );
}

/** `runtime.Unknown` behind the magic of Kubernetes protobuf. */
function envelope(apiVersion: string, kind: string, raw: Buffer): Buffer {
  const typeMeta = Buffer.concat([encode(1, apiVersion), encode(2, kind)]);
  return Buffer.concat([Buffer.from('k8s\0'), encode(1, typeMeta), encode(2, raw)]);
}

/** A watch event behind its length. */
function frame(type: string, object: Buffer): Buffer {
  const event = Buffer.concat([encode(1, type), encode(2, encode(1, object))]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(event.length);
  return Buffer.concat([length, event]);
}
