import type { Clock } from '../../../../core/clock.ts';
import { listedKey, unlistedKey } from '../../../../domain/cluster-key.ts';
import type { ClusterRow } from '../../../../domain/rows.ts';
import type { AwsScope } from '../../../../ports/aws.ts';
import { describeEach } from '../../polling/describe-each.ts';
import type { Reads, TablePart } from '../../polling/table.ts';
import { clusterRow, namedCluster } from './row.ts';
import { supportCalendar } from './support.ts';

/** `prod/eu-central-1`, or the region alone for the default chain. */
function labelOf({ profile, region }: AwsScope): string {
  return profile ? `${profile}/${region}` : region;
}

/** The clusters of a scope: they are listed, described side by side, and given the ends of support. */
export function regionClusters(
  scope: AwsScope,
  aws: Reads<'eks:ListClusters' | 'eks:DescribeCluster' | 'eks:DescribeClusterVersions'>,
  clock: Clock,
): TablePart<ClusterRow> {
  const label = labelOf(scope);
  const described = new Map<string, ClusterRow>();
  const calendar = supportCalendar(aws, clock);

  /** Without its description the account is not known: the scope makes the row unique. */
  const unread = (name: string): ClusterRow => namedCluster(scope, listedKey(label, name), name);

  return {
    label,
    rows: () => [...described.values()].map((row) => ({ ...row, ...calendar.of(row.version) })),
    failed: ({ message, hint }) => ({
      ...namedCluster(scope, unlistedKey(label), label),
      error: message,
      errorHint: hint,
    }),
    async read(round) {
      const { clusters } = await aws.call('eks:ListClusters', {}, round.signal);
      await Promise.all([
        describeEach(clusters, described, round, {
          async describe(name) {
            const { cluster } = await aws.call('eks:DescribeCluster', { name }, round.signal);
            // Not every cluster has an id, and of those in the region it is not what tokens name.
            if (cluster.outpostConfig.outpostArns.length > 0 && cluster.id) {
              aws.localIds.set(name, cluster.id);
            }
            return clusterRow(scope, cluster);
          },
          undescribed: (name, { message, hint }) => ({
            ...(described.get(name) ?? unread(name)),
            error: message,
            errorHint: hint,
          }),
        }),
        calendar.read(round),
      ]);
    },
  };
}
