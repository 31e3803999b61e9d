/** Which disruption budgets are not kept any more if a zone goes. */
import { eachInPieces, type Work } from '../../core/work.ts';
import type { PodRow } from '../rows.ts';
import { coveredBy, type PdbRow } from '../tables/pdbs.ts';
import { scaled } from '../tables/workload.ts';
import { hasEnded } from '../workload-pods.ts';
import type { Group, Groups } from './groups.ts';
import { PIECE, type ZoneWorld } from './world.ts';

/** A budget, and the pods that it is about by zone. */
export interface Cover {
  readonly budget: PdbRow;
  total: number;
  healthy: number;
  readonly byZone: Map<string, { readonly groups: Set<Group>; healthy: number }>;
}

export function* coversOf(
  { budgets, pods, nodes }: ZoneWorld,
  groups: Groups,
): Work<readonly Cover[]> {
  const zones = new Map<string, string>();
  yield* eachInPieces(nodes, PIECE, ({ name, zone }) => zones.set(name, zone));
  const named = new Map<string, PodRow[]>();
  for (const { namespace } of budgets) named.set(namespace, []);
  yield* eachInPieces(pods, PIECE, (pod) => {
    // As the disruption controller counts: what is being deleted is not there any more.
    if (!hasEnded(pod) && pod.deleting === 0) named.get(pod.namespace)?.push(pod);
  });
  const covers: Cover[] = [];
  for (const budget of budgets) {
    const cover: Cover = { budget, total: 0, healthy: 0, byZone: new Map() };
    const isAbout = coveredBy(budget);
    yield* eachInPieces(named.get(budget.namespace) ?? [], PIECE, (pod) => {
      if (isAbout(pod)) count(cover, pod, zones.get(pod.node), groups.of.get(pod));
    });
    covers.push(cover);
  }
  return covers;
}

function count(
  cover: Cover,
  pod: PodRow,
  zone: string | undefined,
  group: Group | undefined,
): void {
  cover.total++;
  if (pod.isReady) cover.healthy++;
  if (zone === undefined || group === undefined) return;
  const there = cover.byZone.get(zone) ?? { groups: new Set(), healthy: 0 };
  cover.byZone.set(zone, there);
  there.groups.add(group);
  if (pod.isReady) there.healthy++;
}

/** Which budgets have too few healthy pods left, by the groups that lose some of them. */
export function brokenBudgets(
  covers: readonly Cover[],
  zone: string,
): ReadonlyMap<Group, readonly string[]> {
  const broken = new Map<Group, readonly string[]>();
  for (const { budget, total, healthy, byZone } of covers) {
    const there = byZone.get(zone);
    if (there === undefined) continue;
    const left = healthy - there.healthy;
    const needed = healthyNeeded(budget, total);
    if (left >= needed) continue;
    const words = `${budget.name}: ${left} healthy, ${needed} needed`;
    for (const group of there.groups) broken.set(group, [...(broken.get(group) ?? []), words]);
  }
  return broken;
}

/** How many pods a budget wants to be healthy, by its own rule. */
export function healthyNeeded(budget: PdbRow, covered: number): number {
  const { minAvailable, maxUnavailable, expected, counted } = budget;
  const all = counted && expected > 0 ? expected : covered;
  if (maxUnavailable !== '') return all - scaled(maxUnavailable, all);
  // A number that is more than there are pods is never reached.
  if (minAvailable.endsWith('%')) return scaled(minAvailable, all);
  return Number(minAvailable) || 0;
}
