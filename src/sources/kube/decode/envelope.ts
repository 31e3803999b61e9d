import { BinaryReader } from '@bufbuild/protobuf/wire';

/** What protobuf answers begin with: `k8s` and a zero byte. */
const MAGIC = [0x6b, 0x38, 0x73, 0x00] as const;

/** Protobuf wire type of length-delimited fields. */
const BYTES = 2;

/** Calls `visit` for each length-delimited field of a message; other fields are passed over. */
function eachField(message: Uint8Array, visit: (field: number, value: Uint8Array) => void): void {
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (wireType === BYTES) visit(field, reader.bytes());
    else reader.skip(wireType, field);
  }
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const NONE = new Uint8Array(0);

/** An object out of its `runtime.Unknown` envelope. */
export interface Unwrapped {
  /** e.g. `Pod`, `PodList`, `Status`. */
  readonly kind: string;
  readonly raw: Uint8Array;
}

/**
 * Takes a body or a watch event's object out of its `runtime.Unknown` envelope.
 * @throws where the bytes do not begin with the magic of Kubernetes protobuf (an HTML error page,
 * JSON) or are cut short.
 */
export function unwrapUnknown(bytes: Uint8Array): Unwrapped {
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) throw new Error('not Kubernetes protobuf');
  let kind = '';
  let raw = NONE;
  eachField(bytes.subarray(MAGIC.length), (field, value) => {
    if (field === 1) {
      eachField(value, (inner, name) => {
        if (inner === 2) kind = text(name);
      });
    } else if (field === 2) raw = value;
  });
  return { kind, raw };
}

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
  let type = '';
  let object: Unwrapped = { kind: '', raw: NONE };
  eachField(frame, (field, value) => {
    if (field === 1) type = text(value);
    else if (field === 2) {
      eachField(value, (inner, raw) => {
        if (inner === 1) object = unwrapUnknown(raw);
      });
    }
  });
  return { type, ...object };
}

/** A list's page: each item is the message of an object. */
export interface ListPage {
  readonly resourceVersion: string;
  /** Token of the next page; empty on the last. */
  readonly continueToken: string;
  readonly remaining: number;
  readonly items: readonly Uint8Array[];
}

/** Cuts the message of a list (`PodList`, …) into its items, none of which is decoded. */
export function readList(message: Uint8Array): ListPage {
  let resourceVersion = '';
  let continueToken = '';
  let remaining = 0;
  const items: Uint8Array[] = [];
  eachField(message, (field, value) => {
    if (field === 2) items.push(value);
    else if (field === 1) {
      const meta = new BinaryReader(value);
      while (meta.pos < meta.len) {
        const [inner, wireType] = meta.tag();
        if (inner === 2) resourceVersion = meta.string();
        else if (inner === 3) continueToken = meta.string();
        else if (inner === 4) remaining = Number(meta.int64());
        else meta.skip(wireType, inner);
      }
    }
  });
  return { resourceVersion, continueToken, remaining, items };
}

/** What a BOOKMARK event says. */
export interface Bookmark {
  readonly resourceVersion: string;
  /** This bookmark ends the initial list of a streaming list. */
  readonly initialEventsEnd: boolean;
}

/** Reads the object of a BOOKMARK event: only its metadata means anything. */
export function readBookmark(message: Uint8Array): Bookmark {
  let resourceVersion = '';
  let initialEventsEnd = false;
  eachField(message, (field, metadata) => {
    if (field !== 1) return;
    eachField(metadata, (inner, value) => {
      if (inner === 6) resourceVersion = text(value);
      else if (inner === 12) {
        eachField(value, (part, key) => {
          if (part === 1 && text(key) === 'k8s.io/initial-events-end') initialEventsEnd = true;
        });
      }
    });
  });
  return { resourceVersion, initialEventsEnd };
}

/** A `Status`, as errors carry it in a body or in an ERROR event. */
export interface StatusMessage {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
}

/** Reads the message of a `Status`. */
export function readStatus(message: Uint8Array): StatusMessage {
  const reader = new BinaryReader(message);
  let code = 0;
  let reason = '';
  let text = '';
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (field === 3) text = reader.string();
    else if (field === 4) reason = reader.string();
    else if (field === 6) code = reader.int32();
    else reader.skip(wireType, field);
  }
  return { code, reason, message: text };
}
