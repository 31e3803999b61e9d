import { blobs, bytes, int, map, part, text, word } from '../../domain/wire/field.ts';
import { message } from '../../domain/wire/message.ts';

/** What a protobuf body or object begins with: `k8s` and a zero byte. */
const MAGIC = [0x6b, 0x38, 0x73, 0x00] as const;

const UNKNOWN = message({
  typeMeta: part(1, message({ kind: word(2) })),
  raw: bytes(2),
});

/** An object out of its `runtime.Unknown` envelope. */
export interface Unwrapped {
  /** e.g. `Pod`, `PodList`, `Status`. */
  readonly kind: string;
  readonly raw: Uint8Array;
}

/**
 * Takes a body or a watch event's object out of its `runtime.Unknown` envelope. `raw` is a view of
 * the same bytes.
 * @throws where the bytes do not begin with the magic of Kubernetes protobuf (an HTML error page,
 * JSON) or are cut short.
 */
export function unwrapUnknown(body: Uint8Array): Unwrapped {
  if (MAGIC.some((byte, i) => body[i] !== byte)) throw new Error('not Kubernetes protobuf');
  const { typeMeta, raw } = UNKNOWN.protobuf(body.subarray(MAGIC.length));
  return { kind: typeMeta.kind, raw };
}

const WATCH_EVENT = message({
  type: word(1),
  object: part(2, message({ raw: bytes(1) })),
});

/** One event of a protobuf watch stream. */
export interface WatchEvent extends Unwrapped {
  /** `ADDED`, `MODIFIED`, `DELETED`, `BOOKMARK` or `ERROR` (then `kind` is `Status`). */
  readonly type: string;
}

/**
 * Reads one frame of a protobuf watch stream, without its 4-byte big-endian length.
 * @throws where the frame is malformed.
 */
export function readWatchEvent(frame: Uint8Array): WatchEvent {
  const { type, object } = WATCH_EVENT.protobuf(frame);
  return { type, ...unwrapUnknown(object.raw) };
}

const LIST = message({
  metadata: part(1, message({ resourceVersion: text(2), continue: text(3), remaining: int(4) })),
  items: blobs(2),
});

/** One page of a list. */
export interface ListPage {
  readonly resourceVersion: string;
  /** Token of the next page; empty on the last. */
  readonly continueToken: string;
  /** Objects that are not in this page, where the server counts them, else 0. */
  readonly remaining: number;
  /** The message of each object: views of the list's bytes. */
  readonly items: readonly Uint8Array[];
}

/** Cuts the message of a list (`PodList`, …) into its items, none of which is decoded. */
export function readList(raw: Uint8Array): ListPage {
  const { metadata, items } = LIST.protobuf(raw);
  const { resourceVersion, continue: continueToken, remaining } = metadata;
  return { resourceVersion, continueToken, remaining, items };
}

const END = 'k8s.io/initial-events-end';

const BOOKMARK = message({
  metadata: part(1, message({ resourceVersion: text(6), annotations: map(12, [END]) })),
});

/** What a BOOKMARK event says. */
export interface Bookmark {
  readonly resourceVersion: string;
  /** This bookmark ends the initial list of a streaming list. */
  readonly initialEventsEnd: boolean;
}

/** Reads the object of a BOOKMARK event, of any kind: only its metadata means anything. */
export function readBookmark(raw: Uint8Array): Bookmark {
  const { metadata } = BOOKMARK.protobuf(raw);
  return {
    resourceVersion: metadata.resourceVersion,
    initialEventsEnd: END in metadata.annotations,
  };
}

const STATUS = message({ message: text(3), reason: word(4), code: int(6) });

/** A `Status`, as errors carry it in a body or in an ERROR event. */
export interface StatusMessage {
  /** The HTTP status it stands for. */
  readonly code: number;
  /** e.g. `Expired`, `Forbidden`. */
  readonly reason: string;
  readonly message: string;
}

/** Reads the message of a `Status`. */
export function readStatus(raw: Uint8Array): StatusMessage {
  return STATUS.protobuf(raw);
}
