import { isEqual } from '../../core/equal.ts';
import { conditionOf, isFinished } from '../world/objects.ts';
import type { Endpoint, EndpointSlice, Service, ServicePort } from '../world/network-objects.ts';
import type { Labels, Pod } from '../world/objects.ts';
import { ownerReference } from '../world/keys.ts';
import { Workqueue } from '../world/workqueue.ts';
import type { World } from '../world/world.ts';

/** Who keeps the slices that are made of a service's pods. */
export const SLICES_BY = 'endpointslice-controller.k8s.io';

/** Keeps one endpoint slice for every service with a selector. */
export function startEndpoints(world: World): void {
  const { store } = world;
  const selectors = new Map<string, Map<string, Labels>>();
  /** The pods that each service selects, by name: one that changes must not cost a look at all. */
  const members = new Map<string, Map<string, Pod>>();
  const queue = new Workqueue(world, 150, (key) => {
    const [namespace = '', name = ''] = key.split('/');
    const service = store.get('services', namespace, name);
    if (!service?.spec.selector) return;
    reconcile(world, service, [...(members.get(key)?.values() ?? [])]);
  });
  store.subscribe('services', ({ type, object }) => {
    const { namespace = '', name } = object.metadata;
    const inNamespace = selectors.get(namespace) ?? new Map<string, Labels>();
    selectors.set(namespace, inNamespace);
    const key = `${namespace}/${name}`;
    const { selector } = object.spec;
    if (type === 'DELETED' || !selector) {
      inNamespace.delete(name);
      members.delete(key);
      return;
    }
    if (!isEqual(inNamespace.get(name), selector)) {
      inNamespace.set(name, selector);
      const selected = store
        .inNamespace('pods', namespace)
        .filter(({ metadata }) => selects(selector, metadata.labels ?? {}));
      members.set(key, new Map(selected.map((pod) => [pod.metadata.name, pod])));
    }
    queue.add(key);
  });
  store.subscribe('pods', ({ type, object, previous }) => {
    const { namespace = '', name, labels = {} } = object.metadata;
    const moved = type !== 'MODIFIED' || labels !== previous?.metadata.labels;
    if (!moved && sameEndpoint(object, previous)) return;
    for (const [service, selector] of selectors.get(namespace) ?? []) {
      const key = `${namespace}/${service}`;
      const selected = members.get(key);
      const was = selected?.has(name) === true;
      const is = type !== 'DELETED' && selects(selector, labels);
      // As it is now: who heard of this change before may have changed it again.
      if (is) selected?.set(name, store.get('pods', namespace, name) ?? object);
      else selected?.delete(name);
      if (was || is) queue.add(key);
    }
  });
}

function sameEndpoint(a: Pod, b: Pod): boolean {
  return (
    a.status.podIP === b.status.podIP &&
    a.status.phase === b.status.phase &&
    a.metadata.deletionTimestamp === b.metadata.deletionTimestamp &&
    conditionOf(a.status.conditions, 'Ready')?.status ===
      conditionOf(b.status.conditions, 'Ready')?.status
  );
}

function sameEndpoints(before: readonly Endpoint[], after: readonly Endpoint[]): boolean {
  return (
    before.length === after.length &&
    before.every((a, i) => {
      const b = after[i];
      return (
        a.addresses[0] === b?.addresses[0] &&
        a.conditions.ready === b?.conditions.ready &&
        a.conditions.serving === b.conditions.serving &&
        a.conditions.terminating === b.conditions.terminating
      );
    })
  );
}

function selects(selector: Labels, labels: Labels): boolean {
  for (const key in selector) if (labels[key] !== selector[key]) return false;
  return true;
}

function reconcile(world: World, service: Service, pods: readonly Pod[]): void {
  const { namespace = '', name, uid } = service.metadata;
  const endpoints = pods
    .filter((pod) => pod.status.podIP && !isFinished(pod))
    .map((pod) => endpointOf(world, service, pod));
  const ports = (service.spec.ports ?? []).map((port) => ({
    name: port.name ?? '',
    protocol: port.protocol,
    port: targetOf(port, pods[0]),
  }));
  const slice = world.store.ownedBy('endpointslices', uid)[0];
  if (!slice) {
    world.store.create('endpointslices', {
      metadata: {
        generateName: `${name}-`,
        namespace,
        labels: {
          ...service.metadata.labels,
          'endpointslice.kubernetes.io/managed-by': SLICES_BY,
          'kubernetes.io/service-name': name,
          ...(service.spec.clusterIP === 'None' && { 'service.kubernetes.io/headless': '' }),
        },
        annotations: { 'endpoints.kubernetes.io/last-change-trigger-time': world.clock.stamp() },
        ownerReferences: [ownerReference('services', service)],
      },
      addressType: 'IPv4',
      endpoints,
      ports,
    });
    return;
  }
  if (sameEndpoints(slice.endpoints, endpoints)) return;
  const next: EndpointSlice = {
    ...slice,
    metadata: {
      ...slice.metadata,
      generation: (slice.metadata.generation ?? 1) + 1,
      annotations: { 'endpoints.kubernetes.io/last-change-trigger-time': world.clock.stamp() },
    },
    endpoints,
    ports,
  };
  world.store.update('endpointslices', next);
}

function endpointOf(world: World, service: Service, pod: Pod): Endpoint {
  const terminating = Boolean(pod.metadata.deletionTimestamp);
  const serving = conditionOf(pod.status.conditions, 'Ready')?.status === 'True';
  const node = world.store.get('nodes', '', pod.spec.nodeName ?? '');
  return {
    addresses: [pod.status.podIP ?? ''],
    conditions: {
      ready: (serving || service.spec.publishNotReadyAddresses === true) && !terminating,
      serving,
      terminating,
    },
    targetRef: {
      kind: 'Pod',
      namespace: pod.metadata.namespace ?? '',
      name: pod.metadata.name,
      uid: pod.metadata.uid,
    },
    nodeName: pod.spec.nodeName ?? '',
    zone: node?.metadata.labels?.['topology.kubernetes.io/zone'] ?? '',
  };
}

function targetOf(port: ServicePort, pod: Pod | undefined): number {
  if (typeof port.targetPort === 'number') return port.targetPort;
  for (const container of pod?.spec.containers ?? []) {
    const found = container.ports?.find((each) => each.name === port.targetPort);
    if (found) return found.containerPort;
  }
  return port.port;
}
