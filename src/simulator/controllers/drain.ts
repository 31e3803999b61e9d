import type { KubeNode } from '../world/objects.ts';
import { controllerOf } from '../world/objects.ts';
import type { World } from '../world/world.ts';
import { evict } from './disruption.ts';

const TAINT = 'node.kubernetes.io/unschedulable';

/** Marks a node as closed to new pods, as `kubectl cordon` does. */
export function cordon(world: World, name: string): void {
  const node = world.store.get('nodes', '', name);
  if (!node || node.spec.unschedulable) return;
  const updated = world.store.update('nodes', {
    ...node,
    spec: {
      ...node.spec,
      unschedulable: true,
      taints: [
        ...(node.spec.taints ?? []),
        { key: TAINT, effect: 'NoSchedule', timeAdded: world.clock.stamp() },
      ],
    },
  });
  tellSchedulable(world, updated);
}

/** The kubelet's event about a node that was cordoned or opened again. */
export function tellSchedulable(world: World, node: KubeNode): void {
  const state = node.spec.unschedulable ? 'NodeNotSchedulable' : 'NodeSchedulable';
  world.recorder.record('nodes', node, {
    reason: state,
    message: `Node ${node.metadata.name} status is now: ${state}`,
    component: 'kubelet',
    host: node.metadata.name,
  });
}

/**
 * Evicts a node's pods, trying again where a budget forbids it, for at most `patience` ms; then
 * calls back. Pods of daemon sets stay.
 */
export function drain(world: World, name: string, patience: number, done: () => void): void {
  const deadline = world.clock.now() + patience;
  const round = (): void => {
    const left = world.store.podsOn(name).filter((pod) => controllerOf(pod)?.kind !== 'DaemonSet');
    for (const pod of left) if (!pod.metadata.deletionTimestamp) evict(world, pod);
    if (left.length === 0 || world.clock.now() >= deadline) done();
    else world.clock.after(4000, round);
  };
  round();
}
