import type { Clock } from '../../../../core/clock.ts';
import { listedKey, unlistedKey } from '../../../../domain/cluster-key.ts';
import { AwsFault } from '../../../../domain/aws-fault.ts';
import type { ClusterRow } from '../../../../domain/rows.ts';
import type { AwsScope, ClusterScope } from '../../../../ports/aws.ts';
import { describeEach } from '../../polling/describe-each.ts';
import type { Round } from '../../polling/round.ts';
import type { Reads, TablePart } from '../../polling/table.ts';
import { clusterRow, namedCluster } from './row.ts';
import { supportCalendar, type ToldDates } from './support.ts';

/** `prod/eu-central-1`, or the region alone for the default chain. */
function labelOf({ profile, region }: AwsScope): string {
  return profile ? `${profile}/${region}` : region;
}

/** Which clusters are described. */
interface Named {
  readonly names: readonly string[];
  /** Why EKS did not list them; null: it did. */
  readonly unlisted: AwsFault | null;
}

/**
 * The clusters of a scope: they are listed, described side by side, and given the ends of support.
 * Whoever may not list them may well describe one: those that the kubeconfig names are.
 */
export function regionClusters(
  scope: ClusterScope,
  aws: Reads<'eks:ListClusters' | 'eks:DescribeCluster' | 'eks:DescribeClusterVersions'>,
  clock: Clock,
  told: ToldDates,
): TablePart<ClusterRow> {
  const label = labelOf(scope);
  const described = new Map<string, ClusterRow>();
  const calendar = supportCalendar(aws, clock, told);

  /** Without its description the account is not known: the scope makes the row unique. */
  const unread = (name: string): ClusterRow => namedCluster(scope, listedKey(label, name), name);

  /** The names that EKS lists; where it may not be asked, those that are known, and its refusal. */
  async function namesOf(round: Round): Promise<Named> {
    try {
      const { clusters } = await aws.call('eks:ListClusters', {}, round.signal);
      return { names: clusters, unlisted: null };
    } catch (error) {
      if (!(error instanceof AwsFault) || error.kind !== 'denied') throw error;
      round.gaps.push(error);
      const { named = [] } = scope;
      const here = named.filter(({ region }) => region === scope.region).map(({ name }) => name);
      return { names: [...new Set(here)], unlisted: error };
    }
  }

  return {
    label,
    rows: () => [...described.values()].map((row) => ({ ...row, ...calendar.of(row.version) })),
    failed: ({ message, hint }) => ({
      ...namedCluster(scope, unlistedKey(label), label),
      error: message,
      errorHint: hint,
    }),
    async read(round) {
      const { names, unlisted } = await namesOf(round);
      await Promise.all([
        describeEach(names, described, round, {
          async describe(name) {
            const { cluster } = await aws.call('eks:DescribeCluster', { name }, round.signal);
            // Not every cluster has an id, and of those in the region it is not what tokens name.
            if (cluster.outpostConfig.outpostArns.length > 0 && cluster.id) {
              aws.localIds.set(name, cluster.id);
            }
            return clusterRow(scope, cluster);
          },
          undescribed(name, { message, hint }) {
            const known = described.get(name) ?? (unlisted === null ? unread(name) : null);
            return known && { ...known, error: message, errorHint: hint };
          },
        }),
        calendar.read(round),
      ]);
      // Names of the kubeconfig that lead to nothing are no clusters of the scope.
      if (unlisted !== null && described.size === 0) throw unlisted;
    },
  };
}
