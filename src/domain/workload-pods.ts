import type { BaseRow, ObjectRow } from './row.ts';

/** Who is behind an object: what owns it, and of a pod the workload behind that. */
interface Owned extends Pick<ObjectRow, 'ownerKind' | 'ownerName' | 'namespace'> {
  readonly workload: string;
  readonly workloadKind: string;
}

/** Has it done its work or failed at it: it takes no room on a node any more. */
export function hasEnded({ phase }: { readonly phase: string }): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}

/** The number of a pod of a stateful set, which is the end of its name; NaN of others. */
export const numberOf = ({ name }: Pick<BaseRow, 'name'>): number =>
  Number(name.slice(name.lastIndexOf('-') + 1));

/** Tells the pods that a workload is behind. Cheap: it is asked for every pod. */
export function isPodOf(
  workload: Pick<BaseRow, 'name' | 'namespace'> & { readonly kind: string },
): (pod: Owned) => boolean {
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
  // What is in no namespace may own objects of any.
  return (row) =>
    row.ownerName === name &&
    row.ownerKind === kind &&
    (namespace === '' || row.namespace === namespace);
}
