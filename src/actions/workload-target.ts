/** What the actions on workloads share: names, references, who else has a say. */
import { kubectlName, refOf, type KINDS } from '../domain/ref.ts';
import type { ObjectRef } from '../domain/ref.ts';
import type { HpaRow, PodRow, WorkloadRow } from '../domain/rows.ts';
import type { TableId } from '../domain/tables.ts';
import { isPodOf } from '../domain/workload-pods.ts';
import type { AccessRequest } from '../ports/kube.ts';
import type { Query } from '../ports/query.ts';
import type { ActionTarget } from './define.ts';

/** A workload as the target of an action. */
export type WorkloadTarget = ActionTarget<WorkloadRow>;

/** How long (ms) a rollout is followed. */
export const ROLLOUT_LIMIT = 10 * 60_000;

const TABLES = {
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
  ReplicaSet: 'replicasets',
} as const satisfies Record<WorkloadRow['kind'], TableId & keyof typeof KINDS>;

export function refOfTarget({ row }: WorkloadTarget): ObjectRef {
  return refOf(TABLES[row.kind], row);
}

/** The right to patch a target, or one of its subresources. */
export function patchAccess(target: WorkloadTarget, subresource?: string): AccessRequest {
  const { group, resource, namespace, name } = refOfTarget(target);
  const request = { verb: 'patch', group, resource, namespace, name };
  return subresource === undefined ? request : { ...request, subresource };
}

/** `deployment/api`. */
export function nameOf(target: WorkloadTarget): string {
  return kubectlName(refOfTarget(target));
}

/** The row as it is now; undefined when it is gone. */
export function present({ row }: WorkloadTarget, query: Query): WorkloadRow | undefined {
  const now = query.get(TABLES[row.kind], row.uid);
  return now === undefined || now.gone > 0 ? undefined : now;
}

/** Why nothing can be done to a target at all, or empty. */
export function departed({ row }: WorkloadTarget): string {
  if (row.gone > 0) return `${row.name} is gone`;
  return row.deleting > 0 ? `${row.name} is being deleted` : '';
}

/** The first reason of any target, or empty. */
export function firstReason(
  targets: readonly WorkloadTarget[],
  reason: (target: WorkloadTarget) => string,
): string {
  return targets.map(reason).find((text) => text !== '') ?? '';
}

/** Pods of the workload that are there and have not ended. */
export function livePods({ row }: WorkloadTarget, query: Query): readonly PodRow[] {
  const isOf = isPodOf(row);
  const pods: PodRow[] = [];
  for (const pod of query.rows('pods')) {
    const ended = pod.phase === 'Succeeded' || pod.phase === 'Failed';
    if (pod.gone === 0 && !ended && isOf(pod)) pods.push(pod);
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

/** What would take a change of the object's own fields back: Helm, Argo CD, Flux. */
export function revertWarning(target: WorkloadTarget): string {
  const { managedBy } = target.row;
  if (managedBy === '') return '';
  return managedBy === 'Helm'
    ? `${nameOf(target)} is managed by Helm: the next upgrade sets it back`
    : `${nameOf(target)} is managed by ${managedBy}, which may set it back at once`;
}
