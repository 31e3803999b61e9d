import { conditionOf } from '../world/objects.ts';
import type { Condition } from '../world/objects.ts';
import type { Deployment, ReplicaSet } from '../world/workload-objects.ts';
import { scaled } from '../world/quantity.ts';
import type { World } from '../world/world.ts';

/** Counts over all replica sets, and the two conditions that `kubectl rollout status` reads. */
export function writeDeploymentStatus(
  world: World,
  deployment: Deployment,
  current: ReplicaSet | undefined,
): void {
  const sets = world.store.ownedBy('replicasets', deployment.metadata.uid);
  const sum = (count: (set: ReplicaSet) => number): number =>
    sets.reduce((total, set) => total + count(set), 0);
  const replicas = sum((set) => set.status.replicas);
  const ready = sum((set) => set.status.readyReplicas ?? 0);
  const updated = current?.status.replicas ?? 0;
  const unavailable = Math.max(0, Math.max(replicas, deployment.spec.replicas) - ready);
  const conditions = conditionsOf(world, deployment, current, { replicas, ready, updated });
  const status = {
    observedGeneration: deployment.metadata.generation ?? 1,
    ...(replicas > 0 && { replicas }),
    ...(updated > 0 && { updatedReplicas: updated }),
    ...(ready > 0 && { readyReplicas: ready, availableReplicas: ready }),
    ...(unavailable > 0 && { unavailableReplicas: unavailable }),
    conditions,
  };
  if (JSON.stringify(status) === JSON.stringify(deployment.status)) return;
  world.store.update('deployments', { ...deployment, status });
}

interface Counts {
  readonly replicas: number;
  readonly ready: number;
  readonly updated: number;
}

function conditionsOf(
  world: World,
  deployment: Deployment,
  current: ReplicaSet | undefined,
  { replicas, ready, updated }: Counts,
): Condition[] {
  const wanted = deployment.spec.replicas;
  const before = deployment.status.conditions;
  const unavailable = scaled(
    deployment.spec.strategy.rollingUpdate?.maxUnavailable ?? '25%',
    wanted,
    false,
  );
  const enough = ready >= wanted - unavailable;
  const available = settle(world, conditionOf(before, 'Available'), {
    type: 'Available',
    status: enough ? 'True' : 'False',
    reason: enough ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
    message: `Deployment ${enough ? 'has' : 'does not have'} minimum availability.`,
  });
  const progress = progressing(world, deployment, current, {
    complete: updated === wanted && replicas === wanted && ready >= wanted,
    moved:
      updated > (deployment.status.updatedReplicas ?? 0) ||
      ready > (deployment.status.readyReplicas ?? 0),
  });
  const kept = before?.filter(({ type }) => type !== 'Available' && type !== 'Progressing') ?? [];
  // Whichever came first stays first.
  return before?.[0]?.type === 'Progressing'
    ? [progress, available, ...kept]
    : [available, progress, ...kept];
}

function progressing(
  world: World,
  deployment: Deployment,
  current: ReplicaSet | undefined,
  { complete, moved }: { complete: boolean; moved: boolean },
): Condition {
  const before = conditionOf(deployment.status.conditions, 'Progressing');
  const name = current?.metadata.name ?? '';
  if (deployment.spec.paused) {
    return settle(world, before, {
      type: 'Progressing',
      status: 'Unknown',
      reason: 'DeploymentPaused',
      message: 'Deployment is paused',
    });
  }
  if (complete) {
    return settle(world, before, {
      type: 'Progressing',
      status: 'True',
      reason: 'NewReplicaSetAvailable',
      message: `ReplicaSet "${name}" has successfully progressed.`,
    });
  }
  const message = `ReplicaSet "${name}" is progressing.`;
  const sinceUpdate =
    world.clock.date() - Date.parse(before?.lastUpdateTime ?? world.clock.stamp());
  const deadline = deployment.spec.progressDeadlineSeconds * 1000;
  const rolling = before?.reason === 'ReplicaSetUpdated' && before.message === message;
  if (before?.reason === 'ProgressDeadlineExceeded' && before.message?.includes(`"${name}"`)) {
    return before;
  }
  // A complete rollout that lost a pod is not a new rollout.
  if (before?.reason === 'NewReplicaSetAvailable' && before.message?.includes(`"${name}"`)) {
    return before;
  }
  if (rolling && !moved && sinceUpdate > deadline) {
    return settle(world, before, {
      type: 'Progressing',
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
      message: `ReplicaSet "${name}" has timed out progressing.`,
    });
  }
  if (rolling && !moved) return before;
  const stamp = world.clock.stamp();
  return {
    type: 'Progressing',
    status: 'True',
    lastUpdateTime: stamp,
    lastTransitionTime: before?.status === 'True' ? before.lastTransitionTime : stamp,
    reason: 'ReplicaSetUpdated',
    message,
  };
}

function settle(
  world: World,
  before: Condition | undefined,
  next: Pick<Condition, 'type' | 'status' | 'reason' | 'message'>,
): Condition {
  if (before && before.status === next.status && before.reason === next.reason) {
    if (before.message === next.message) return before;
  }
  const stamp = world.clock.stamp();
  return {
    type: next.type,
    status: next.status,
    lastUpdateTime: stamp,
    lastTransitionTime: before?.status === next.status ? before.lastTransitionTime : stamp,
    reason: next.reason ?? '',
    message: next.message ?? '',
  };
}
