import { insightsOf, rollbackInsights } from '../catalog/insights.ts';
import type { World } from '../world/world.ts';

/** How long EKS takes to replace a control plane (ms). */
const UPDATE_MS = 8 * 60_000;
const ROUND_MS = 5_000;

/**
 * Ends updates of a cluster's version: its API server is of the new one then, and its insights are
 * about the version after it and about the way back.
 *
 * @param since when it begins to look (ms)
 */
export function startClusterUpdates({ cluster, clock }: World, since: number): void {
  const round = (): void => {
    const update = cluster.updates.at(-1);
    if (update?.status !== 'InProgress') return;
    if ((clock.date() - update.createdAt) * clock.speed < UPDATE_MS) return;
    const upgraded = update.type === 'VersionUpdate';
    update.status = 'Successful';
    cluster.status = 'ACTIVE';
    cluster.version = update.params['Version'] ?? cluster.version;
    cluster.platformVersion = update.params['PlatformVersion'] ?? cluster.platformVersion;
    const [now, found] = [clock.date(), cluster.insights];
    found.splice(0, found.length, ...insightsOf(cluster, now));
    if (upgraded) found.push(...rollbackInsights(cluster, now));
  };
  clock.every(ROUND_MS, round, Math.max(ROUND_MS, since - clock.now()));
}
