import type { Cell } from '../core/styled.ts';
import { clusterHealth } from '../domain/eks-health.ts';
import type { ClusterRow } from '../domain/rows.ts';
import { day, iso, known, muted, NONE, status, toned, UNKNOWN } from './cells.ts';
import { ageColumn, countColumn, nameColumn, textColumn } from './columns.ts';
import { defineResource, type Column, type RowContext } from './define.ts';
import { controlPlaneLogs } from './kept/control-plane.ts';
import { clusterQuestions } from './describe/cluster-skew.ts';
import { describeCluster } from './describe/cluster.ts';
import { clusterCharts } from './charts/cluster.ts';

const health = (row: ClusterRow, ctx: RowContext) => clusterHealth(row, ctx.now);

const DAY = 86_400_000;
/** How long before the end of support it is time to plan an upgrade. */
const SOON = 90 * DAY;

/** The end of a support period: plain while it is far, a warning when near, loud when over. */
function supportColumn(
  column: Pick<Column<ClusterRow>, 'id' | 'title' | 'description' | 'tier' | 'sortKey'>,
  end: (row: ClusterRow) => number | null,
  over: 'warn' | 'bad',
): Column<ClusterRow> {
  const cell = (row: ClusterRow, { now }: RowContext): Cell => {
    const at = end(row);
    if (at === null) return row.source === 'context' ? NONE : UNKNOWN;
    if (at < now) return toned(`! ${day(at)}`, over);
    return toned(day(at), at - now < SOON ? 'warn' : 'muted');
  };
  return { ...column, min: 10, max: 12, value: (row) => iso(end(row)), sortBy: end, cell };
}

/**
 * What sorting by status compares: what EKS says is broken, what could not be read, then what goes
 * out of support first. Not by health, which is a matter of the day: the order stays as it is.
 */
function urgency(row: ClusterRow): number | null {
  const { standardSupportEnd: standard, extendedSupportEnd: extended } = row;
  const { level } = clusterHealth(
    { ...row, standardSupportEnd: null, extendedSupportEnd: null },
    0,
  );
  if (level === 'bad') return -Infinity;
  if (level === 'warn') return -Number.MAX_VALUE;
  const ends = [standard, extended].filter((end) => end !== null);
  return ends.length === 0 ? null : Math.min(...ends);
}

/** Where its endpoint can be reached from; null where AWS does not tell. */
function access(row: ClusterRow): string | null {
  if (row.endpointPublic === null || row.endpointPrivate === null)
    return row.source === 'context' ? '' : null;
  const ways = [row.endpointPublic && 'public', row.endpointPrivate && 'private'];
  return ways.filter((way) => way !== false).join('+');
}

const columns: readonly Column<ClusterRow>[] = [
  nameColumn(16, health),
  textColumn(
    {
      id: 'region',
      title: 'REGION',
      description: 'AWS region, where clusters of several are listed.',
      ...{ tier: 0, min: 12, max: 16 },
      differs: (row) => row.region,
    },
    (row) => row.region,
  ),
  textColumn(
    {
      id: 'profile',
      title: 'PROFILE',
      description: 'AWS profile that tells of it, where there are several.',
      // Each account may have a cluster of that name in that region.
      ...{ tier: 0, min: 8, max: 24 },
      differs: ({ profile, source }) => profile || (source === 'context' ? '' : 'default'),
    },
    (row) => row.profile,
  ),
  textColumn(
    {
      id: 'account',
      copies: 'account',
      title: 'ACCOUNT',
      description: 'AWS account, where clusters of several are listed.',
      ...{ tier: 1, rank: 1, min: 12, max: 12 },
      differs: (row) => row.account,
    },
    (row) => row.account,
  ),
  {
    id: 'status',
    title: 'STATUS',

    tells: 'state',
    description: 'Status at EKS, with the cause of what is wrong.',
    tier: 0,
    min: 12,
    max: 70,
    grow: 2,
    sortKey: 'S',
    sortBy: urgency,
    value: (row) => (row.source === 'context' ? null : row.status),
    cell: (row, ctx) => {
      const word = row.source === 'context' ? 'context' : row.status || 'not read';
      return status(word, health(row, ctx));
    },
  },
  textColumn(
    { id: 'version', title: 'VERSION', description: 'Kubernetes version.', tier: 0, max: 14 },
    (row) => (row.version === '' && row.source === 'context' ? null : row.version),
  ),
  supportColumn(
    {
      id: 'standardSupportEnd',
      title: 'SUPPORT',
      description:
        'End of standard support; after it extended support costs extra. Sorted by it, what goes out of support first comes first.',
      tier: 0,
      sortKey: 'T',
    },
    (row) => row.standardSupportEnd,
    'warn',
  ),
  supportColumn(
    {
      id: 'extendedSupportEnd',
      title: 'EXTENDED',
      description: 'End of extended support; after it AWS upgrades the cluster by itself.',
      tier: 1,
    },
    (row) => row.extendedSupportEnd,
    'bad',
  ),
  textColumn(
    {
      id: 'platformVersion',
      title: 'PLATFORM',
      description: 'Platform version of EKS.',
      tier: 1,
      max: 10,
      cell: (row) => muted(row.platformVersion),
    },
    (row) => row.platformVersion,
  ),
  textColumn(
    {
      id: 'endpointAccess',
      title: 'ACCESS',
      description: 'Where the endpoint can be reached from: public, private or both.',
      tier: 1,
      max: 14,
      cell: (row) => known(access(row)?.replace('public+private', 'both') ?? null),
    },
    access,
  ),
  countColumn(
    {
      id: 'nodes',
      title: 'NODES',
      description: 'Nodes, once connected.',
      tier: 0,
    },
    (row) => row.nodes,
  ),
  countColumn(
    {
      id: 'pods',
      title: 'PODS',
      description: 'Pods, once connected.',
      tier: 1,
    },
    (row) => row.pods,
  ),
  textColumn(
    {
      id: 'health',
      title: 'ISSUES',
      description: 'Health issues that EKS reports, by cause.',
      tier: 2,
      max: 40,
      cell: (row) => (row.health.length === 0 ? NONE : toned(issues(row), 'warn')),
    },
    issues,
  ),
  textColumn(
    {
      id: 'context',
      title: 'CONTEXT',
      description: 'Context of the kubeconfig that reaches it.',
      tier: 2,
      cut: 'middle',
    },
    (row) => row.context,
  ),
  ageColumn(1),
  textColumn(
    {
      id: 'source',
      title: 'SOURCE',
      description: 'Who told of it: eks, context (the kubeconfig), or both.',
      tier: 3,
    },
    (row) => row.source,
  ),
  textColumn(
    {
      id: 'endpoint',
      copies: 'endpoint',
      title: 'ENDPOINT',
      description: 'Its API server.',
      tier: 3,
      max: 90,
    },
    (row) => row.endpoint,
  ),
  textColumn(
    {
      id: 'id',
      copies: 'ARN or context',
      title: 'ARN',
      description: 'ARN, or the name of the context.',
      tier: 3,
      max: 90,
    },
    (row) => row.id,
  ),
];

function issues(row: ClusterRow): string {
  return row.health.map((issue) => issue.code).join(',');
}

export const clusters = defineResource({
  id: 'clusters',
  title: 'Clusters',
  singular: 'cluster',
  aliases: ['cl', 'ctx', 'context', 'contexts', 'eks'],
  description: 'EKS clusters of the chosen profiles and regions, and contexts of the kubeconfig.',
  table: 'clusters',
  scope: 'region',
  role: 'fleet',
  inHeader: { one: 'cluster', problems: false, read: false },
  columns,
  sort: { column: 'name', descending: false },
  health,
  enter: { is: 'connect', title: 'connect to this cluster' },
  profile: ({ profile }) => profile,
  kept: controlPlaneLogs,
  charts: clusterCharts,
  describe: describeCluster,
  asks: clusterQuestions,
  iam: [
    'ec2:DescribeRegions',
    'eks:ListClusters',
    'eks:DescribeCluster',
    'eks:DescribeClusterVersions',
  ],
  empty: 'No clusters: none in this region, and no context in the kubeconfig',
});
