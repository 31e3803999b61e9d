/**
 * What the objects of the Kubernetes API are made of: read from the models that the JavaScript
 * client brings with it, which are generated from the API's own description. Their code says each
 * field's type and format, their declarations which fields must be there and what they are for.
 * Nothing is read before somebody asks.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Kind } from '../../world/kinds.ts';

/** What a value is, in the terms of the API's Go types. */
export type Scalar =
  | 'string'
  | 'bool'
  | 'int32'
  | 'int64'
  | 'float64'
  | 'bytes'
  | 'time'
  | 'microtime'
  | 'quantity'
  | 'int-or-string'
  | 'fields-v1'
  | 'raw-extension'
  | 'any';

export type Type =
  | { readonly is: 'scalar'; readonly scalar: Scalar }
  | { readonly is: 'list' | 'map'; readonly of: Type }
  | { readonly is: 'model'; readonly model: string };

export interface Field {
  readonly type: Type;
  readonly required: boolean;
  /** Empty for many fields that are models themselves. */
  readonly description: string;
}

export interface Model {
  readonly description: string;
  readonly fields: ReadonlyMap<string, Field>;
}

/** An entry of a generated `attributeTypeMap`. */
interface Attribute {
  readonly baseName: string;
  readonly type: string;
  readonly format: string;
}

const models = new Map<string, Model>();

/** A model by its name in the client, such as `V1DeploymentSpec`. @throws Error where there is none */
export function modelOf(name: string): Model {
  const known = models.get(name) ?? read(name);
  models.set(name, known);
  return known;
}

/** The name of the model of a kind's objects, or undefined where the client knows none. */
export function modelNameOf({
  group,
  version,
  kind,
  custom,
}: Pick<Kind, 'group' | 'version' | 'kind' | 'custom'>): string | undefined {
  if (custom !== undefined) return undefined;
  const plain = `${capital(version)}${kind}`;
  // Names that several groups have carry their group's.
  const qualified = `${capital(group.split('.')[0] || 'core')}${plain}`;
  return [plain, qualified].find((name) => existsSync(join(folder(), `${name}.js`)));
}

/** `V1DeploymentSpec`, `CoreV1Event` → `v1`, `DeploymentSpec`. */
export function goName(model: string): { readonly version: string; readonly name: string } {
  const [, version = '', name = model] =
    /^(?:[A-Z][a-z]+)?V(\d+(?:(?:alpha|beta)\d+)?)([A-Z].*)$/.exec(model) ?? [];
  return { version: `v${version}`, name };
}

function folder(): string {
  const client = createRequire(import.meta.url).resolve('@kubernetes/client-node');
  return join(dirname(client), 'gen', 'models');
}

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

function read(name: string): Model {
  const code = readFileSync(join(folder(), `${name}.js`), 'utf8');
  const declared = readFileSync(join(folder(), `${name}.d.ts`), 'utf8');
  const [, map] = /\.attributeTypeMap = (\[[\s\S]*?\n?\]);/.exec(code) ?? [];
  if (map === undefined) throw new Error(`no fields are told of the model ${name}`);
  const [, ofClass = ''] = /\/\*\*\n\* (.*)\n\*\/\nexport declare class/.exec(declared) ?? [];
  const told = new Map(
    [...declared.matchAll(/(?:\/\*\*\n\s+\* (.*)\n\s+\*\/\n)? {4}'([^']+)'(\?)?: /g)].map(
      ([, description = '', field = '', optional]) => [
        field,
        { description: prose(description), required: optional === undefined },
      ],
    ),
  );
  const attributes = JSON.parse(map) as readonly Attribute[];
  return {
    description: prose(ofClass),
    fields: new Map(
      attributes.map(({ baseName, type, format }) => [
        baseName,
        {
          type: typeOf(`${name}.${baseName}`, type, format),
          ...(told.get(baseName) ?? { required: false, description: '' }),
        },
      ]),
    ),
  };
}

/** A comment without its escapes, and with the paragraphs that the generator ran together. */
function prose(comment: string): string {
  return comment.replace(/\\(['"])/g, '$1').replace(/([.:]) {2}(?=\S)/g, '$1\n\n');
}

/** Fields that the models tell as strings, although they are quantities and may come as numbers. */
const QUANTITIES = new RegExp(
  `^(${[
    'V1\\w*ResourceRequirements\\.(limits|requests)',
    'V1ResourceQuota\\w+\\.(hard|used)',
    'V1LimitRangeItem\\.(max|min|default|defaultRequest|maxLimitRequestRatio)',
    'V1NodeStatus\\.(capacity|allocatable)',
    'V1NodeAllocatableResourceClaimStatus\\.resources',
    'V1PersistentVolume\\w*\\.(capacity|allocatedResources)',
    'V1Container\\w*\\.allocatedResources',
    'V1Pod(Spec|Status)\\.(overhead|allocatedResources)',
    'V1EmptyDirVolumeSource\\.sizeLimit',
    'V1ResourceFieldSelector\\.divisor',
    'V2HPAScalingRules\\.tolerance',
    'V2Metric(Target|ValueStatus)\\.(value|averageValue)',
  ].join('|')})$`,
);

/** A time of the client's own, no model. */
const MICRO_TIME = 'V1MicroTime';

function typeOf(field: string, type: string, format: string): Type {
  const [, item] = /^Array<(.*)>$/.exec(type) ?? [];
  if (item !== undefined) return { is: 'list', of: typeOf(field, item, format) };
  const [, value] = /^\{ \[key: string\]: (.*); \}$/.exec(type) ?? [];
  if (value !== undefined) return { is: 'map', of: typeOf(field, value, format) };
  if (type !== MICRO_TIME && /^([A-Z][a-z]+)?V\d/.test(type)) return { is: 'model', model: type };
  return { is: 'scalar', scalar: scalarOf(field, type, format) };
}

/** Fields that may hold anything, of which the API says what it is. */
const OPAQUE: Readonly<Record<string, Scalar>> = {
  'V1ManagedFieldsEntry.fieldsV1': 'fields-v1',
  'V1ControllerRevision.data': 'raw-extension',
};

function scalarOf(field: string, type: string, format: string): Scalar {
  switch (type) {
    case 'string':
      if (format === 'byte') return 'bytes';
      return QUANTITIES.test(field) ? 'quantity' : 'string';
    case 'number':
      return format === 'int32' || format === 'int64' ? format : 'float64';
    case 'boolean':
      return 'bool';
    case 'Date':
      return 'time';
    case MICRO_TIME:
      return 'microtime';
    case 'IntOrString':
      return 'int-or-string';
    default:
      return OPAQUE[field] ?? 'any';
  }
}
