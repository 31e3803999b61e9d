/** What the actions on workloads share: names, references, who else has a say. */
import type { HpaRow, PodRow, WorkloadRow } from '../../domain/rows.ts';
import { hasEnded, isPodOf } from '../../domain/workload-pods.ts';
import type { Query } from '../../ports/query.ts';
import type { ActionTarget } from '../engine/define.ts';
import { nameOf } from './object-target.ts';

/** A workload as the target of an action. */
export type WorkloadTarget = ActionTarget<WorkloadRow>;

/** How long (ms) a rollout is followed. */
export const ROLLOUT_LIMIT = 10 * 60_000;

/** What holds for any object. */
export {
  departed,
  firstReason,
  nameOf,
  patchAccess,
  present,
  refOfTarget,
} from './object-target.ts';

/** Pods of the workload that are there and have not ended. */
export function livePods({ row }: WorkloadTarget, query: Query): readonly PodRow[] {
  const isOf = isPodOf(row);
  const pods: PodRow[] = [];
  for (const pod of query.rows('pods')) {
    if (pod.gone === 0 && !hasEnded(pod) && isOf(pod)) pods.push(pod);
  }
  return pods;
}

/** The horizontal pod autoscaler that owns the target's number of replicas. */
export function autoscalerOf({ row }: WorkloadTarget, query: Query): HpaRow | undefined {
  for (const hpa of query.rows('hpas')) {
    if (
      hpa.gone === 0 &&
      hpa.namespace === row.namespace &&
      hpa.targetKind === row.kind &&
      hpa.targetName === row.name
    )
      return hpa;
  }
  return undefined;
}

/** Why nothing is rolled out, as kubectl has it: a restart and a rollback wait for it; or empty. */
export const held = ({ row }: WorkloadTarget): string =>
  row.paused ? `${row.name} is paused: resume its rollout first` : '';

/** What would take a change of the object's own fields back: Helm, Argo CD, Flux. */
export function revertWarning(target: WorkloadTarget): string {
  const { managedBy } = target.row;
  if (managedBy === '') return '';
  return managedBy === 'Helm'
    ? `${nameOf(target)} is managed by Helm: the next upgrade sets it back`
    : `${nameOf(target)} is managed by ${managedBy}, which may set it back at once`;
}
