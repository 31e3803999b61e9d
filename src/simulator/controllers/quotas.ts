import { KINDS, type BuiltIn } from '../world/kinds.ts';
import type { KubeObject, Labels, Pod } from '../world/objects.ts';
import { parseQuantity, quantityText, requestOf } from '../world/quantity.ts';
import { Workqueue } from '../world/workqueue.ts';
import type { World } from '../world/world.ts';

/** What a quota may count, with the names by which it does so beside `count/…`. */
const COUNTED: readonly BuiltIn[] = KINDS.filter(({ namespaced }) => namespaced)
  .map(({ resource }) => resource as BuiltIn)
  .filter((resource) => !['events', 'leases', 'endpoints', 'endpointslices'].includes(resource));

/** Keeps the status of resource quotas: what of each is used. Scopes are not looked at. */
export function startQuotas(world: World): void {
  const { store } = world;
  const queue = new Workqueue(world, 300, (namespace) => {
    for (const quota of store.inNamespace('resourcequotas', namespace)) reconcile(world, quota);
  });
  for (const resource of COUNTED) {
    store.subscribe(resource, ({ object: { metadata } }) => {
      const { namespace = '' } = metadata;
      if (store.inNamespace('resourcequotas', namespace).length > 0) queue.add(namespace);
    });
  }
}

function reconcile(world: World, quota: KubeObject): void {
  const { hard = {} } = (quota.spec ?? {}) as { hard?: Labels };
  const namespace = quota.metadata.namespace ?? '';
  const used = Object.fromEntries(
    Object.keys(hard).map((name) => [name, usedOf(world, namespace, name)]),
  );
  const status = { hard, used };
  if (JSON.stringify(status) === JSON.stringify(quota.status)) return;
  world.store.update('resourcequotas', { ...quota, status });
}

/** How much of what a quota names is used in a namespace, as the API server writes it. */
function usedOf({ store }: World, namespace: string, name: string): string {
  const running = (): Pod[] =>
    store
      .inNamespace('pods', namespace)
      .filter(({ status }) => status.phase !== 'Succeeded' && status.phase !== 'Failed');
  const sum = (of: (pod: Pod) => number, unit: 'cores' | 'bytes'): string =>
    quantityText(
      running().reduce((total, pod) => total + of(pod), 0),
      unit,
    );
  const services = (...types: string[]): string =>
    String(
      store.inNamespace('services', namespace).filter(({ spec }) => types.includes(spec.type))
        .length,
    );
  switch (name) {
    case 'pods':
      return String(running().length);
    case 'cpu':
    case 'requests.cpu':
      return sum(({ spec }) => requestOf(spec).cpu, 'cores');
    case 'memory':
    case 'requests.memory':
      return sum(({ spec }) => requestOf(spec).memory, 'bytes');
    case 'limits.cpu':
      return sum((pod) => limitOf(pod, 'cpu'), 'cores');
    case 'limits.memory':
      return sum((pod) => limitOf(pod, 'memory'), 'bytes');
    case 'services.loadbalancers':
      return services('LoadBalancer');
    case 'services.nodeports':
      return services('LoadBalancer', 'NodePort');
    case 'requests.storage':
      return quantityText(
        store
          .inNamespace('persistentvolumeclaims', namespace)
          .reduce((total, claim) => total + storageOf(claim), 0),
        'bytes',
      );
    default:
      return String(countOf(store, namespace, name));
  }
}

const limitOf = ({ spec }: Pod, resource: 'cpu' | 'memory'): number =>
  spec.containers.reduce(
    (total, { resources }) => total + parseQuantity(resources?.limits?.[resource]),
    0,
  );

function storageOf({ spec }: KubeObject): number {
  const { resources } = (spec ?? {}) as { resources?: { requests?: Labels } };
  return parseQuantity(resources?.requests?.['storage']);
}

/** `configmaps`, `count/configmaps`, `count/deployments.apps`. */
function countOf(store: World['store'], namespace: string, name: string): number {
  const [plural = '', ...group] = name.replace(/^count\//, '').split('.');
  const kind = KINDS.find((each) => each.plural === plural && each.group === group.join('.'));
  return kind === undefined ? 0 : store.inNamespace(kind.resource, namespace).length;
}
