import { admitToFargate } from '../controllers/fargate.ts';
import { createJob } from '../controllers/job.ts';
import { injectIdentity } from '../controllers/pod-identity-webhook.ts';
import { withDefaults } from '../world/defaults.ts';
import { hasOwnStatus, type Kind } from '../world/kinds.ts';
import type { Service } from '../world/network-objects.ts';
import type { Draft, KubeObject, Pod } from '../world/objects.ts';
import type { Job } from '../world/workload-objects.ts';
import { omit } from '../world/omit.ts';
import { nodePort, serviceIp } from '../world/service-ip.ts';
import type { World } from '../world/world.ts';
import { alreadyExists, badRequest, invalid, namespaceNotFound } from './status.ts';
import { checkBody, checkName, checkSpec } from './validation.ts';

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
    ...omit(body, 'kind', 'apiVersion', ...(hasOwnStatus(kind) ? ['status'] : [])),
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
