import { apiVersionOf } from '../world/kinds.ts';
import type { Kind } from '../world/kinds.ts';
import { controllerOf } from '../world/objects.ts';
import type { KubeObject, ManagedFields } from '../world/objects.ts';
import { canonicalJson } from '../world/canonical.ts';
import { omit } from '../world/omit.ts';

type Fields = Record<string, unknown>;

/** Pods of one owner have the same fields: working them out once is enough. */
const templates = new Map<string, Fields>();
const MOST_TEMPLATES = 4000;

/**
 * Who wrote which fields, as a cluster would have recorded it: worked out when an object is
 * encoded, so that the store carries no such weight. It is a third of the bytes of a real pod.
 */
export function managedFieldsOf(kind: Kind, object: KubeObject): ManagedFields[] {
  const { metadata } = object;
  const owner = controllerOf(object);
  const manager = owner
    ? 'kube-controller-manager'
    : metadata.annotations?.['meta.helm.sh/release-name']
      ? 'helm'
      : kind.resource === 'nodes'
        ? 'kubelet'
        : 'kube-controller-manager';
  const apiVersion = apiVersionOf(kind);
  const time = metadata.creationTimestamp;
  const entries: ManagedFields[] = metadata.managedFields
    ? [...metadata.managedFields]
    : [
        {
          manager,
          operation: 'Update',
          apiVersion,
          time,
          fieldsType: 'FieldsV1',
          fieldsV1: writtenFields(kind, object, owner?.uid),
        },
      ];
  if (object.status && Object.keys(object.status).length > 0) {
    entries.push({
      manager:
        kind.resource === 'pods' || kind.resource === 'nodes'
          ? 'kubelet'
          : 'kube-controller-manager',
      operation: 'Update',
      apiVersion,
      time: lastTransition(object.status) ?? time,
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:status': fieldsOf(object.status) },
      subresource: 'status',
    });
  }
  return entries;
}

function writtenFields(kind: Kind, object: KubeObject, owner: string | undefined): Fields {
  const key = kind.resource === 'pods' && owner !== undefined ? owner : undefined;
  const known = key === undefined ? undefined : templates.get(key);
  if (known) return known;
  const { labels, annotations, ownerReferences, generateName } = object.metadata;
  const fields: Fields = {
    'f:metadata': fieldsOf({ annotations, generateName, labels, ownerReferences }),
    ...fieldsOf(omit(object, 'metadata', 'status')),
  };
  if (key !== undefined) {
    if (templates.size >= MOST_TEMPLATES) templates.clear();
    templates.set(key, fields);
  }
  return fields;
}

function fieldsOf(value: object): Fields {
  const fields: Fields = {};
  for (const [name, each] of Object.entries(value)) {
    if (each !== undefined) fields[`f:${name}`] = ATOMIC.has(name) ? {} : nested(name, each);
  }
  return fields;
}

const ATOMIC = new Set([
  'containerStatuses',
  'initContainerStatuses',
  'selector',
  'args',
  'volumes',
  'tolerations',
  'endpoints',
  'resourceClaims',
  'matchLabels',
  'labelSelector',
]);

const KEYS: Readonly<Record<string, readonly string[]>> = {
  ports: ['containerPort', 'protocol'],
  conditions: ['type'],
  containers: ['name'],
  initContainers: ['name'],
  env: ['name'],
  volumeMounts: ['mountPath'],
  ownerReferences: ['uid'],
  podIPs: ['ip'],
  hostIPs: ['ip'],
  addresses: ['type'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
};

function nested(name: string, value: unknown): Fields {
  if (Array.isArray(value)) {
    const keys = KEYS[name];
    if (!keys) return {};
    const items: Fields = { '.': {} };
    for (const item of value as Fields[]) {
      const key = Object.fromEntries(keys.map((each) => [each, item[each]]));
      items[`k:${JSON.stringify(key)}`] = { '.': {}, ...fieldsOf(item) };
    }
    return items;
  }
  if (typeof value !== 'object' || value === null) return {};
  return fieldsOf(value);
}

/** Between the steps of a path. */
const STEP = '\u001f';

/** What clients may own of an object: each field by its path, with its value. */
export function flatten(object: KubeObject): Map<string, string> {
  const { labels, annotations, ownerReferences, finalizers } = object.metadata;
  const found = new Map<string, string>();
  const rest = omit(object, 'kind', 'apiVersion', 'metadata', 'status');
  walk({ metadata: { labels, annotations, ownerReferences, finalizers }, ...rest }, [], found);
  return found;
}

function walk(value: object, path: readonly string[], found: Map<string, string>): void {
  for (const [name, each] of Object.entries(value) as [string, unknown][]) {
    if (each === undefined || each === null) continue;
    const here = [...path, `f:${name}`];
    const keys = Array.isArray(each) ? KEYS[name] : undefined;
    if (keys !== undefined && !ATOMIC.has(name)) {
      for (const item of each as Fields[]) walk(item, [...here, keyOf(keys, item)], found);
    } else if (typeof each === 'object' && !Array.isArray(each) && !ATOMIC.has(name)) {
      walk(each, here, found);
    } else found.set(here.join(STEP), canonicalJson(each));
  }
}

function keyOf(keys: readonly string[], item: Fields): string {
  // A port's protocol is TCP where it is not said.
  const value = (key: string): unknown => item[key] ?? (key === 'protocol' ? 'TCP' : undefined);
  return `k:${JSON.stringify(Object.fromEntries(keys.map((key) => [key, value(key)])))}`;
}

/** The paths of the fields in a tree of FieldsV1. */
export function* leavesOf(tree: object, path: readonly string[] = []): Generator<string> {
  for (const [step, below] of Object.entries(tree) as [string, object][]) {
    if (step === '.') continue;
    const here = [...path, step];
    if (Object.keys(below).length === 0) yield here.join(STEP);
    else yield* leavesOf(below, here);
  }
}

/** The tree of FieldsV1 of these paths. */
export function treeOf(paths: readonly string[]): object {
  const root: Fields = {};
  for (const path of [...paths].sort()) {
    let at = root;
    for (const step of path.split(STEP)) {
      at = (at[step] ??= step.startsWith('k:') ? { '.': {} } : {}) as Fields;
    }
  }
  return root;
}

/** As people read it: `.spec.template.spec.containers[name="c"].image`. */
export function humanPath(path: string): string {
  return path
    .split(STEP)
    .map((step) => {
      if (step.startsWith('f:')) return `.${step.slice(2)}`;
      const keys = Object.entries(JSON.parse(step.slice(2)) as Fields);
      return `[${keys.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}]`;
    })
    .join('');
}

/** The object without what stands at a path; lists and objects around it stay. */
export function without<T extends object>(object: T, path: string): T {
  const copy = structuredClone(object);
  const steps = path.split(STEP);
  const last = steps.pop() ?? '';
  let at: unknown = copy;
  for (const step of steps) {
    if (typeof at !== 'object' || at === null) return copy;
    if (step.startsWith('f:')) at = (at as Fields)[step.slice(2)];
    else at = (at as Fields[]).find((item) => keyOf(keysIn(step), item) === step);
  }
  if (typeof at === 'object' && at !== null) Reflect.deleteProperty(at, last.slice(2));
  return copy;
}

const keysIn = (step: string): string[] => Object.keys(JSON.parse(step.slice(2)) as Fields);

function lastTransition(status: object): string | undefined {
  const { conditions } = status as { conditions?: { lastTransitionTime?: string }[] };
  return (
    conditions
      ?.map((each) => each.lastTransitionTime ?? '')
      .reduce((a, b) => (a > b ? a : b), '')
      .replace(/^$/, '') || undefined
  );
}
