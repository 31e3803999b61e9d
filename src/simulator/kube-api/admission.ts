import { admitToFargate } from '../controllers/fargate.ts';
import { createJob } from '../controllers/job.ts';
import { injectIdentity } from '../controllers/pod-identity-webhook.ts';
import { withDefaults } from '../world/defaults.ts';
import type { Kind } from '../world/kinds.ts';
import type { Service } from '../world/network-objects.ts';
import type { Draft, KubeObject, Pod } from '../world/objects.ts';
import type { Job } from '../world/workload-objects.ts';
import { omit } from '../world/omit.ts';
import { nodePort, serviceIp } from '../world/service-ip.ts';
import type { World } from '../world/world.ts';
import { alreadyExists, badRequest, invalid, namespaceNotFound } from './status.ts';

/**
 * Stores an object that a client sent, after what admission does to it: defaults, addresses,
 * namespaces. With `dry` it only says what would have been stored.
 * @param own writes down who owns the fields
 */
export function admit(
  world: World,
  kind: Kind,
  namespace: string,
  body: Record<string, unknown>,
  { dry, own }: { readonly dry: boolean; readonly own: (made: KubeObject) => KubeObject },
): KubeObject {
  const draft = draftOf(kind, namespace, body);
  const { name } = draft.metadata;
  checkPlace(world, kind, namespace, name);
  checkName(kind, name);
  checkBody(kind, draft as unknown as KubeObject);
  const defaulted = withDefaults(kind.resource, draft as unknown as KubeObject);
  checkSpec(kind, defaulted);
  const ready = own(complete(world, kind, defaulted)) as unknown as Draft<never>;
  if (dry) return world.store.prepare(kind.resource, ready);
  if (kind.resource === 'jobs') return createJob(world, ready as unknown as Draft<Job>);
  return world.store.create(kind.resource, ready);
}

function draftOf(kind: Kind, namespace: string, body: Record<string, unknown>): Draft<KubeObject> {
  const metadata = (body['metadata'] ?? {}) as Record<string, unknown>;
  const { name, generateName, labels, annotations, ownerReferences, finalizers } = metadata;
  if (typeof name !== 'string' && typeof generateName !== 'string') {
    throw invalid(kind, '', 'metadata.name', 'Required value: name or generateName is required');
  }
  const given = metadata['namespace'];
  if (kind.namespaced && typeof given === 'string' && given !== namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  return {
    ...omit(body, 'kind', 'apiVersion', 'status'),
    metadata: {
      ...(typeof name === 'string' ? { name } : { generateName }),
      ...(kind.namespaced && { namespace }),
      ...(labels ? { labels } : {}),
      ...(annotations ? { annotations } : {}),
      ...(ownerReferences ? { ownerReferences } : {}),
      ...(finalizers ? { finalizers } : {}),
    } as Draft<KubeObject>['metadata'],
  };
}

function checkPlace(world: World, kind: Kind, namespace: string, name: string | undefined): void {
  if (kind.namespaced && !world.store.get('namespaces', '', namespace)) {
    throw namespaceNotFound(namespace);
  }
  if (name !== undefined && world.store.get(kind.resource, namespace, name)) {
    throw alreadyExists(kind, name);
  }
}

/** The few things without which controllers would stumble. */
function checkBody(kind: Kind, object: KubeObject): void {
  const { name } = object.metadata;
  const spec = (object.spec ?? {}) as Record<string, unknown>;
  const required = (field: string): void => {
    if (spec[field] === undefined) throw invalid(kind, name, `spec.${field}`, 'Required value');
  };
  switch (kind.resource) {
    case 'deployments':
    case 'statefulsets':
    case 'daemonsets':
    case 'replicasets':
      required('selector');
      required('template');
      break;
    case 'jobs':
      required('template');
      break;
    case 'cronjobs':
      required('schedule');
      required('jobTemplate');
      break;
    case 'pods':
      required('containers');
      break;
    default:
      break;
  }
}

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** @throws {ApiError} 422 where it cannot be the name of an object */
function checkName(kind: Kind, name: string | undefined): void {
  if (name === undefined || (name.length < 254 && NAME.test(name))) return;
  throw invalid(
    kind,
    name,
    'metadata.name',
    `Invalid value: ${JSON.stringify(name)}: a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`,
  );
}

/** @throws {ApiError} 422 where a spec asks for numbers that cannot be */
export function checkSpec(kind: Kind, { metadata, spec }: KubeObject): void {
  const { replicas, minReplicas, maxReplicas } = (spec ?? {}) as Record<string, unknown>;
  const refuse = (field: string, value: unknown, why: string): never => {
    throw invalid(
      kind,
      metadata.name,
      `spec.${field}`,
      `Invalid value: ${JSON.stringify(value)}: ${why}`,
    );
  };
  if (replicas !== undefined && !isCount(replicas, 0)) {
    refuse('replicas', replicas, 'must be greater than or equal to 0');
  }
  if (kind.resource !== 'horizontalpodautoscalers') return;
  if (!isCount(minReplicas, 1)) {
    refuse('minReplicas', minReplicas, 'must be greater than or equal to 1');
  }
  if (!isCount(maxReplicas, 1)) refuse('maxReplicas', maxReplicas, 'must be greater than 0');
  if (Number(maxReplicas) < Number(minReplicas)) {
    refuse('maxReplicas', maxReplicas, 'must be greater than or equal to `minReplicas`');
  }
}

function isCount(value: unknown, least: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least;
}

function complete(world: World, kind: Kind, object: KubeObject): KubeObject {
  if (kind.resource === 'pods') {
    const pod = injectIdentity(world, object as unknown as Draft<Pod>);
    return admitToFargate(world.cluster, pod) as unknown as KubeObject;
  }
  if (kind.resource !== 'services') return object;
  const service = object as Service;
  const { spec } = service;
  if (spec.type === 'ExternalName') return service;
  const { namespace = '', name } = service.metadata;
  const ip = serviceIp(world, `${namespace}/${name}`);
  const isOpen = spec.type === 'NodePort' || spec.type === 'LoadBalancer';
  const ports = (spec.ports ?? []).map((port, i) => ({
    ...port,
    ...(isOpen && { nodePort: port.nodePort ?? nodePort(`${namespace}/${name}/${i}`) }),
  }));
  return {
    ...service,
    spec: { clusterIP: ip, clusterIPs: [ip], ...spec, ...(isOpen && { ports }) },
  };
}
