/**
 * How far the update of a node group is, node by node, and what it waits for, as the nodes, their
 * pods and the disruption budgets show it. EKS itself tells no more than that it goes on: it brings
 * new nodes, taints the old ones, evicts their pods a few nodes at a time for up to fifteen minutes
 * each, and ends them.
 */
import type { NodeRow } from './tables/nodes.ts';
import { heldBy, type PdbRow } from './tables/pdbs.ts';
import type { PodRow } from './tables/pods.ts';
import { hasEnded } from './workload-pods.ts';

/** A pod that a disruption budget keeps where it is. */
export interface KeptPod {
  /** `shop/api-1` */
  readonly pod: string;
  /** Which budget, and why it allows none: `pdb/api: 2 of 2 healthy, 2 must be`. */
  readonly why: string;
}

/** Where a node stands. */
export interface NodeStep {
  readonly node: NodeRow;
  /**
   * `to come`: of the old ones, untouched so far · `draining`: its pods are ending · `held`: budgets
   * keep all that is left on it · `empty`: it is about to be ended · `joining`, `ready`: new ones.
   */
  readonly state: 'to come' | 'draining' | 'held' | 'empty' | 'joining' | 'ready';
  /** Pods that have to leave it; those of daemon sets go with it. */
  readonly left: number;
  readonly kept: readonly KeptPod[];
}

/** How far the update of a group is. */
export interface GroupUpdate {
  /** New ones first, then old ones, the emptiest first. */
  readonly steps: readonly NodeStep[];
  readonly ready: number;
  readonly old: number;
  /** What it waits for, in a clause; empty: for nothing that can be seen. */
  readonly waitsFor: string;
}

/** What EKS marks nodes with that it replaces. */
const TAINT = 'eks.amazonaws.com/nodegroup=unschedulable';

/**
 * @param nodes of the group, those that are there
 * @param pods of the cluster, those that are there
 * @param since when the update began (ms): nodes that are younger are new ones
 */
export function groupUpdate(
  nodes: readonly NodeRow[],
  pods: Iterable<PodRow>,
  budgets: Iterable<PdbRow>,
  since: number,
): GroupUpdate {
  const old = new Map(
    nodes.filter((node) => isOld(node, since)).map((node) => [node.name, [] as PodRow[]]),
  );
  for (const pod of pods) if (mustLeave(pod)) old.get(pod.node)?.push(pod);
  const forbidding = [...budgets]
    .filter(({ allowed }) => allowed < 1)
    .map((budget) => ({ budget, holds: heldBy(budget) }));
  const keptOf = (pod: PodRow): readonly KeptPod[] =>
    forbidding
      .filter(({ holds }) => holds(pod))
      .map(({ budget }) => ({
        pod: `${pod.namespace}/${pod.name}`,
        why: `pdb/${budget.name}: ${budgetWords(budget)}`,
      }));
  const steps = nodes.map((node): NodeStep => {
    const left = old.get(node.name);
    if (left === undefined)
      return { node, state: node.isReady ? 'ready' : 'joining', left: 0, kept: [] };
    const ending = left.filter(({ status }) => status === 'Terminating').length;
    const kept = left.filter(({ status }) => status !== 'Terminating').flatMap(keptOf);
    return { node, state: stateOf(node, left.length, ending, kept), left: left.length, kept };
  });
  const order = [...steps].sort((a, b) => rank(a) - rank(b) || a.left - b.left);
  return {
    steps: order,
    ready: steps.filter(({ state }) => state === 'ready').length,
    old: old.size,
    waitsFor: waitsFor(order),
  };
}

/** What EKS has marked for it is old, and so is what was there before. */
const isOld = ({ created, taints }: NodeRow, since: number): boolean =>
  created < since || taints.some((taint) => taint.startsWith(TAINT));

/** Whether a pod is evicted from its node: mirror pods and those of daemon sets are not. */
export const mustLeave = (pod: PodRow): boolean =>
  pod.gone === 0 && pod.ownerKind !== 'DaemonSet' && pod.ownerKind !== 'Node' && !hasEnded(pod);

function stateOf(
  node: NodeRow,
  left: number,
  ending: number,
  kept: readonly KeptPod[],
): NodeStep['state'] {
  if (left === 0) return node.cordoned || !node.isReady ? 'empty' : 'draining';
  if (ending > 0) return 'draining';
  const held = new Set(kept.map(({ pod }) => pod)).size === left;
  return held ? 'held' : node.cordoned ? 'draining' : 'to come';
}

const RANKS: Readonly<Record<NodeStep['state'], number>> = {
  held: 0,
  draining: 1,
  empty: 2,
  joining: 3,
  'to come': 4,
  ready: 5,
};
const rank = ({ state }: NodeStep): number => RANKS[state];

/** Why a budget allows no eviction: `6 of 6 healthy, 6 must be (minAvailable 100%)`. */
export function budgetWords(budget: PdbRow): string {
  const { healthy, expected, desired, minAvailable, maxUnavailable, failure } = budget;
  if (failure !== '') return failure;
  const rule =
    minAvailable === '' ? `maxUnavailable ${maxUnavailable}` : `minAvailable ${minAvailable}`;
  return `${healthy} of ${expected} healthy, ${desired} must be (${rule})`;
}

function waitsFor(steps: readonly NodeStep[]): string {
  const held = steps.filter(({ state }) => state === 'held');
  const [first] = held;
  const [kept] = first?.kept ?? [];
  if (first !== undefined && kept !== undefined) {
    const more = held.flatMap(({ kept: all }) => all).length - 1;
    return `${kept.why} keeps ${kept.pod} on ${first.node.name}${more > 0 ? ` (and ${more} more pods)` : ''}`;
  }
  const joining = steps.filter(({ state }) => state === 'joining');
  if (joining.length > 0)
    return joining.length === 1
      ? `new node ${joining[0]?.node.name ?? ''} to be Ready`
      : `${joining.length} new nodes to be Ready`;
  const draining = steps.find(({ state }) => state === 'draining');
  if (draining !== undefined) return `pods of ${draining.node.name} to end: ${draining.left} left`;
  if (steps.some(({ state }) => state === 'empty')) return 'EC2 to end an emptied node';
  return steps.some(({ state }) => state === 'ready') ? '' : 'new nodes to come';
}
