import type { Decoder } from '../../domain/wire/decoder.ts';

export const PROTOBUF = 'application/vnd.kubernetes.protobuf';
export const JSON_TYPE = 'application/json';

/**
 * In what form the objects of a kind are asked for, and how what comes becomes rows. Its server
 * may send plain JSON objects all the same. It may remember what it was told: each loop that
 * follows a kind has one of its own.
 */
export interface Representation<Row> extends Decoder<Row> {
  /** Media types, the best first: those of a list, and those of a watch. */
  readonly accept: { readonly list: string; readonly watch: string };
  /** What else is said when asking. */
  readonly query: Readonly<Record<string, string>>;
  /**
   * The server prints the rows. What it prints is settled anew when the kind is defined anew: then
   * it ends the watches, and the rows that are known are of no use.
   */
  readonly printed: boolean;
  /** A full list begins: what was told of an earlier one no longer holds. */
  begin(): void;
  /**
   * Hears what surrounds the items of a list: what of it stands before them, then all of it.
   * @throws RequestError where it does not fit what was told before
   */
  envelope(list: unknown): void;
  /** The metadata of what a bookmark carries. */
  bookmark(object: unknown): unknown;
}

const nothing = (): void => undefined;

/** Objects as they are, in JSON. */
export function asJson<Row>(decoder: Decoder<Row>): Representation<Row> {
  return {
    ...decoder,
    accept: { list: JSON_TYPE, watch: JSON_TYPE },
    query: {},
    printed: false,
    begin: nothing,
    envelope: nothing,
    bookmark: (object) => (object as { readonly metadata?: unknown } | null)?.metadata,
  };
}

/** Objects as they are, in protobuf where the server has it. */
export function asProtobuf<Row>(decoder: Decoder<Row>): Representation<Row> {
  const accept = {
    list: `${PROTOBUF},${JSON_TYPE}`,
    watch: `${PROTOBUF};stream=watch,${JSON_TYPE}`,
  };
  return { ...asJson(decoder), accept };
}
