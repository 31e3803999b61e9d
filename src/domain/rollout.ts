import type { WorkloadRow } from './rows.ts';

/** How far a workload is with what was last asked of it. */
export interface Rollout {
  readonly state: 'done' | 'progressing' | 'failed' | 'paused';
  /** As `kubectl rollout status` says it, in grammar, without the workload's name. */
  readonly text: string;
}

const done = (text: string): Rollout => ({ state: 'done', text });
const waiting = (text: string): Rollout => ({ state: 'progressing', text });

/** The controller has not seen the last change of the spec. */
const UNOBSERVED = waiting('waiting for spec update to be observed');

/**
 * The state of a rollout by the rules of `kubectl rollout status` (its StatusViewer
 * of each kind). Two things it does not know are told too: a paused deployment, for which it would
 * wait without a word, and replica sets.
 */
export function rollout(row: WorkloadRow): Rollout {
  switch (row.kind) {
    case 'Deployment':
      return deploymentRollout(row);
    case 'StatefulSet':
      return statefulSetRollout(row);
    case 'DaemonSet':
      return daemonSetRollout(row);
    case 'ReplicaSet':
      return replicaSetRollout(row);
  }
}

const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;

const endingText = (count: number, noun: string): string =>
  `${counted(count, noun)} ${count === 1 ? 'is' : 'are'} pending termination`;

function isObserved(row: WorkloadRow): boolean {
  return row.generation <= row.observedGeneration;
}

function deploymentRollout(row: WorkloadRow): Rollout {
  const { desired, current, updated, available } = row;
  if (!isObserved(row)) return UNOBSERVED;
  if (row.paused) {
    const how =
      desired === 0
        ? 'scaled to zero'
        : `${updated} of ${counted(desired, 'replica')} ${desired === 1 ? 'is' : 'are'} updated`;
    return { state: 'paused', text: `paused: ${how}` };
  }
  if (row.progressReason === 'ProgressDeadlineExceeded') {
    return { state: 'failed', text: 'exceeded its progress deadline' };
  }
  if (updated < desired) {
    return waiting(`${updated} out of ${desired} new replicas have been updated`);
  }
  if (current > updated) {
    return waiting(endingText(current - updated, 'old replica'));
  }
  if (available < updated) {
    return waiting(`${available} of ${updated} updated replicas are available`);
  }
  return done('successfully rolled out');
}

function statefulSetRollout(row: WorkloadRow): Rollout {
  const { desired, ready, updated, partition } = row;
  if (row.strategy === 'OnDelete') return onDelete(row);
  if (row.observedGeneration === 0 || !isObserved(row)) return UNOBSERVED;
  if (ready < desired) return waiting(`waiting for ${counted(desired - ready, 'pod')} to be ready`);
  const wanted = desired - partition;
  if (updated < wanted) {
    return waiting(
      partition > 0
        ? `partitioned: ${updated} out of ${wanted} new pods have been updated`
        : `${updated} out of ${desired} new pods have been updated`,
    );
  }
  return done(
    partition > 0
      ? `partitioned roll out complete: ${updated} new pods have been updated`
      : 'successfully rolled out',
  );
}

function daemonSetRollout(row: WorkloadRow): Rollout {
  const { desired, updated, available } = row;
  if (row.strategy === 'OnDelete') return onDelete(row);
  if (!isObserved(row)) return UNOBSERVED;
  if (updated < desired) {
    return waiting(`${updated} out of ${desired} new pods have been updated`);
  }
  if (available < desired) {
    return waiting(`${available} of ${desired} updated pods are available`);
  }
  return done('successfully rolled out');
}

/** Nothing is rolled out by itself: kubectl refuses to tell; how many are new and ready is known. */
function onDelete({ desired, updated, available }: WorkloadRow): Rollout {
  if (updated < desired) {
    return done(`OnDelete: ${updated} of ${desired} pods are updated, the others when deleted`);
  }
  if (available < desired) return waiting(`${available} of ${desired} pods are available`);
  return done('all pods are updated');
}

function replicaSetRollout(row: WorkloadRow): Rollout {
  const { desired, current, available } = row;
  if (!isObserved(row)) return UNOBSERVED;
  if (current < desired) return waiting(`${current} of ${desired} replicas are created`);
  if (current > desired) {
    return waiting(endingText(current - desired, 'replica'));
  }
  if (available < desired) return waiting(`${available} of ${desired} replicas are available`);
  return done(desired === 0 ? 'scaled to zero' : 'all replicas are available');
}
