import { explained } from '../core/words.ts';
import type { Health } from '../domain/health.ts';
import type { LoadBalancerRow } from '../domain/tables/loadbalancers.ts';
import { shortZone } from '../domain/zones.ts';
import { namesColumn, targetsColumn, targetsHealth } from './balancer-columns.ts';
import { known, muted, status, toned, UNKNOWN } from './cells.ts';
import { ageColumn, nameColumn, textColumn } from './columns.ts';
import { defineResource, type Column } from './define.ts';
import { balancerGroupsSection } from './describe/balancer.ts';
import { many, sections, when } from './describe/common.ts';
import { balancerCharts } from './charts/balancers.ts';

function health(row: LoadBalancerRow): Health {
  if (row.gone > 0) return { level: 'gone', cause: '' };
  if (row.state === 'failed') return { level: 'bad', cause: row.stateReason };
  if (row.state === 'provisioning') return { level: 'busy', cause: '' };
  const targets = targetsHealth(row.targets);
  if (targets.level !== 'ok') return targets;
  if (row.targets?.all === 0) return { level: 'warn', cause: 'no targets' };
  return row.state === 'active_impaired'
    ? { level: 'warn', cause: row.stateReason || 'impaired' }
    : targets;
}

const TARGETS = targetsColumn<LoadBalancerRow>(() => true, {
  tier: 0,
  needs: ['targetgroups'],
});

const columns: readonly Column<LoadBalancerRow>[] = [
  { ...nameColumn<LoadBalancerRow>(14, health), max: 32 },
  textColumn(
    {
      id: 'kind',
      title: 'TYPE',
      description: 'alb, nlb, gwlb or classic.',
      tier: 0,
      min: 7,
      max: 7,
    },
    ({ kind }) => kind,
  ),
  {
    ...TARGETS,
    min: 20,
    // Without targets it has nobody to send to.
    cell: (row, ctx) =>
      row.targets?.all === 0 ? status('0', health(row)) : (TARGETS.cell?.(row, ctx) ?? UNKNOWN),
    sortKey: 'S',
    tells: 'state',
  },
  textColumn(
    {
      id: 'scheme',
      title: 'SCHEME',
      description: 'internet-facing or internal.',
      tier: 1,
      min: 8,
      cell: ({ scheme }) => muted(scheme),
    },
    ({ scheme }) => scheme,
  ),
  textColumn(
    {
      id: 'listeners',
      title: 'LISTENERS',
      description: 'Protocols and ports that it listens on.',
      tier: 0,
      min: 9,
    },
    ({ listeners }) => listeners.join(','),
  ),
  textColumn(
    {
      id: 'owner',
      title: 'FOR',
      description:
        'The service, ingress, group of ingresses or gateway that it was made for, by its tags.',
      tier: 0,
      min: 16,
      max: 60,
      grow: 1,
    },
    ({ owner }) => owner,
  ),
  textColumn(
    {
      id: 'zones',
      title: 'AZS',
      description: 'Its Availability Zones.',
      tier: 2,
      cell: ({ zones }) => muted(zones.map(shortZone).join(' ')),
    },
    ({ zones }) => zones.join(','),
  ),
  textColumn(
    {
      id: 'dns',
      title: 'HOST-NAME',
      copies: 'host name',
      description: 'The name that it is reached by.',
      tier: 1,
      min: 14,
      max: 90,
      grow: 2,
      cut: 'middle',
    },
    ({ dns }) => dns,
  ),
  namesColumn({ tier: 2 }),
  textColumn(
    {
      id: 'state',
      title: 'STATE',
      description: 'Its own state: active, provisioning, active_impaired or failed.',
      tier: 2,
      cell: (row) => muted(row.state),
    },
    ({ state }) => state,
  ),
  textColumn(
    {
      id: 'subnets',
      title: 'SUBNETS',
      description: 'Subnets that it has addresses in.',
      tier: 3,
      max: 90,
    },
    ({ subnets }) => subnets.join(','),
  ),
  textColumn(
    {
      id: 'groups',
      title: 'SECURITY-GROUPS',
      description: 'Its security groups.',
      tier: 3,
      max: 60,
    },
    ({ groups }) => groups.join(','),
  ),
  ageColumn(1),
];

export const loadbalancers = defineResource({
  id: 'loadbalancers',
  title: 'Load balancers',
  singular: 'loadbalancer',
  aliases: ['lb', 'elb', 'alb', 'nlb'],
  description:
    'Load balancers in the VPC, for which service, ingress or gateway they are, and how their targets do.',
  table: 'loadbalancers',
  scope: 'cluster',
  columns,
  sort: { column: 'name', descending: false },
  health,
  enter: {
    is: 'link',
    to: 'targetgroups',
    title: 'target groups of this load balancer',
    target: ({ uid, name }) => ({
      label: name,
      only: (group: { readonly balancers: readonly string[] }) => group.balancers.includes(uid),
    }),
  },
  charts: balancerCharts,
  addresses: ({ dns, names }) => [...(dns === '' ? [] : [dns]), ...(names ?? [])],
  describe: ({ row, query, ctx }) =>
    sections(
      {
        title: 'Load balancer',
        lines: [
          ['Name', toned(row.name, 'strong')],
          ['Type', row.kind],
          ['For', known(row.owner)],
          ['Of cluster', known(row.madeFor)],
          ['Scheme', known(row.scheme)],
          ['State', known(explained(row.state, row.stateReason))],
          ['Host name', known(row.dns)],
          ...(row.names === null ? [['Names', UNKNOWN] as const] : many('Names', row.names)),
          ...many('Listeners', row.listeners),
          ...many('Zones', row.zones),
          ...many('Subnets', row.subnets),
          ...many('Security groups', row.groups),
          ['Created', when(row.created, ctx)],
        ],
      },
      ...balancerGroupsSection(row, query),
    ),
  describeNeeds: ['targetgroups', 'pods', 'nodes', 'records'],
  iam: [
    'eks:DescribeCluster',
    'elasticloadbalancing:DescribeLoadBalancers',
    'elasticloadbalancing:DescribeListeners',
    'elasticloadbalancing:DescribeTags',
  ],
  empty: 'No load balancers: nothing asks for one, or they are in another VPC',
});
