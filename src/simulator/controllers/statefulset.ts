import { isReady } from '../world/objects.ts';
import type { Pod } from '../world/objects.ts';
import type { StatefulSet } from '../world/workload-objects.ts';
import { ownerReference } from '../world/keys.ts';
import { Workqueue } from '../world/workqueue.ts';
import type { World } from '../world/world.ts';
import { deletePod, podFrom, watchOwnedPods } from './replicas.ts';
import { currentRevision } from './revisions.ts';

const HASH = 'controller-revision-hash';

/** Stateful sets: ordered creation, ordered removal, updates from the highest ordinal down. */
export function startStatefulSets(world: World): void {
  const { store } = world;
  const queue = new Workqueue(world, 30, (key) => {
    const [namespace = '', name = ''] = key.split('/');
    const set = store.get('statefulsets', namespace, name);
    if (set && !set.metadata.deletionTimestamp) reconcile(world, set);
  });
  store.subscribe('statefulsets', ({ type, object }) => {
    if (type !== 'DELETED') queue.add(`${object.metadata.namespace ?? ''}/${object.metadata.name}`);
  });
  watchOwnedPods(world, 'StatefulSet', (key) => queue.add(key));
}

function reconcile(world: World, set: StatefulSet): void {
  const revision = currentRevision(world, 'statefulsets', set);
  const pods = new Map(
    world.store.ownedBy('pods', set.metadata.uid).map((pod) => [ordinalOf(pod), pod]),
  );
  act(world, set, pods, revision);
  const after = world.store.ownedBy('pods', set.metadata.uid);
  writeStatus(world, set, after, revision);
}

function act(
  world: World,
  set: StatefulSet,
  pods: ReadonlyMap<number, Pod>,
  revision: { readonly name: string; readonly hash: string },
): void {
  const ordered = set.spec.podManagementPolicy !== 'Parallel';
  for (let ordinal = 0; ordinal < set.spec.replicas; ordinal++) {
    const pod = pods.get(ordinal);
    if (!pod) createPod(world, set, ordinal, revision);
    // One at a time: nothing happens above a pod that is not ready.
    if (ordered && (!pod || !isReady(pod))) return;
  }
  const surplus = [...pods.keys()].filter((ordinal) => ordinal >= set.spec.replicas);
  const last = pods.get(Math.max(...surplus));
  if (last) {
    if (!last.metadata.deletionTimestamp) remove(world, set, last);
    return;
  }
  if (set.spec.updateStrategy.type === 'OnDelete') return;
  const partition = set.spec.updateStrategy.rollingUpdate?.partition ?? 0;
  for (let ordinal = set.spec.replicas - 1; ordinal >= partition; ordinal--) {
    const pod = pods.get(ordinal);
    if (!pod || !isReady(pod)) return;
    if (pod.metadata.labels?.[HASH] === revision.name) continue;
    remove(world, set, pod);
    return;
  }
}

function createPod(
  world: World,
  set: StatefulSet,
  ordinal: number,
  revision: { readonly name: string },
): void {
  const { namespace = '' } = set.metadata;
  const name = `${set.metadata.name}-${ordinal}`;
  const { template } = set.spec;
  const claims = (set.spec.volumeClaimTemplates ?? []) as { metadata: { name: string } }[];
  const draft = podFrom(
    world,
    {
      metadata: {
        ...template.metadata,
        labels: {
          ...template.metadata?.labels,
          'apps.kubernetes.io/pod-index': String(ordinal),
          [HASH]: revision.name,
          'statefulset.kubernetes.io/pod-name': name,
        },
      },
      spec: {
        ...template.spec,
        hostname: name,
        subdomain: set.spec.serviceName,
        volumes: [
          ...claims.map((claim) => ({
            name: claim.metadata.name,
            persistentVolumeClaim: { claimName: `${claim.metadata.name}-${name}` },
          })),
          ...(template.spec.volumes ?? []),
        ],
      },
    },
    ownerReference('statefulsets', set),
    namespace,
    { name },
  );
  world.store.create('pods', draft);
  world.recorder.record('statefulsets', set, {
    reason: 'SuccessfulCreate',
    message: `create Pod ${name} in StatefulSet ${set.metadata.name} successful`,
    component: 'statefulset-controller',
  });
}

function remove(world: World, set: StatefulSet, pod: Pod): void {
  world.recorder.record('statefulsets', set, {
    reason: 'SuccessfulDelete',
    message: `delete Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name} successful`,
    component: 'statefulset-controller',
  });
  deletePod(world, pod);
}

function writeStatus(
  world: World,
  set: StatefulSet,
  pods: readonly Pod[],
  revision: { readonly name: string },
): void {
  const ready = pods.filter(isReady).length;
  const updated = pods.filter((pod) => pod.metadata.labels?.[HASH] === revision.name).length;
  const before = set.status.currentRevision ?? revision.name;
  const done = updated === set.spec.replicas && ready === updated;
  const current = done ? revision.name : before;
  const atCurrent = pods.filter((pod) => pod.metadata.labels?.[HASH] === current).length;
  const status = {
    observedGeneration: set.metadata.generation ?? 1,
    replicas: pods.length,
    ...(ready > 0 && { readyReplicas: ready }),
    ...(atCurrent > 0 && { currentReplicas: atCurrent }),
    ...(updated > 0 && { updatedReplicas: updated }),
    currentRevision: current,
    updateRevision: revision.name,
    collisionCount: 0,
    availableReplicas: ready,
  };
  if (JSON.stringify(status) === JSON.stringify(set.status)) return;
  world.store.update('statefulsets', { ...set, status });
}

function ordinalOf(pod: Pod): number {
  return Number(pod.metadata.name.slice(pod.metadata.name.lastIndexOf('-') + 1));
}
