import type { KubeTableId, KubeTables } from '../../../domain/tables.ts';

/**
 * How an object of one table becomes its row. Joined fields start as `null`, `gone` as 0.
 */
export interface Decoder<Row> {
  /** From the object as parsed JSON. Total: what is missing or malformed reads as absent. */
  json(object: unknown): Row;
  /**
   * From the object's protobuf message, without the `runtime.Unknown` envelope around it
   * (see {@link unwrapUnknown}). Throws where the bytes are no protobuf message.
   */
  protobuf?(message: Uint8Array): Row;
}

/** The decoder of a table. */
export function decoderOf<T extends KubeTableId>(table: T): Decoder<KubeTables[T]> {
  throw new Error(`no decoder of ${table} yet`);
}
