import { apiVersionOf } from '../world/kinds.ts';
import type { Kind } from '../world/kinds.ts';
import { controllerOf } from '../world/objects.ts';
import type { KubeObject } from '../world/objects.ts';

import { omit } from '../world/omit.ts';

type Fields = Record<string, unknown>;

/** Pods of one owner have the same fields: working them out once is enough. */
const templates = new Map<string, Fields>();
const MOST_TEMPLATES = 4000;

/**
 * Who wrote which fields, as a cluster would have recorded it: worked out when an object is
 * encoded, so that the store carries no such weight. It is a third of the bytes of a real pod.
 */
export function managedFieldsOf(kind: Kind, object: KubeObject): object[] {
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
  const entries: object[] = [
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

function lastTransition(status: object): string | undefined {
  const { conditions } = status as { conditions?: { lastTransitionTime?: string }[] };
  return (
    conditions
      ?.map((each) => each.lastTransitionTime ?? '')
      .reduce((a, b) => (a > b ? a : b), '')
      .replace(/^$/, '') || undefined
  );
}
