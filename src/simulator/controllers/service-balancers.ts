/** The AWS Load Balancer Controller: a network load balancer for each service that asks for one. */
import { networkHostname } from '../catalog/services.ts';
import type { Service } from '../world/network-objects.ts';
import type { World } from '../world/world.ts';

/** How long AWS takes to name a balancer (ms); its targets are registered for longer. */
const NAMED_MS = 5_000;

/** Its webhook gives this class to services that name none. */
const CLASS = 'service.k8s.aws/nlb';

/** Gives services their balancers, as they are made or changed; those that are planted have them. */
export function startServiceBalancers(world: World): void {
  const { store, clock } = world;
  store.subscribe('services', ({ type, object }) => {
    if (type === 'DELETED' || !isWaiting(object)) return;
    const { namespace = '', name } = object.metadata;
    clock.after(NAMED_MS, () => provide(world, namespace, name));
  });
}

const isWaiting = ({ spec, status }: Service): boolean =>
  spec.type === 'LoadBalancer' &&
  [undefined, CLASS].includes(spec.loadBalancerClass) &&
  (status.loadBalancer.ingress ?? []).length === 0;

function provide(world: World, namespace: string, name: string): void {
  const service = world.store.get('services', namespace, name);
  if (service === undefined || !isWaiting(service)) return;
  const hostname = networkHostname(world, namespace, name);
  const given: Service = {
    ...service,
    spec: { ...service.spec, loadBalancerClass: CLASS },
    status: { ...service.status, loadBalancer: { ingress: [{ hostname }] } },
  };
  world.store.update('services', given);
  world.recorder.record('services', given, {
    reason: 'SuccessfullyReconciled',
    message: 'Successfully reconciled',
    component: 'service',
  });
}
