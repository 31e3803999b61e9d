import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { MESSAGES } from './protobuf-messages.ts';
import { badRequest, ApiError } from './status.ts';

export const PROTOBUF = 'application/vnd.kubernetes.protobuf';

/** A field of a message; see MESSAGES. */
interface Field {
  readonly name: string;
  readonly many: 'one' | 'list' | 'map';
  /** Empty: a string or a number, as the wire tells. */
  readonly type: string;
  /** Its zero is a value, not an absence. */
  readonly zero: boolean;
}

type Message = ReadonlyMap<number, Field>;
type Fields = Record<string, unknown>;

const messages: ReadonlyMap<string, Message> = new Map(
  MESSAGES.trim()
    .split(/\n(?! )/)
    .map((line) => {
      const [name = '', fields = ''] = line.split(/:\s/, 2);
      return [name, new Map(fields.split(/,\s+/).map(fieldOf))];
    }),
);

function fieldOf(text: string): [number, Field] {
  const [, number, name = '', many, type = '', zero] =
    /^(\d+) ([\w~]+)(\[\]|\{\})?(?:=(\w+))?(\*)?$/.exec(text.trim()) ?? [];
  return [
    Number(number),
    {
      name,
      many: many === '[]' ? 'list' : many === '{}' ? 'map' : 'one',
      type,
      zero: zero === '*',
    },
  ];
}

/** Decodes a protobuf body. @throws {ApiError} 415 for a kind that only JSON may bring, 400 for no message */
export function decodeProtobuf(body: Uint8Array): Fields {
  try {
    // `k8s\0`, then runtime.Unknown: the type and the message itself.
    const { type, raw } = envelope(body.subarray(4));
    const message = messages.get(`${type.apiVersion}.${type.kind}`) ?? messages.get(type.kind);
    if (!message) {
      throw new ApiError(
        415,
        'UnsupportedMediaType',
        'the body of the request was in an unknown format - accepted media types include: application/json',
      );
    }
    return { ...type, ...read(raw, message) };
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw badRequest(`the object provided is unrecognized: ${(error as Error).message}`);
  }
}

function envelope(bytes: Uint8Array) {
  const reader = new BinaryReader(bytes);
  const type = { apiVersion: '', kind: '' };
  let raw: Uint8Array = new Uint8Array();
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    if (field === 1) [type.apiVersion, type.kind] = typeMeta(reader.bytes());
    else if (field === 2) raw = reader.bytes();
    else reader.skip(wire);
  }
  return { type, raw };
}

function typeMeta(bytes: Uint8Array): [apiVersion: string, kind: string] {
  const reader = new BinaryReader(bytes);
  const fields = ['', '', ''];
  while (reader.pos < reader.len) {
    const [field] = reader.tag();
    fields[field] = reader.string();
  }
  return [fields[1] ?? '', fields[2] ?? ''];
}

function read(bytes: Uint8Array, message: Message): Fields {
  const reader = new BinaryReader(bytes);
  const result: Fields = {};
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    const field = message.get(number);
    if (field === undefined) reader.skip(wire);
    else add(result, field, reader, wire);
  }
  return result;
}

function add(into: Fields, field: Field, reader: BinaryReader, wire: WireType): void {
  const { name, many, type } = field;
  if (many === 'map') {
    const [key, value] = entry(reader.bytes(), type);
    into[name] = { ...(into[name] as Fields | undefined), [key]: value };
    return;
  }
  const value = valueOf(reader, wire, type);
  if (many === 'list') into[name] = [...((into[name] as unknown[] | undefined) ?? []), value];
  else if (name === '~') Object.assign(into, value);
  // Go writes every field that is no pointer, and JSON leaves out those that are zero.
  else if (field.zero || (value !== '' && value !== 0 && value !== false)) into[name] = value;
}

function valueOf(reader: BinaryReader, wire: WireType, type: string): unknown {
  if (wire === WireType.LengthDelimited) {
    if (type === '') return reader.string();
    if (type === 'bytes') return Buffer.from(reader.bytes()).toString('base64');
    if (type === 'Quantity') return read(reader.bytes(), QUANTITY)['text'] ?? '';
    if (type === 'IntOrString') return intOrString(read(reader.bytes(), INT_OR_STRING));
    return read(reader.bytes(), messages.get(type) ?? new Map());
  }
  if (wire !== WireType.Varint) {
    reader.skip(wire);
    return '';
  }
  return type === 'bool' ? reader.bool() : Number(reader.int64());
}

const QUANTITY: Message = new Map([fieldOf('1 text')]);
const INT_OR_STRING: Message = new Map(['1 kind', '2 number', '3 text'].map(fieldOf));

const intOrString = ({ kind, number = 0, text = '' }: Fields): unknown =>
  kind === 1 ? text : number;

function entry(bytes: Uint8Array, type: string): [key: string, value: unknown] {
  const reader = new BinaryReader(bytes);
  let key = '';
  let value: unknown = '';
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    if (number === 1) key = reader.string();
    else value = valueOf(reader, wire, type);
  }
  return [key, value];
}
