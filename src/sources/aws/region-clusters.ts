import type { Clock } from '../../core/clock.ts';
import { listedKey } from '../../domain/cluster-key.ts';
import type { ClusterRow } from '../../domain/rows.ts';
import type { AwsScope } from '../../ports/aws.ts';
import { clusterRow, namedCluster } from './cluster-row.ts';
import { denials, describeEach } from './describe-each.ts';
import type { Source } from './follow.ts';
import { text } from './read.ts';
import type { Session } from './session.ts';
import { type SupportCalendar, supportCalendar } from './support.ts';

/** Statuses that end by themselves within minutes. */
const CHANGING: ReadonlySet<string> = new Set(['CREATING', 'UPDATING', 'DELETING', 'PENDING']);

/** The clusters of one scope. */
export interface RegionClusters extends Source {
  rows(): readonly ClusterRow[];
}

/** `prod/eu-central-1`, or the region alone for the default chain. */
export function scopeLabel({ profile, region }: AwsScope): string {
  return profile ? `${profile}/${region}` : region;
}

/** Lists the clusters of a scope, describes them side by side, and adds the ends of support. */
export function regionClusters(
  scope: AwsScope,
  session: Session,
  clock: Clock,
  changed: () => void,
): RegionClusters {
  const described = new Map<string, ClusterRow>();
  const readCalendar = supportCalendar(session, clock);
  let calendar: SupportCalendar = { dates: new Map(), gap: null };

  /** Without its description the account is not known: the scope makes the row unique. */
  const unread = (name: string): ClusterRow =>
    namedCluster(scope, listedKey(scopeLabel(scope), name), name);

  return {
    label: scopeLabel(scope),
    rows: () =>
      [...described.values()].map((row) => ({ ...row, ...calendar.dates.get(row.version) })),
    async ask(signal) {
      const eks = await session.eks();
      const names = await eks.clusterNames(signal);
      const [gaps] = await Promise.all([
        describeEach(names, described, {
          async describe(name) {
            const cluster = await eks.cluster(name, signal);
            // Not every cluster has an id, and of those in the region it is not what tokens name.
            if (cluster?.outpostConfig && text(cluster.id)) {
              session.localIds.set(name, text(cluster.id));
            }
            return cluster && clusterRow(scope, cluster);
          },
          undescribed: (name, fault) => ({
            ...(described.get(name) ?? unread(name)),
            error: fault.message,
          }),
          changed,
        }),
        readCalendar(signal).then((read) => {
          calendar = read;
          changed();
        }),
      ]);
      return {
        busy: [...described.values()].some((row) => CHANGING.has(row.status)),
        gaps: [...gaps, ...denials([calendar.gap])],
      };
    },
  };
}
