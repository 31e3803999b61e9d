import { isReady } from '../world/objects.ts';
import type { Pod } from '../world/objects.ts';
import type { ReplicaSet } from '../world/workload-objects.ts';
import { ownerReference } from '../world/keys.ts';
import { Workqueue } from '../world/workqueue.ts';
import type { World } from '../world/world.ts';
import { activePods, byWorthiness, deletePod, podFrom, watchOwnedPods } from './replicas.ts';

/** Keeps as many pods as each replica set asks for. */
export function startReplicaSets(world: World): void {
  const { store } = world;
  const queue = new Workqueue(world, 20, (key) => {
    const [namespace = '', name = ''] = key.split('/');
    const set = store.get('replicasets', namespace, name);
    if (set && !set.metadata.deletionTimestamp) reconcile(world, set);
  });
  store.subscribe('replicasets', ({ type, object }) => {
    if (type !== 'DELETED') queue.add(`${object.metadata.namespace ?? ''}/${object.metadata.name}`);
  });
  watchOwnedPods(world, 'ReplicaSet', (key) => queue.add(key));
}

function reconcile(world: World, set: ReplicaSet): void {
  const pods = activePods(world, set);
  const missing = set.spec.replicas - pods.length;
  for (let i = 0; i < missing; i++) createPod(world, set);
  if (missing < 0) {
    for (const pod of [...pods].sort(byWorthiness).slice(0, -missing)) {
      world.recorder.record('replicasets', set, {
        reason: 'SuccessfulDelete',
        message: `Deleted pod: ${pod.metadata.name}`,
        component: 'replicaset-controller',
      });
      deletePod(world, pod);
    }
  }
  writeStatus(world, set, missing === 0 ? pods : activePods(world, set));
}

function createPod(world: World, set: ReplicaSet): void {
  const { namespace = '', name } = set.metadata;
  const pod = world.store.create(
    'pods',
    podFrom(world, set.spec.template, ownerReference('replicasets', set), namespace, {
      generateName: `${name}-`,
    }),
  );
  world.recorder.record('replicasets', set, {
    reason: 'SuccessfulCreate',
    message: `Created pod: ${pod.metadata.name}`,
    component: 'replicaset-controller',
  });
}

function writeStatus(world: World, set: ReplicaSet, pods: readonly Pod[]): void {
  const ready = pods.filter(isReady).length;
  const { status } = set;
  const generation = set.metadata.generation ?? 1;
  if (
    status.replicas === pods.length &&
    (status.readyReplicas ?? 0) === ready &&
    status.observedGeneration === generation
  ) {
    return;
  }
  world.store.update('replicasets', {
    ...set,
    status: {
      replicas: pods.length,
      ...(pods.length > 0 && { fullyLabeledReplicas: pods.length }),
      ...(ready > 0 && { readyReplicas: ready, availableReplicas: ready }),
      observedGeneration: generation,
    },
  });
}
