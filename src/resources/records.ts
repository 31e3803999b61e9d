import type { Health } from '../domain/health.ts';
import type { LoadBalancerRow } from '../domain/tables/loadbalancers.ts';
import type { RecordRow } from '../domain/tables/records.ts';
import { known, muted, NONE, toned } from './cells.ts';
import { countColumn, nameColumn, textColumn } from './columns.ts';
import { defineResource, type Column } from './define.ts';
import { many, sections } from './describe/common.ts';

const health = (row: RecordRow): Health => ({ level: row.gone > 0 ? 'gone' : 'ok', cause: '' });

const columns: readonly Column<RecordRow>[] = [
  { ...nameColumn<RecordRow>(20, health), copies: 'host name' },
  textColumn(
    {
      id: 'types',
      title: 'TYPE',
      description: 'A, AAAA or CNAME, and whether it is an alias.',
      tier: 1,
      min: 6,
      max: 16,
      cell: ({ types, isAlias }) => muted(`${types.join(' ')}${isAlias ? ' alias' : ''}`),
    },
    ({ types }) => types.join(','),
  ),
  textColumn(
    {
      id: 'targets',
      title: 'LEADS-TO',
      description: 'Host names or addresses that it is answered with.',
      tier: 0,
      min: 20,
      max: 90,
      grow: 1,
      cut: 'middle',
      copies: 'target',
    },
    ({ targets }) => targets.join(', '),
  ),
  textColumn(
    {
      id: 'balancers',
      title: 'FOR',
      description:
        'For what the load balancer in the VPC was made that it leads to; none: it leads elsewhere.',
      tier: 0,
      tells: 'state',
      sortKey: 'S',
      min: 24,
      max: 50,
      grow: 2,
      needs: ['loadbalancers'],
    },
    ({ balancers }) => balancers?.join(', ') ?? null,
  ),
  textColumn(
    {
      id: 'zone',
      title: 'ZONE',
      description: 'Its hosted zone, and whether that is private.',
      tier: 1,
      min: 10,
      max: 40,
      cell: ({ zone, isPrivate }) => muted(isPrivate ? `${zone} (private)` : zone),
    },
    ({ zone }) => zone,
  ),
  countColumn(
    {
      id: 'ttl',
      title: 'TTL',
      description: 'How long answers are kept (s); an alias has none of its own.',
      tier: 2,
      cell: ({ ttl }) => (ttl === null ? NONE : String(ttl)),
    },
    ({ ttl }) => ttl,
  ),
  textColumn(
    {
      id: 'policy',
      title: 'POLICY',
      description:
        'How it is chosen among others of its name: by weight, latency, place or failover.',
      tier: 1,
      min: 6,
      max: 24,
    },
    ({ policy }) => policy,
  ),
];

export const records = defineResource({
  id: 'records',
  title: 'DNS records',
  singular: 'record',
  aliases: ['dns', 'route53', 'r53'],
  description: 'Names in the hosted zones of Route 53, and which load balancer each leads to.',
  table: 'records',
  scope: 'cluster',
  columns,
  sort: { column: 'name', descending: false },
  health,
  enter: {
    is: 'link',
    to: 'loadbalancers',
    title: 'the load balancer that it leads to',
    target: ({ name, targets, balancers }) =>
      balancers?.length === 0
        ? { none: `${name} leads to no load balancer in this VPC` }
        : {
            label: name,
            only: ({ dns }: Pick<LoadBalancerRow, 'dns'>) => dns !== '' && targets.includes(dns),
          },
  },
  addresses: ({ name }) => [name],
  describe: ({ row }) =>
    sections({
      title: 'DNS record',
      lines: [
        ['Name', toned(row.name, 'strong')],
        ['Type', `${row.types.join(', ')}${row.isAlias ? ', an alias' : ''}`],
        ...many('Leads to', row.targets),
        ['For', known(row.balancers?.join(', ') ?? null)],
        ['Hosted zone', `${row.zone} ${row.zoneId}${row.isPrivate ? ', private' : ''}`],
        ['TTL', row.ttl === null ? NONE : `${row.ttl} s`],
        ['Policy', row.policy || NONE],
      ],
    }),
  describeNeeds: ['loadbalancers'],
  iam: ['route53:ListHostedZones', 'route53:ListResourceRecordSets'],
  empty: 'No records with addresses or host names in hosted zones of this account',
});
