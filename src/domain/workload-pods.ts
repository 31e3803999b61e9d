import type { PodRow, WorkloadRow } from './rows.ts';

/** Has it done its work or failed at it: it takes no room on a node any more. */
export function hasEnded({ phase }: Pick<PodRow, 'phase'>): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}

/** Tells the pods that a workload is behind. Cheap: it is asked for every pod. */
export function isPodOf(
  workload: Pick<WorkloadRow, 'kind' | 'name' | 'namespace'>,
): (pod: PodRow) => boolean {
  const { kind, name, namespace } = workload;
  return kind === 'ReplicaSet'
    ? (pod) => pod.ownerName === name && pod.ownerKind === kind && pod.namespace === namespace
    : (pod) => pod.workload === name && pod.workloadKind === kind && pod.namespace === namespace;
}
