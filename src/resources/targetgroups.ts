import { targetsTold } from '../domain/balancer-targets.ts';
import type { Health } from '../domain/health.ts';
import type { TargetGroupRow } from '../domain/tables/targetgroups.ts';
import { targetsHealth } from './balancer-columns.ts';
import { known, muted, status, toned } from './cells.ts';
import { nameColumn, textColumn } from './columns.ts';
import { defineResource, type Column } from './define.ts';
import { enterPods, podsAt } from './links.ts';
import { groupTargets } from './describe/balancer.ts';
import { sections } from './describe/common.ts';
import { targetGroupCharts } from './charts/balancers.ts';

function health(row: TargetGroupRow): Health {
  if (row.error !== '') return { level: 'warn', cause: row.error };
  if (row.targets.length === 0) return { level: 'warn', cause: 'no targets' };
  return targetsHealth(targetsTold([row]));
}

const healthyOf = (row: TargetGroupRow): string => {
  const told = targetsTold([row]);
  return told === null ? '?' : `${told.healthy}/${told.all}`;
};

const columns: readonly Column<TargetGroupRow>[] = [
  { ...nameColumn<TargetGroupRow>(16, health), max: 32 },
  {
    id: 'healthy',
    title: 'HEALTHY',
    description: 'Targets that get traffic, of all, and the balancer’s reason where some do not.',
    tier: 0,
    tells: 'state',
    min: 14,
    max: 60,
    grow: 1,
    sortKey: 'S',
    value: healthyOf,
    sortBy: (row) => {
      const told = targetsTold([row]);
      return told === null || told.all === 0 ? null : told.healthy / told.all;
    },
    cell: (row) => status(healthyOf(row), health(row)),
  },
  textColumn(
    {
      id: 'targetType',
      title: 'TO',
      description: 'What its targets are: ip (pods), instance (node ports), lambda or alb.',
      tier: 0,
      min: 8,
      max: 8,
    },
    ({ targetType }) => targetType,
  ),
  textColumn(
    {
      id: 'port',
      title: 'PORT',
      description: 'Protocol and port that targets get traffic on.',
      tier: 0,
      min: 9,
      max: 12,
    },
    ({ protocol, port }) => [protocol, port ?? ''].filter(Boolean).join(':'),
  ),
  textColumn(
    {
      id: 'for',
      title: 'FOR',
      description:
        'The service that it was made for, or ingress or gateway and service, by its tags.',
      tier: 0,
      min: 12,
      max: 60,
      grow: 1,
    },
    ({ services, resource }) => services.join(',') || resource,
  ),
  textColumn(
    {
      id: 'balancers',
      title: 'BALANCER',
      description: 'Load balancers that send to it.',
      tier: 1,
      min: 12,
      max: 64,
    },
    ({ balancerNames }) => balancerNames.join(','),
  ),
  textColumn(
    {
      id: 'check',
      title: 'HEALTH-CHECK',
      description: 'How the balancer checks its targets: protocol, port and path.',
      tier: 1,
      min: 12,
      cell: ({ check }) => muted(check),
    },
    ({ check }) => check,
  ),
];

export const targetgroups = defineResource({
  id: 'targetgroups',
  title: 'Target groups',
  singular: 'targetgroup',
  aliases: ['tg', 'targets'],
  description:
    'Target groups of load balancers: which pods and nodes get traffic, and why others do not.',
  table: 'targetgroups',
  scope: 'cluster',
  columns,
  sort: { column: 'name', descending: false },
  health,
  enter: enterPods<TargetGroupRow>(
    'pods that are targets of this group',
    ({ name, targetType, targets }) =>
      targetType === 'ip'
        ? podsAt(targets.map(({ id }) => id))
        : `${name} sends to node ports: d shows its nodes`,
  ),
  charts: targetGroupCharts,
  describe: ({ row, query }) =>
    sections(
      {
        title: 'Target group',
        lines: [
          ['Name', toned(row.name, 'strong')],
          // Classic load balancers have no groups: their instances are shown as one.
          ...(row.uid.startsWith('arn:') ? [['ARN', muted(row.uid)] as const] : []),
          ['For', known(row.services.join(', ') || row.resource)],
          ['Load balancers', known(row.balancerNames.join(', '))],
          ['Sends to', known([row.targetType, row.protocol, row.port].filter(Boolean).join(' '))],
          ['Health check', known(row.check)],
        ],
      },
      { title: 'Targets', lines: groupTargets(row, query) },
    ),
  describeNeeds: ['pods', 'nodes'],
  iam: [
    'eks:DescribeCluster',
    'elasticloadbalancing:DescribeLoadBalancers',
    'elasticloadbalancing:DescribeTargetGroups',
    'elasticloadbalancing:DescribeTargetHealth',
    'elasticloadbalancing:DescribeInstanceHealth',
    'elasticloadbalancing:DescribeTags',
  ],
  empty: 'No target groups: no load balancer sends to this cluster',
});
