import { isUtf8 } from 'node:buffer';
import { WireType } from '@bufbuild/protobuf/wire';
import { isObject, type Field } from './message.ts';

/** What a row keeps of a value under a key: not the value. */
export interface DataKey {
  readonly name: string;
  /** Size of the value as it is, in bytes: decoded where it is written in base64. */
  readonly size: number;
  /** It cannot be read as text. */
  readonly binary: boolean;
}

/** How the values of a map are written in JSON; in protobuf they are always the bytes themselves. */
export type DataForm = 'text' | 'base64';

/** The bytes of a value as JSON has it. */
export const bytesOf = (value: string, form: DataForm): Uint8Array =>
  Buffer.from(value, form === 'text' ? 'utf8' : 'base64');

/** Whether bytes can be read as text: what has a NUL in it is none. */
export const isText = (bytes: Uint8Array): boolean => isUtf8(bytes) && !bytes.includes(0);

/** What is kept of any value. */
export const dataKey = (name: string, value: Uint8Array): DataKey => ({
  name,
  size: value.length,
  binary: !isText(value),
});

const NONE: readonly never[] = Object.freeze([]);
const KEY = (1 << 3) | WireType.LengthDelimited;
const VALUE = (2 << 3) | WireType.LengthDelimited;
const NO_BYTES = new Uint8Array(0);

/**
 * A map of values that may be large or secret. Each is lent to `read` while the message is read and
 * let go of then: what `read` makes of it is all that stays, and no text is made of it on the way.
 */
export function dataMap<T>(
  number: number,
  form: DataForm,
  read: (key: string, value: Uint8Array) => T,
): Field<readonly T[]> {
  return {
    number,
    wireType: WireType.LengthDelimited,
    absent: NONE,
    read(wire, before) {
      const end = wire.end();
      let key = '';
      let value: Uint8Array = NO_BYTES;
      while (wire.pos < end) {
        const tag = wire.uint32();
        if (tag === KEY) key = wire.text();
        else if (tag === VALUE) value = wire.bytes();
        else wire.pass(tag);
      }
      const item = read(key, value);
      // A list that is not NONE was made here, for this very message.
      if (before === NONE) return [item];
      (before as T[]).push(item);
      return before;
    },
    json(value) {
      if (!isObject(value)) return NONE;
      return Object.entries(value).map(([key, each]) =>
        read(key, bytesOf(typeof each === 'string' ? each : '', form)),
      );
    },
  };
}
