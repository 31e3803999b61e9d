import type { NodeRow } from './rows.ts';

/** Taints by which whatever runs the node says that it will go. */
const LEAVING: readonly (readonly [taint: RegExp, cause: string])[] = [
  [/^aws-node-termination-handler\/spot-itn/, 'Spot interruption'],
  [/^aws-node-termination-handler\/rebalance/, 'Spot rebalance recommendation'],
  [/^aws-node-termination-handler\//, 'instance is being terminated'],
  [/^karpenter\.sh\/disrupt/, 'being replaced by Karpenter'],
  [/^ToBeDeletedByClusterAutoscaler/, 'being removed by Cluster Autoscaler'],
  [/^eks\.amazonaws\.com\/nodegroup=unschedulable/, 'being replaced by the update of its group'],
];

/** The taint of a node by which it was told to go, and why; null where it has none. */
export function goingTaint({
  taints,
}: Pick<NodeRow, 'taints'>): { readonly taint: string; readonly cause: string } | null {
  for (const [known, cause] of LEAVING) {
    const taint = taints.find((each) => known.test(each));
    if (taint !== undefined) return { taint, cause };
  }
  return null;
}
