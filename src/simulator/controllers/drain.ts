import type { Taint } from '../world/objects.ts';
import { omit } from '../world/omit.ts';
import { controllerOf } from '../world/objects.ts';
import type { World } from '../world/world.ts';
import { evict } from './disruption.ts';

const TAINT = 'node.kubernetes.io/unschedulable';

/** Marks a node as closed to new pods, as `kubectl cordon` does. */
export function cordon(world: World, name: string): void {
  const node = world.store.get('nodes', '', name);
  if (!node || node.spec.unschedulable) return;
  world.store.update('nodes', { ...node, spec: { ...node.spec, unschedulable: true } });
}

/** Opens a node to new pods again, as `kubectl uncordon` does. */
export function uncordon(world: World, name: string): void {
  const node = world.store.get('nodes', '', name);
  if (!node?.spec.unschedulable) return;
  world.store.update('nodes', { ...node, spec: omit(node.spec, 'unschedulable') });
}

/** Gives cordoned nodes their taint, takes it from those that are open again, and tells it. */
export function startCordons(world: World): void {
  world.store.subscribe('nodes', ({ type, object, previous }) => {
    const closed = object.spec.unschedulable === true;
    if (type !== 'MODIFIED' || closed === (previous?.spec.unschedulable === true)) return;
    world.clock.after(50, () => settle(world, object.metadata.name, closed));
  });
}

function settle(world: World, name: string, closed: boolean): void {
  const node = world.store.get('nodes', '', name);
  if (!node) return;
  const others = (node.spec.taints ?? []).filter(({ key }) => key !== TAINT);
  const taint: Taint = { key: TAINT, effect: 'NoSchedule', timeAdded: world.clock.stamp() };
  const taints = closed ? [...others, taint] : others;
  world.store.update('nodes', {
    ...node,
    spec: { ...omit(node.spec, 'taints'), ...(taints.length > 0 && { taints }) },
  });
  const state = closed ? 'NodeNotSchedulable' : 'NodeSchedulable';
  world.recorder.record('nodes', node, {
    reason: state,
    message: `Node ${name} status is now: ${state}`,
    component: 'kubelet',
    host: name,
  });
}

/**
 * Evicts a node's pods, trying again where a budget forbids it, for at most `patience` ms; then
 * calls back with how many are left. Pods of daemon sets stay.
 */
export function drain(
  world: World,
  name: string,
  patience: number,
  done: (left: number) => void,
): void {
  const deadline = world.clock.now() + patience;
  const round = (): void => {
    const left = world.store.podsOn(name).filter((pod) => controllerOf(pod)?.kind !== 'DaemonSet');
    for (const pod of left) if (!pod.metadata.deletionTimestamp) evict(world, pod);
    if (left.length === 0 || world.clock.now() >= deadline) done(left.length);
    else world.clock.after(4000, round);
  };
  round();
}
