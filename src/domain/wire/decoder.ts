import type { Message } from './message.ts';

/** How an object of one table becomes its row. Joined fields start as `null`, `gone` as 0. */
export interface Decoder<Row> {
  /** From the object as parsed JSON. Total: what is missing or malformed reads as absent. */
  json(object: unknown): Row;
  /**
   * From the object's protobuf message, without the `runtime.Unknown` envelope that answers have
   * around it. Throws where the bytes are no protobuf message.
   */
  protobuf(message: Uint8Array): Row;
}

/** One projection, two encodings. */
export function decoder<T, Row>(kind: Message<T>, row: (object: T) => Row): Decoder<Row> {
  return {
    json: (object) => row(kind.json(object)),
    protobuf: (bytes) => row(kind.protobuf(bytes)),
  };
}
