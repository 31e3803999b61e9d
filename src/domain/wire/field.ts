import { redact } from '../../core/redact.ts';
import { WireType } from '@bufbuild/protobuf/wire';
import { intern } from './intern.ts';
import { isObject, message, type Field, type Message } from './message.ts';
import type { Wire } from './reader.ts';

/** The kinds of field that a message's table is made of; see message.ts. */

const scalar = <T>(
  number: number,
  wireType: WireType,
  absent: T,
  read: (wire: Wire) => T,
  json: (value: unknown) => T,
): Field<T> => ({ number, wireType, absent, read, json });

const bytesField = <T>(
  number: number,
  absent: T,
  read: (wire: Wire) => T,
  json: (value: unknown) => T,
): Field<T> => scalar(number, WireType.LengthDelimited, absent, read, json);

const readText = (wire: Wire): string => wire.text();
const readWord = (wire: Wire): string => wire.word();
const jsonText = (value: unknown): string => (typeof value === 'string' ? value : '');
const jsonWord = (value: unknown): string => (typeof value === 'string' ? intern(value) : '');
const jsonInt = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? clampInt(Math.trunc(value)) : null;

/** What no double counts exactly is no integer of the API's: the nearest one that is. */
const clampInt = (value: number): number =>
  Math.min(Number.MAX_SAFE_INTEGER, Math.max(Number.MIN_SAFE_INTEGER, value));

/** A string of its own: names, addresses, messages. Absent: empty. */
export const text = (number: number): Field<string> => bytesField(number, '', readText, jsonText);

/** What is kept of a message (characters): more than any that Kubernetes writes. */
const PROSE = 32 * 1024;

/** A message to be read by people, without secrets and what is beyond all measure. Absent: empty. */
export const prose = (number: number): Field<string> => {
  const cut = (value: string) => redact(value.length > PROSE ? `${value.slice(0, PROSE)}…` : value);
  return bytesField(
    number,
    '',
    (wire) => cut(wire.text()),
    (value) => cut(jsonText(value)),
  );
};

/** A string that repeats across objects and is kept once. Absent: empty. */
export const word = (number: number): Field<string> => bytesField(number, '', readWord, jsonWord);

/** An integer; absent: 0. */
export const int = (number: number): Field<number> =>
  scalar(number, WireType.Varint, 0, readInt, (value) => jsonInt(value) ?? 0);

/** An integer whose absence says something; absent: null. */
export const optionalInt = (number: number): Field<number | null> =>
  scalar<number | null>(number, WireType.Varint, null, readInt, jsonInt);

const readInt = (wire: Wire): number => clampInt(wire.integer());

const readCount = (wire: Wire): number => Math.max(0, readInt(wire));
const jsonCount = (value: unknown): number | null => {
  const number = jsonInt(value);
  return number === null ? null : Math.max(0, number);
};

/** A number of things: never less than none. Absent: 0. */
export const count = (number: number): Field<number> =>
  scalar(number, WireType.Varint, 0, readCount, (value) => jsonCount(value) ?? 0);

/** A number of things whose absence says something; absent: null. */
export const optionalCount = (number: number): Field<number | null> =>
  scalar<number | null>(number, WireType.Varint, null, readCount, jsonCount);

/** A boolean; absent: false. */
export const bool = (number: number): Field<boolean> =>
  scalar(
    number,
    WireType.Varint,
    false,
    (wire) => wire.bool(),
    (value) => value === true,
  );

/** A boolean whose absence says something; absent: null. */
export const optionalBool = (number: number): Field<boolean | null> =>
  scalar<boolean | null>(
    number,
    WireType.Varint,
    null,
    (wire) => wire.bool(),
    (value) => (typeof value === 'boolean' ? value : null),
  );

const NO_BYTES: Uint8Array = new Uint8Array(0);

const readBytes = (wire: Wire): Uint8Array => wire.bytes();

/** Bytes that something else reads; JSON has none. Absent: none. */
export const bytes = (number: number): Field<Uint8Array> =>
  bytesField(number, NO_BYTES, readBytes, () => NO_BYTES);

/** Only whether the field is there: a probe, a strategy's parameters. */
export const present = (number: number): Field<boolean> =>
  bytesField(
    number,
    false,
    (wire) => {
      wire.pos = wire.end();
      return true;
    },
    isObject,
  );

/** A message that reads as its empty self where it is absent. */
export const part = <T>(number: number, inner: Message<T>): Field<T> =>
  bytesField(
    number,
    inner.empty,
    (wire) => inner.readTo(wire, wire.end()),
    (value) => inner.json(value),
  );

/** A message whose absence says something; absent: null. */
export const optionalPart = <T>(number: number, inner: Message<T>): Field<T | null> =>
  bytesField<T | null>(
    number,
    null,
    (wire) => inner.readTo(wire, wire.end()),
    (value) => (isObject(value) ? inner.json(value) : null),
  );

/** A message that protobuf nests and JSON spreads into its parent. */
export const inlined = <T>(number: number, inner: Message<T>): Field<T> => ({
  ...part(number, inner),
  json: (_, parent) => inner.json(parent),
});

/** A field that is called something else in JSON, so that two messages read alike. */
export const called = <T>(name: string, field: Field<T>): Field<T> => ({
  ...field,
  json: (_, parent) => field.json(isObject(parent) ? parent[name] : undefined, parent),
});

const NONE: readonly never[] = Object.freeze([]);

const repeated = <T>(
  number: number,
  read: (wire: Wire) => T,
  json: (value: unknown) => T,
): Field<readonly T[]> => ({
  number,
  wireType: WireType.LengthDelimited,
  absent: NONE,
  read(wire, before) {
    const item = read(wire);
    // A list that is not NONE was made here, two lines below, for this very message.
    if (before === NONE) return [item];
    (before as T[]).push(item);
    return before;
  },
  json: (value) => (Array.isArray(value) ? value.map(json) : NONE),
});

/** A list of messages. */
export const parts = <T>(number: number, inner: Message<T>): Field<readonly T[]> =>
  repeated(
    number,
    (wire) => inner.readTo(wire, wire.end()),
    (value) => inner.json(value),
  );

/** A list of bytes that something else reads; JSON has none. */
export const blobs = (number: number): Field<readonly Uint8Array[]> =>
  repeated(number, readBytes, () => NO_BYTES);

/** A list of strings of their own. */
export const texts = (number: number): Field<readonly string[]> =>
  repeated(number, readText, jsonText);

/** A list of strings that repeat across objects. */
export const words = (number: number): Field<readonly string[]> =>
  repeated(number, readWord, jsonWord);

/** A map of strings by string; `only` names the keys that are wanted, all where it is not given. */
export function map(
  number: number,
  only: readonly string[] | null = null,
): Field<Readonly<Record<string, string>>> {
  return mapOf(number, only, readWord, jsonWord);
}

const EMPTY: Readonly<Record<string, never>> = Object.freeze({});
const KEY = (1 << 3) | WireType.LengthDelimited;
const VALUE = (2 << 3) | WireType.LengthDelimited;

function mapOf(
  number: number,
  only: readonly string[] | null,
  read: (wire: Wire) => string,
  json: (value: unknown) => string,
): Field<Readonly<Record<string, string>>> {
  const wanted = (key: string): boolean => only === null || only.includes(key);
  return {
    number,
    wireType: WireType.LengthDelimited,
    absent: EMPTY,
    read(wire, before) {
      const end = wire.end();
      let key = '';
      let value = '';
      while (wire.pos < end) {
        const tag = wire.uint32();
        if (tag === KEY) key = wire.word();
        else if (tag === VALUE && wanted(key)) value = read(wire);
        else wire.pass(tag);
      }
      if (!wanted(key)) return before;
      if (before === EMPTY) return { [key]: value };
      (before as Record<string, string>)[key] = value;
      return before;
    },
    json(value) {
      if (!isObject(value)) return EMPTY;
      let out: Record<string, string> | null = null;
      for (const key in value) if (wanted(key)) (out ??= {})[intern(key)] = json(value[key]);
      return out ?? EMPTY;
    },
  };
}

const TIMESTAMP = message({ seconds: int(1), nanos: int(2) });

/** The API writes times by RFC 3339, which ends with the year 9999. */
const RFC_3339 = /^\d{4}-\d\d-\d\dT/;
const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** What is no moment that an object of a cluster can have had is none. */
const moment = (at: number): number => (at > 0 && at <= LATEST ? at : 0);

/** A time in milliseconds since the epoch; absent, Go's zero time, or no time at all: 0. */
export const time = (number: number): Field<number> =>
  bytesField(
    number,
    0,
    (wire) => {
      const { seconds, nanos } = TIMESTAMP.readTo(wire, wire.end());
      return moment(seconds * 1000 + Math.floor(nanos / 1e6));
    },
    (value) => (typeof value === 'string' && RFC_3339.test(value) ? moment(Date.parse(value)) : 0),
  );

const QUANTITY = message({ string: word(1) });
const readQuantity = (wire: Wire): string => QUANTITY.readTo(wire, wire.end()).string;
const jsonQuantity = (value: unknown): string =>
  typeof value === 'number' ? String(value) : jsonWord(value);

/** A quantity in its text form (`100m`, `1Gi`); absent: empty. */
export const quantity = (number: number): Field<string> =>
  bytesField(number, '', readQuantity, jsonQuantity);

/** Quantities by resource name: those of `only`, all where it is not given. */
export const quantities = (
  number: number,
  only: readonly string[] | null = null,
): Field<Readonly<Record<string, string>>> => mapOf(number, only, readQuantity, jsonQuantity);

const INT_OR_STRING = message({ type: int(1), intVal: int(2), strVal: word(3) });

/** A number or a name, as text (`8080`, `http`, `25%`). */
export const intOrString = (number: number): Field<string> =>
  bytesField(
    number,
    '',
    (wire) => {
      const { type, intVal, strVal } = INT_OR_STRING.readTo(wire, wire.end());
      return type === 0 ? String(intVal) : strVal;
    },
    jsonQuantity,
  );
