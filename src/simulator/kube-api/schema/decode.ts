import { type Field, goName, modelOf, type Scalar, type Type } from './models.ts';

export type Json = Readonly<Record<string, unknown>>;

/** What a client sent, as the API's types take it. */
export interface Decoded {
  /** Without fields that the type does not have, and without nulls. */
  readonly object: Json;
  /** The paths of the fields that it does not have: `spec.template.spec.containers[0].imgae`. */
  readonly unknown: readonly string[];
}

/** A value that is not of the type of its field, in the words of Go's JSON decoder. */
export class TypeMismatch extends Error {
  /** In the words of the conversion from maps, by which strategic patches go. */
  readonly converted: string;
  /** In the words of server-side apply. */
  readonly typed: string;

  constructor(message: string, converted = message, typed = message) {
    super(message);
    this.converted = converted;
    this.typed = typed;
  }
}

/** What was found on the way through an object. */
interface Found {
  readonly unknown: string[];
  /** Go's decoder goes on behind the first one: what it cannot parse at all comes before it. */
  mismatch: TypeMismatch | null;
}

/** Reads an object as one of a model. @throws {TypeMismatch} where a value is of another type */
export function decode(model: string, value: Json): Decoded {
  const found: Found = { unknown: [], mismatch: null };
  const object = decodeModel(model, value, { path: '', names: [] }, found);
  if (found.mismatch !== null) throw found.mismatch;
  return { object, unknown: found.unknown };
}

/** Where a value stands. */
interface Place {
  /** With indexes, as unknown fields are told. */
  readonly path: string;
  /** The names of the fields alone, as types that differ are told. */
  readonly names: readonly string[];
  /** The type that has the field; of the whole object, none. */
  readonly struct?: string;
}

function decodeModel(model: string, value: unknown, place: Place, found: Found): Json {
  const { version, name: struct } = goName(model);
  if (!isObject(value)) return note(found, {}, mismatch(value, place, `${version}.${struct}`));
  const { fields } = modelOf(model);
  const result: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(value)) {
    const path = place.path === '' ? name : `${place.path}.${name}`;
    const field: Field | undefined = fields.get(name);
    if (field === undefined) found.unknown.push(path);
    else if (each !== null) {
      const here = { path, names: [...place.names, name], struct };
      result[name] = decodeValue(field.type, each, here, found);
    }
  }
  return result;
}

function decodeValue(type: Type, value: unknown, place: Place, found: Found): unknown {
  switch (type.is) {
    case 'model':
      return decodeModel(type.model, value, place, found);
    case 'list':
      if (!Array.isArray(value)) return note(found, [], mismatch(value, place, goType(type)));
      return value.map((each, i) =>
        each === null && type.of.is === 'model'
          ? {}
          : decodeValue(type.of, each, { ...place, path: `${place.path}[${i}]` }, found),
      );
    case 'map':
      if (!isObject(value)) return note(found, {}, mismatch(value, place, goType(type)));
      return Object.fromEntries(
        Object.entries(value).map(([key, each]) => [
          key,
          decodeValue(type.of, each ?? '', { ...place, path: `${place.path}.${key}` }, found),
        ]),
      );
    case 'scalar':
      checkScalar(type.scalar, value, place, found);
      return value;
  }
}

/** Keeps the first mismatch, and goes on with what stands in for the value. */
function note<T>(found: Found, instead: T, mismatched: TypeMismatch): T {
  found.mismatch ??= mismatched;
  return instead;
}

function checkScalar(scalar: Scalar, value: unknown, place: Place, found: Found): void {
  const differs = (type: string): void => note(found, undefined, mismatch(value, place, type));
  switch (scalar) {
    case 'any':
    case 'fields-v1':
    case 'raw-extension':
      return;
    case 'bool':
      if (typeof value !== 'boolean') differs('bool');
      return;
    case 'int32':
    case 'int64':
      if (!isInteger(value, scalar)) differs(scalar);
      return;
    case 'float64':
      if (typeof value !== 'number') differs(scalar);
      return;
    case 'int-or-string':
      if (typeof value !== 'string' && !isInteger(value, 'int32'))
        throw new TypeMismatch(`json: cannot unmarshal ${told(value)} into Go value of type int32`);
      return;
    case 'quantity':
      if ((typeof value !== 'string' && typeof value !== 'number') || !QUANTITY.test(String(value)))
        throw new TypeMismatch(
          "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
        );
      return;
    default:
      if (typeof value !== 'string') differs(goScalar(scalar));
  }
}

const QUANTITY = /^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/;

function isInteger(value: unknown, scalar: 'int32' | 'int64'): boolean {
  if (typeof value !== 'number' || !Number.isInteger(value)) return false;
  return scalar === 'int64' || Math.abs(value) < 2 ** 31;
}

function mismatch(value: unknown, { path, names, struct }: Place, type: string): TypeMismatch {
  const where = struct === undefined ? 'Go value' : `Go struct field ${struct}.${names.join('.')}`;
  return new TypeMismatch(
    `json: cannot unmarshal ${told(value, type)} into ${where} of type ${type}`,
    typeof value === 'number' ? `cannot convert int64 to ${type}` : `unrecognized type: ${type}`,
    `.${path}: expected ${wanted(type)}, got ${told(value)}`,
  );
}

/** What server-side apply says that it expects. */
function wanted(type: string): string {
  if (type.startsWith('int') || type === 'float64') return 'numeric (int or float)';
  if (type === 'bool') return 'boolean';
  if (type.startsWith('[]')) return 'list';
  return type === 'string' ? 'string' : 'map';
}

/** As Go names what it found; a number that does not fit with its digits. */
function told(value: unknown, type = ''): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number' && type.startsWith('int')) return `number ${value}`;
  return typeof value;
}

function goType(type: Type): string {
  switch (type.is) {
    case 'list':
      return `[]${goType(type.of)}`;
    case 'map':
      return `map[string]${goType(type.of)}`;
    case 'scalar':
      return goScalar(type.scalar);
    case 'model': {
      const { version, name } = goName(type.model);
      return `${version}.${name}`;
    }
  }
}

function goScalar(scalar: Scalar): string {
  switch (scalar) {
    case 'bytes':
      return '[]uint8';
    case 'quantity':
      return 'resource.Quantity';
    case 'int-or-string':
      return 'intstr.IntOrString';
    case 'time':
    case 'microtime':
      return 'string';
    case 'any':
      return 'interface {}';
    default:
      return scalar;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
