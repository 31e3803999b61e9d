import type { BaseRow, ObjectRow, PodRow, WorkloadRow } from './rows.ts';

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
    ? isOwnedBy(kind, workload)
    : (pod) => pod.workload === name && pod.workloadKind === kind && pod.namespace === namespace;
}

/** Tells the objects that one owns as their controller. Cheap: it is asked for every row. */
export function isOwnedBy(
  kind: string,
  { name, namespace }: Pick<BaseRow, 'name' | 'namespace'>,
): (row: Pick<ObjectRow, 'ownerKind' | 'ownerName' | 'namespace'>) => boolean {
  return (row) => row.ownerName === name && row.ownerKind === kind && row.namespace === namespace;
}
