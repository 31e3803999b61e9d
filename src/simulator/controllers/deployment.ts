import { templateHash } from '../world/template-hash.ts';
import { controllerOf } from '../world/objects.ts';
import type { Deployment, ReplicaSet } from '../world/workload-objects.ts';
import { scaled } from '../world/quantity.ts';
import { ownerReference } from '../world/keys.ts';
import { Workqueue } from '../world/workqueue.ts';
import type { World } from '../world/world.ts';
import { writeDeploymentStatus } from './deployment-status.ts';

export const REVISION = 'deployment.kubernetes.io/revision';
const CAUSE = 'kubernetes.io/change-cause';
const HASH = 'pod-template-hash';

/** Rolls deployments out over replica sets, as the real controller does: surge, then take away. */
export function startDeployments(world: World): void {
  const { store } = world;
  const queue = new Workqueue(world, 30, (key) => {
    const [namespace = '', name = ''] = key.split('/');
    const deployment = store.get('deployments', namespace, name);
    if (deployment && !deployment.metadata.deletionTimestamp) reconcile(world, deployment);
  });
  store.subscribe('deployments', ({ type, object }) => {
    if (type !== 'DELETED') queue.add(`${object.metadata.namespace ?? ''}/${object.metadata.name}`);
  });
  store.subscribe('replicasets', ({ object }) => {
    const owner = controllerOf(object);
    if (owner) queue.add(`${object.metadata.namespace ?? ''}/${owner.name}`);
  });
  // A rollout that makes no progress must be told so although nothing changes.
  world.clock.every(
    30_000,
    () => {
      for (const each of store.values('deployments')) {
        const { updatedReplicas = 0, availableReplicas = 0 } = each.status;
        if (Math.min(updatedReplicas, availableReplicas) < each.spec.replicas) {
          queue.add(`${each.metadata.namespace ?? ''}/${each.metadata.name}`);
        }
      }
    },
    Math.max(30_000, world.clock.epoch - 3_600_000 - world.clock.now()),
  );
}

function reconcile(world: World, deployment: Deployment): void {
  const sets = world.store.ownedBy('replicasets', deployment.metadata.uid);
  const hash = templateHash(deployment.spec.template);
  const current = sets.find((set) => set.metadata.labels?.[HASH] === hash);
  if (deployment.spec.paused) {
    if (current) scaleTo(world, deployment, current, deployment.spec.replicas);
    writeDeploymentStatus(world, deployment, current);
    return;
  }
  const old = sets.filter((set) => set !== current);
  const next = current ?? createSet(world, deployment, hash, old);
  const revised = ensureRevision(world, deployment, next, old);
  if (deployment.spec.strategy.type === 'Recreate') recreate(world, revised, next, old);
  else roll(world, revised, next, old);
  prune(world, revised, old);
  const { namespace = '', name } = deployment.metadata;
  const latest = world.store.get('deployments', namespace, name) ?? revised;
  writeDeploymentStatus(
    world,
    latest,
    world.store.get('replicasets', namespace, next.metadata.name),
  );
}

function createSet(
  world: World,
  deployment: Deployment,
  hash: string,
  old: readonly ReplicaSet[],
): ReplicaSet {
  const { namespace = '', name } = deployment.metadata;
  const { template, selector, strategy } = deployment.spec;
  const labels = { ...template.metadata?.labels, [HASH]: hash };
  const total = old.reduce((sum, set) => sum + set.spec.replicas, 0);
  const { surge } = bounds(deployment);
  const room =
    strategy.type === 'Recreate'
      ? total === 0
        ? deployment.spec.replicas
        : 0
      : Math.min(deployment.spec.replicas, Math.max(0, deployment.spec.replicas + surge - total));
  const revision = String(1 + Math.max(0, ...old.map(revisionOf)));
  const cause = deployment.metadata.annotations?.[CAUSE];
  const set = world.store.create('replicasets', {
    metadata: {
      name: `${name}-${hash}`,
      namespace,
      labels,
      annotations: {
        ...sizes(deployment),
        [REVISION]: revision,
        ...(cause !== undefined && { [CAUSE]: cause }),
      },
      ownerReferences: [ownerReference('deployments', deployment)],
    },
    spec: {
      replicas: room,
      selector: { ...selector, matchLabels: { ...selector.matchLabels, [HASH]: hash } },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
    status: { replicas: 0 },
  });
  if (room > 0) announce(world, deployment, set.metadata.name, 0, room);
  return set;
}

/** A template used before becomes the newest revision again: what `rollout undo` relies on. */
function ensureRevision(
  world: World,
  deployment: Deployment,
  set: ReplicaSet,
  old: readonly ReplicaSet[],
): Deployment {
  const newest = Math.max(0, ...old.map(revisionOf));
  const revision = Math.max(revisionOf(set), newest + (revisionOf(set) <= newest ? 1 : 0));
  // The cause may be told after the change: what the deployment says last holds.
  const cause = deployment.metadata.annotations?.[CAUSE];
  if (revision !== revisionOf(set) || cause !== set.metadata.annotations?.[CAUSE]) {
    world.store.update('replicasets', {
      ...set,
      metadata: {
        ...set.metadata,
        annotations: {
          ...set.metadata.annotations,
          [REVISION]: String(revision),
          ...(cause !== undefined && { [CAUSE]: cause }),
        },
      },
    });
  }
  if (deployment.metadata.annotations?.[REVISION] === String(revision)) return deployment;
  return world.store.update('deployments', {
    ...deployment,
    metadata: {
      ...deployment.metadata,
      annotations: { ...deployment.metadata.annotations, [REVISION]: String(revision) },
    },
  });
}

function roll(
  world: World,
  deployment: Deployment,
  next: ReplicaSet,
  old: readonly ReplicaSet[],
): void {
  const wanted = deployment.spec.replicas;
  const { surge, unavailable } = bounds(deployment);
  const active = old.filter((set) => set.spec.replicas > 0);
  if (active.length === 0) {
    scaleTo(world, deployment, next, wanted);
    return;
  }
  const total = next.spec.replicas + active.reduce((sum, set) => sum + set.spec.replicas, 0);
  if (next.spec.replicas > wanted) scaleTo(world, deployment, next, wanted);
  else if (next.spec.replicas < wanted && total < wanted + surge) {
    const room = Math.min(wanted + surge - total, wanted - next.spec.replicas);
    scaleTo(world, deployment, next, next.spec.replicas + room);
    return;
  }
  const minimum = wanted - unavailable;
  const missing = next.spec.replicas - (next.status.availableReplicas ?? 0);
  let removable = total - minimum - missing;
  if (removable <= 0) return;
  // Pods that are not ready anyway go first: they cost no availability.
  for (const set of active) {
    const ill = set.spec.replicas - (set.status.availableReplicas ?? 0);
    const count = Math.min(removable, ill);
    if (count <= 0) continue;
    scaleTo(world, deployment, set, set.spec.replicas - count);
    removable -= count;
  }
  const available =
    (next.status.availableReplicas ?? 0) +
    active.reduce((sum, set) => sum + (set.status.availableReplicas ?? 0), 0);
  let spare = available - minimum;
  for (const { metadata } of [...active].sort((a, b) => revisionOf(a) - revisionOf(b))) {
    const set = world.store.get('replicasets', metadata.namespace ?? '', metadata.name);
    if (!set || spare <= 0) continue;
    const count = Math.min(spare, set.spec.replicas);
    if (count > 0) scaleTo(world, deployment, set, set.spec.replicas - count);
    spare -= count;
  }
}

function recreate(
  world: World,
  deployment: Deployment,
  next: ReplicaSet,
  old: readonly ReplicaSet[],
): void {
  for (const set of old) scaleTo(world, deployment, set, 0);
  if (old.some((set) => set.status.replicas > 0)) return;
  scaleTo(world, deployment, next, deployment.spec.replicas);
}

function scaleTo(world: World, deployment: Deployment, seen: ReplicaSet, replicas: number): void {
  const { namespace = '', name } = seen.metadata;
  const set = world.store.get('replicasets', namespace, name);
  if (!set || set.spec.replicas === replicas) return;
  const annotations = { ...set.metadata.annotations, ...sizes(deployment) };
  announce(world, deployment, set.metadata.name, set.spec.replicas, replicas);
  world.store.update('replicasets', {
    ...set,
    metadata: { ...set.metadata, annotations },
    spec: { ...set.spec, replicas },
  });
}

function announce(
  world: World,
  deployment: Deployment,
  set: string,
  from: number,
  to: number,
): void {
  world.recorder.record('deployments', deployment, {
    reason: 'ScalingReplicaSet',
    message: `Scaled ${to > from ? 'up' : 'down'} replica set ${set} from ${from} to ${to}`,
    component: 'deployment-controller',
  });
}

function prune(world: World, deployment: Deployment, old: readonly ReplicaSet[]): void {
  const idle = old
    .filter((set) => set.spec.replicas === 0 && set.status.replicas === 0)
    .sort((a, b) => revisionOf(a) - revisionOf(b));
  const surplus = Math.max(0, idle.length - deployment.spec.revisionHistoryLimit);
  for (const { metadata } of idle.slice(0, surplus)) {
    world.store.remove('replicasets', metadata.namespace ?? '', metadata.name);
  }
}

function bounds(deployment: Deployment): { surge: number; unavailable: number } {
  const { replicas, strategy } = deployment.spec;
  const surge = scaled(strategy.rollingUpdate?.maxSurge ?? '25%', replicas, true);
  const unavailable = scaled(strategy.rollingUpdate?.maxUnavailable ?? '25%', replicas, false);
  // Both zero would never move: the API server resolves it the same way.
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

function sizes(deployment: Deployment): Record<string, string> {
  const { replicas } = deployment.spec;
  return {
    'deployment.kubernetes.io/desired-replicas': String(replicas),
    'deployment.kubernetes.io/max-replicas': String(replicas + bounds(deployment).surge),
  };
}

/** The revision of a replica set; 0 where it has none yet. */
function revisionOf(set: ReplicaSet): number {
  return Number(set.metadata.annotations?.[REVISION] ?? 0);
}
