import type { PodRow } from '../../domain/rows.ts';
import type { Query } from '../../ports/query.ts';
import { livePods, nameOf, type WorkloadTarget } from './workload-target.ts';

/** Pods that an action ends: how many, and in lines what is known of which. */
export interface Victims {
  readonly count: number;
  readonly lines: readonly string[];
}

/** More names than these help nobody to decide. */
const NAMED = 8;

/**
 * The pods that scaling down to `wanted` ends. A stateful set ends those with the highest ordinals;
 * which ones of a replica set end is not certain, so all that may are named.
 */
export function podsThatEnd(target: WorkloadTarget, wanted: number, query: Query): Victims {
  const pods = livePods(target, query);
  const count = Math.max(0, Math.max(target.row.current, pods.length) - wanted);
  if (count === 0) return { count: 0, lines: [] };
  if (pods.length === 0) return { count, lines: [`${count} pods of ${nameOf(target)}`] };
  if (count >= pods.length) return { count, lines: names(pods, NAMED * 2) };
  if (target.row.kind === 'StatefulSet') {
    const byOrdinal = [...pods].sort((a, b) => ordinal(b) - ordinal(a));
    return { count, lines: names(byOrdinal.slice(0, count), NAMED * 2) };
  }
  const shown = pods.slice(0, NAMED).map(({ name }) => name);
  const rest = pods.length > NAMED ? ', …' : '';
  return { count, lines: [`any ${count} of ${pods.length}: ${shown.join(', ')}${rest}`] };
}

/** The pods that a rollout replaces: none where a pod is replaced only when it is deleted. */
export function podsReplaced(
  target: WorkloadTarget,
  isNew: (pod: PodRow) => boolean,
  query: Query,
): readonly PodRow[] {
  const { strategy, partition } = target.row;
  if (strategy === 'OnDelete') return [];
  return livePods(target, query).filter(
    (pod) => !isNew(pod) && (partition === 0 || ordinal(pod) >= partition),
  );
}

/** One name a line, and how many more. */
export function names(pods: readonly PodRow[], most: number): readonly string[] {
  const lines = pods.slice(0, most).map(({ name }) => name);
  return pods.length > most ? [...lines, `and ${pods.length - most} more`] : lines;
}

function ordinal({ name }: PodRow): number {
  return Number(name.slice(name.lastIndexOf('-') + 1)) || 0;
}
