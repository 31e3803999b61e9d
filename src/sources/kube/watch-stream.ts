import type { Answered } from './bulk.ts';
import type { ObjectRow } from '../../domain/rows.ts';
import { readBookmark, readStatus, readWatchEvent } from './envelope.ts';
import { asRequestError, oneLine, RequestError } from './errors.ts';
import { PROTOBUF, type Representation } from './representation.ts';
import { frameSplitter, lineSplitter, type Splitter } from './split.ts';
import { turns } from '../../core/turns.ts';

/** At most so many items are decoded before the caller gets them. */
const SLICE = 16;

/** One event of a watch. */
export type WatchItem<Row> =
  | { readonly type: 'put' | 'remove'; readonly row: Row }
  | { readonly type: 'bookmark'; readonly resourceVersion: string; readonly initialEnd: boolean };

/** How a stream's bytes become events. */
export interface WatchCodec<Row> {
  readonly split: Splitter;
  /** @throws RequestError where the event is an error; anything else where it is malformed. */
  decode(piece: Buffer): WatchItem<Row>;
}

/** The codec that fits the answer's content type. */
export function watchCodec<Row extends ObjectRow>(
  contentType: string,
  form: Representation<Row>,
): WatchCodec<Row> {
  if (contentType.startsWith(PROTOBUF)) {
    return { split: frameSplitter(), decode: (frame) => fromProtobuf(frame, form) };
  }
  return { split: lineSplitter(), decode: (line) => fromJson(line, form) };
}

function fromProtobuf<Row>(frame: Buffer, form: Representation<Row>): WatchItem<Row> {
  const { type, raw } = readWatchEvent(frame);
  switch (type) {
    case 'ADDED':
    case 'MODIFIED':
      return { type: 'put', row: form.protobuf(raw) };
    case 'DELETED':
      return { type: 'remove', row: form.protobuf(raw) };
    case 'BOOKMARK': {
      const { resourceVersion, initialEventsEnd } = readBookmark(raw);
      return { type: 'bookmark', resourceVersion, initialEnd: initialEventsEnd };
    }
    case 'ERROR':
      throw eventError(readStatus(raw));
    default:
      throw new Error(`unknown watch event ${type}`);
  }
}

interface BookmarkMetadata {
  readonly resourceVersion?: unknown;
  readonly annotations?: Readonly<Record<string, unknown>>;
}

interface JsonEvent {
  readonly type?: unknown;
  readonly object?: {
    readonly code?: unknown;
    readonly reason?: unknown;
    readonly message?: unknown;
  };
}

function fromJson<Row>(line: Buffer, form: Representation<Row>): WatchItem<Row> {
  const { type, object } = JSON.parse(line.toString('utf8')) as JsonEvent;
  switch (type) {
    case 'ADDED':
    case 'MODIFIED':
      return { type: 'put', row: form.json(object) };
    case 'DELETED':
      return { type: 'remove', row: form.json(object) };
    case 'BOOKMARK': {
      const { resourceVersion, annotations } = (form.bookmark(object) ?? {}) as BookmarkMetadata;
      return {
        type: 'bookmark',
        resourceVersion: typeof resourceVersion === 'string' ? resourceVersion : '',
        initialEnd: annotations?.['k8s.io/initial-events-end'] === 'true',
      };
    }
    case 'ERROR': {
      const text = (value: unknown): string => (typeof value === 'string' ? value : '');
      throw eventError({
        code: Number(object?.code ?? 0),
        reason: text(object?.reason),
        message: text(object?.message),
      });
    }
    default:
      throw new Error('no type of watch event');
  }
}

function eventError(status: { code: number; reason: string; message: string }): RequestError {
  const message = oneLine(status.message) || 'the server ended the watch with an error';
  return new RequestError(status.code, message, { reason: status.reason });
}

/**
 * Reads a watch to its end, in slices: what the caller does with one counts for the turn of the
 * event loop in which it was decoded. The response is not read further while the caller works, which
 * holds the server back.
 * @throws RequestError: an error event, a cut connection, or malformed data.
 */
export async function* readWatch<Row>(
  response: Answered,
  codec: WatchCodec<Row>,
  host: string,
  heard: (bytes: number) => void,
): AsyncGenerator<readonly WatchItem<Row>[]> {
  let items: WatchItem<Row>[] = [];
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      heard(chunk.length);
      for (const piece of codec.split.push(chunk)) {
        items.push(codec.decode(piece));
        if (items.length < SLICE && !turns.over) continue;
        yield items;
        items = [];
        if (turns.over) await turns.again();
      }
      if (items.length > 0) yield items;
      items = [];
    }
  } catch (error) {
    if (items.length > 0) yield items;
    throw malformed(error, host);
  }
}

/** Errors without a code are not the network's: the data was not what a watch sends. */
function malformed(error: unknown, host: string): RequestError {
  if (error instanceof RequestError || (error instanceof Error && 'code' in error)) {
    return asRequestError(error, host);
  }
  const why = error instanceof Error ? oneLine(error.message).slice(0, 120) : '';
  return new RequestError(0, `${host} sent data that is no watch event (${why})`, {
    hint: 'is a proxy in between?',
    reason: 'Malformed',
  });
}
