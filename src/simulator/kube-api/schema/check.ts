/** What of an object is not as the schema of its definition says, in the API server's words. */
import type { FieldProblem } from '../status.ts';

/** The part of a structural schema that objects are held to. */
interface Schema {
  readonly type?: string;
  readonly nullable?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly 'x-kubernetes-int-or-string'?: boolean;
}

/** @param field where the value stands, e.g. `spec.weight`; empty for the object itself */
export function* problemsBySchema(
  value: unknown,
  schema: object,
  field = '',
): Generator<FieldProblem> {
  const of = schema as Schema;
  if (value === null && of.nullable === true) return;
  if (!hasType(value, of)) {
    const said = JSON.stringify(nameOf(value));
    yield {
      field,
      message: `Invalid value: ${said}: ${field} in body must be of type ${of.type ?? ''}: ${said}`,
    };
    return;
  }
  yield* boundProblems(value, of, field);
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries())
      if (of.items) yield* problemsBySchema(item, of.items, `${field}[${i}]`);
  } else if (typeof value === 'object' && value !== null) {
    yield* memberProblems(value as Readonly<Record<string, unknown>>, of, field);
  }
}

function* memberProblems(
  value: Readonly<Record<string, unknown>>,
  { required = [], properties = {}, additionalProperties }: Schema,
  field: string,
): Generator<FieldProblem> {
  const at = (name: string): string => (field === '' ? name : `${field}.${name}`);
  for (const name of required)
    if (value[name] === undefined) yield { field: at(name), message: 'Required value' };
  for (const [name, member] of Object.entries(value)) {
    const schema =
      properties[name] ??
      (typeof additionalProperties === 'object' ? additionalProperties : undefined);
    if (schema !== undefined && member !== undefined)
      yield* problemsBySchema(member, schema, at(name));
  }
}

function* boundProblems(value: unknown, of: Schema, field: string): Generator<FieldProblem> {
  const said = JSON.stringify(value);
  if (of.enum && !of.enum.includes(value)) {
    const supported = of.enum.map((each) => JSON.stringify(each)).join(', ');
    yield { field, message: `Unsupported value: ${said}: supported values: ${supported}` };
  }
  const breaks = (how: string): FieldProblem => ({
    field,
    message: `Invalid value: ${said}: ${field} in body ${how}`,
  });
  if (typeof value === 'number') {
    if (of.minimum !== undefined && value < of.minimum)
      yield breaks(`should be greater than or equal to ${of.minimum}`);
    if (of.maximum !== undefined && value > of.maximum)
      yield breaks(`should be less than or equal to ${of.maximum}`);
  }
  if (typeof value === 'string' && of.pattern !== undefined && !matches(of.pattern, value))
    yield breaks(`should match '${of.pattern}'`);
}

/** Patterns are Go's: what JavaScript cannot read is not checked. */
function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern).test(value);
  } catch {
    return true;
  }
}

function hasType(value: unknown, { type, ...of }: Schema): boolean {
  if (of['x-kubernetes-int-or-string'] === true)
    return typeof value === 'string' || Number.isInteger(value);
  return type === undefined || nameOf(value) === type || (type === 'number' && isNumber(value));
}

const isNumber = (value: unknown): boolean => typeof value === 'number';

/** The type of a value as schemas call it. */
function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}
