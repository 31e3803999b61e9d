import type { WireType } from '@bufbuild/protobuf/wire';
import { Wire } from './reader.ts';

/**
 * What we read of an object, said once for both encodings: a message is a table of named fields,
 * a field knows its protobuf number and how to read its value from either. What is not in a table
 * is passed over; what is missing or of the wrong type reads as absent.
 */
export interface Field<T> {
  readonly number: number;
  readonly wireType: WireType;
  readonly absent: T;
  /** Reads one occurrence. `before` is what earlier occurrences of the field left. */
  read(wire: Wire, before: T): T;
  /** The value in JSON; `parent` is the object that has it. */
  json(value: unknown, parent: unknown): T;
}

/** A message of the tables below: T is what reading one gives. */
export interface Message<T> {
  /** What an absent message reads as. */
  readonly empty: T;
  json(value: unknown): T;
  /** @throws RangeError or Error where the bytes are no message */
  protobuf(bytes: Uint8Array): T;
  /** Reads from where the reader is to `end`. */
  readTo(wire: Wire, end: number): T;
}

type Fields = Readonly<Record<string, Field<unknown>>>;

/** What a message with these fields reads as. */
type Shape<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never;
};

/** The type that a message reads as. */
export type Read<M> = M extends Message<infer T> ? T : never;

/** A JSON object, not an array. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A message by its fields. */
export function message<F extends Fields>(fields: F): Message<Shape<F>> {
  const entries = Object.entries(fields);
  const absent = Object.fromEntries(entries.map(([name, field]) => [name, field.absent]));
  const empty = Object.freeze(absent) as Shape<F>;
  // Most messages of a run are never read: the first that is makes its reader.
  let made: ReadTo | null = null;
  const readTo = (wire: Wire, end: number): Shape<F> =>
    (made ??= readerOf(fields))(wire, end) as Shape<F>;

  return {
    empty,
    readTo,
    protobuf: (bytes) => readTo(new Wire(bytes), bytes.length),
    json(value) {
      if (!isObject(value)) return empty;
      const out: Record<string, unknown> = { ...absent };
      for (const [name, field] of entries) out[name] = field.json(value[name], value);
      return out as Shape<F>;
    },
  };
}

type ReadTo = (wire: Wire, end: number) => unknown;

const tagOf = ({ number, wireType }: Field<unknown>): number => (number << 3) | wireType;

/**
 * Writes out the reader of a message: a variable for each field, one switch over their tags, one
 * literal. Tens of thousands of objects are read while somebody waits for them, and one loop over
 * the table of fields, shared by all messages, keeps the engine from learning the shape of any:
 * it takes half as long again. What is written out are names and numbers of the table alone.
 */
function readerOf(fields: Fields): ReadTo {
  const each = (line: (name: string, i: number, field: Field<unknown>) => string): string =>
    Object.entries(fields)
      .map(([name, field], i) => line(JSON.stringify(name), i, field))
      .join('\n');
  const source = `
    ${each((name, i) => `const field${i} = fields[${name}], absent${i} = field${i}.absent;`)}
    return (wire, end) => {
      ${each((_, i) => `let value${i} = absent${i};`)}
      while (wire.pos < end) {
        const tag = wire.uint32();
        switch (tag) {
          ${each((_, i, field) => `case ${tagOf(field)}: value${i} = field${i}.read(wire, value${i}); break;`)}
          default: wire.pass(tag);
        }
      }
      if (wire.pos > end) throw new RangeError('protobuf: a field is longer than its message');
      return { ${each((name, i) => `${name}: value${i},`)} };
    };`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- of our own declarations only
  return (new Function('fields', source) as (fields: Fields) => ReadTo)(fields);
}
