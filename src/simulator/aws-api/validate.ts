import type { NormalizedSchema } from '@smithy/core/schema';

/**
 * What in a value does not fit its schema: unknown members, wrong types, missing required ones.
 * Both directions are checked, so that the simulator never answers what a client would drop.
 */
export function violations(schema: NormalizedSchema, value: unknown, path = ''): readonly string[] {
  if (value === undefined || value === null || schema.isUnitSchema()) return [];
  if (schema.isStructSchema()) return structViolations(schema, value, path);
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) return [`${path} is not a list`];
    const items: readonly unknown[] = value;
    return items.flatMap((item, i) => violations(schema.getValueSchema(), item, `${path}[${i}]`));
  }
  if (schema.isMapSchema()) {
    return Object.entries(value).flatMap(([key, item]) =>
      violations(schema.getValueSchema(), item, `${path}.${key}`),
    );
  }
  return isScalar(schema, value) ? [] : [`${path} has the wrong type`];
}

function structViolations(
  schema: NormalizedSchema,
  value: unknown,
  path: string,
): readonly string[] {
  if (typeof value !== 'object' || value === null) return [`${path} is not a structure`];
  const members = new Map(schema.structIterator());
  const fields = new Map<string, unknown>(Object.entries(value));
  const unknown = [...fields.keys()].filter((name) => !members.has(name));
  const missing = requiredMembers(schema).filter((name) => (fields.get(name) ?? null) === null);
  return [
    ...unknown.map((name) => `${path}.${name} is not a member`),
    ...missing.map((name) => `${path}.${name} is required`),
    ...[...members].flatMap(([name, member]) =>
      violations(member, fields.get(name), `${path}.${name}`),
    ),
  ];
}

/** Kind, namespace, name, traits, member names, member schemas, count of leading required names. */
type StructureParts = readonly [
  unknown,
  unknown,
  unknown,
  unknown,
  names: readonly string[],
  unknown,
  required?: number,
];

function requiredMembers(schema: NormalizedSchema): readonly string[] {
  const schemaParts = schema.getSchema() as unknown as StructureParts;
  return schemaParts[4].slice(0, schemaParts[6] ?? 0);
}

function isScalar(schema: NormalizedSchema, value: unknown): boolean {
  if (schema.isTimestampSchema()) return value instanceof Date;
  if (schema.isNumericSchema()) return typeof value === 'number' && !Number.isNaN(value);
  if (schema.isBooleanSchema()) return typeof value === 'boolean';
  if (schema.isStringSchema()) return typeof value === 'string';
  return true;
}
