/** The workspaces of Managed Service for Prometheus, and what is scraped into them. */
import type { PromScraper } from '../prometheus.ts';
import type { EksCluster, Region } from '../region.ts';

const DAY = 86_400_000;

/**
 * One workspace that collectors of all clusters send to, told apart by a label, and one for what no
 * cluster sends.
 */
export function addPrometheus(region: Region, now: number): void {
  const createdAt = now - 200 * DAY;
  const shared = 'ws-5a1c9b1e-7f0d-4c52-9d3e-1f6f0a2b7c84';
  region.prometheus.workspaces.push(
    { id: shared, alias: 'shop-metrics', createdAt, tags: { team: 'platform' } },
    {
      id: 'ws-e02d4b7a-91c3-4a7e-8d05-6b1f3c9e2a40',
      ...{ alias: 'checkout-business', createdAt, tags: { team: 'checkout' } },
    },
  );
  region.clusters.forEach((cluster, nth) => {
    region.prometheus.scrapers.push(
      scraperOf(cluster, shared, `s-8f3b20d1-4a6e-4f58-b7c${nth}-0d9e5a1c6b27`, createdAt),
    );
  });
}

const scraperOf = (
  { name, arn, subnets }: EksCluster,
  workspaceId: string,
  id: string,
  createdAt: number,
): PromScraper => ({
  ...{ id, alias: name, clusterArn: arn, workspaceId, createdAt },
  subnetIds: subnets.filter((each) => !each.public).map((each) => each.id),
  externalLabels: { cluster: name },
});
