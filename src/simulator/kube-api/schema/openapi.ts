import { goName, type Model, modelNameOf, modelOf, type Scalar, type Type } from './models.ts';

/** A kind, as its schema is marked with it. */
export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** The schemas of kinds and of all that is in them, for `components.schemas` of OpenAPI 3. */
export function schemasOf(kinds: readonly GroupVersionKind[]): Readonly<Record<string, object>> {
  const schemas: Record<string, object> = {};
  const visit = (name: string, gvk?: GroupVersionKind): void => {
    const key = schemaName(name);
    if (schemas[key] !== undefined && gvk === undefined) return;
    const model = modelOf(name);
    schemas[key] = {
      ...(model.description && { description: model.description }),
      type: 'object',
      ...propertiesOf(model),
      ...(gvk && { 'x-kubernetes-group-version-kind': [gvk] }),
    };
    for (const { type } of model.fields.values()) for (const each of modelsIn(type)) visit(each);
  };
  for (const { group, version, kind } of kinds) {
    const name = modelNameOf({ group, version, kind });
    if (name !== undefined) visit(name, { group, kind, version });
  }
  return { ...schemas, ...SCALARS };
}

/**
 * The client's models keep no group in their names, so that none is told here; what clients show
 * of a name is its last part.
 */
function schemaName(model: string): string {
  const { version, name } = goName(model);
  return `io.k8s.${version}.${name}`;
}

function propertiesOf({ fields }: Model): object {
  if (fields.size === 0) return {};
  const required = [...fields].filter(([, field]) => field.required).map(([name]) => name);
  return {
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(
      [...fields].map(([name, { type, description }]) => {
        const schema = schemaOf(type);
        if (description === '') return [name, schema];
        // What stands beside a reference is not read.
        return [name, { description, ...('$ref' in schema ? { allOf: [schema] } : schema) }];
      }),
    ),
  };
}

function* modelsIn(type: Type): Generator<string> {
  if (type.is === 'model') yield type.model;
  else if (type.is !== 'scalar') yield* modelsIn(type.of);
}

function schemaOf(type: Type): object {
  switch (type.is) {
    case 'model':
      return reference(schemaName(type.model));
    case 'list':
      return { type: 'array', items: schemaOf(type.of) };
    case 'map':
      return { type: 'object', additionalProperties: schemaOf(type.of) };
    case 'scalar':
      return scalarSchema(type.scalar);
  }
}

const reference = (name: string): object => ({ $ref: `#/components/schemas/${name}` });

const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity';
const INT_OR_STRING = 'io.k8s.apimachinery.pkg.util.intstr.IntOrString';
const TIME = 'io.k8s.apimachinery.pkg.apis.meta.v1.Time';
const MICRO_TIME = 'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime';
const FIELDS_V1 = 'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1';
const RAW_EXTENSION = 'io.k8s.apimachinery.pkg.runtime.RawExtension';

/** Scalars that have a type of their own in the API. */
const SCALARS: Readonly<Record<string, object>> = {
  [QUANTITY]: {
    description:
      'Quantity is a fixed-point representation of a number: digits with a suffix such as m, Ki, Mi, k, M or an exponent.',
    oneOf: [{ type: 'string' }, { type: 'number' }],
  },
  [INT_OR_STRING]: {
    description: 'IntOrString is a type that can hold an int32 or a string.',
    format: 'int-or-string',
    oneOf: [{ type: 'integer' }, { type: 'string' }],
  },
  [TIME]: { description: 'Time, as RFC 3339 writes it.', type: 'string', format: 'date-time' },
  [MICRO_TIME]: {
    description: 'MicroTime is a time with microseconds, as RFC 3339 writes it.',
    type: 'string',
    format: 'date-time',
  },
  [FIELDS_V1]: { description: 'FieldsV1 stores a set of fields in JSON.', type: 'object' },
  [RAW_EXTENSION]: { description: 'RawExtension holds an object of any type.', type: 'object' },
};

function scalarSchema(scalar: Scalar): object {
  switch (scalar) {
    case 'string':
      return { type: 'string' };
    case 'bool':
      return { type: 'boolean' };
    case 'int32':
    case 'int64':
      return { type: 'integer', format: scalar };
    case 'float64':
      return { type: 'number', format: 'double' };
    case 'bytes':
      return { type: 'string', format: 'byte' };
    case 'quantity':
      return reference(QUANTITY);
    case 'int-or-string':
      return reference(INT_OR_STRING);
    case 'time':
      return reference(TIME);
    case 'microtime':
      return reference(MICRO_TIME);
    case 'fields-v1':
      return reference(FIELDS_V1);
    case 'raw-extension':
      return reference(RAW_EXTENSION);
    case 'any':
      return { type: 'object' };
  }
}
