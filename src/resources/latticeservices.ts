import type { Health } from '../domain/health.ts';
import { objectAt } from '../domain/ref.ts';
import type { LatticeServiceRow } from '../domain/tables/latticeservices.ts';
import { targetsColumn, targetsHealth } from './balancer-columns.ts';
import { known, muted, toned, UNKNOWN } from './cells.ts';
import { ageColumn, nameColumn, statusColumn, textColumn } from './columns.ts';
import { defineResource, type Column } from './define.ts';
import { podsAt, toObject, toPods } from './links.ts';
import { sections } from './describe/common.ts';
import { latticeGroupsSections, latticeLines } from './describe/lattice.ts';

/** Its own state, then that of what it belongs to, then that of its targets. */
function health(row: LatticeServiceRow): Health {
  const { status, reason, networks, targets } = row;
  if (row.gone > 0) return { level: 'gone', cause: '' };
  if (status.endsWith('_FAILED')) return { level: 'bad', cause: reason };
  if (status.endsWith('_IN_PROGRESS')) return { level: 'busy', cause: '' };
  const failed = networks?.find((each) => /_FAILED$/.test(`${each.status}${each.vpcStatus}`));
  if (failed !== undefined) {
    const cause = `service network ${failed.name}: ${failed.status}, VPC ${failed.vpcStatus}`;
    return { level: 'bad', cause };
  }
  if (networks?.length === 0) return { level: 'warn', cause: 'no service network of the VPC' };
  return targetsHealth(targets);
}

const ROUTE_SOURCES = ['httproutes', 'grpcroutes', 'tlsroutes'] as const;

interface LatticeRoute {
  readonly kind: 'HTTPRoute' | 'GRPCRoute' | 'TLSRoute';
  readonly namespace: string;
  readonly name: string;
}

/** The route that a service stands for; null where that is not known. */
function routeOf({
  httpRoute,
  grpcRoute,
  tlsRoute,
}: LatticeServiceRow): LatticeRoute | 'none' | null {
  const routes = [
    ['HTTPRoute', httpRoute],
    ['GRPCRoute', grpcRoute],
    ['TLSRoute', tlsRoute],
  ] as const;
  for (const [kind, path] of routes) {
    if (path === null || path === '') continue;
    return { kind, ...objectAt(path) };
  }
  // Many clusters have no routes for TLS.
  return httpRoute === null || grpcRoute === null ? null : 'none';
}

/** `httproute shop/partner-api`. */
function routeText(row: LatticeServiceRow): string | null {
  const route = routeOf(row);
  if (route === null) return null;
  if (route === 'none') return '';
  return `${route.kind.toLowerCase()} ${route.namespace}/${route.name}`;
}

const columns: readonly Column<LatticeServiceRow>[] = [
  nameColumn(14, health),
  statusColumn(
    {
      description: 'Its state in VPC Lattice, and what keeps requests from it.',
      min: 14,
      max: 90,
      grow: 2,
    },
    ({ status }) => status,
    health,
  ),
  textColumn(
    {
      id: 'route',
      title: 'ROUTE',
      description:
        'The route of Gateway API that it stands for; none: of this cluster it is of none.',
      ...{ tier: 1, rank: 0 },
      min: 12,
      max: 60,
      grow: 1,
      cut: 'middle',
      alsoFrom: ROUTE_SOURCES,
      cell: (row) => known(routeText(row)),
    },
    routeText,
  ),
  { ...targetsColumn<LatticeServiceRow>(() => true, { tier: 0 }), max: 32 },
  textColumn(
    {
      id: 'networks',
      title: 'NETWORKS',
      description: 'Service networks through which the VPC of the cluster reaches it.',
      tier: 0,
      min: 8,
      max: 40,
      grow: 1,
      cell: ({ networks }) =>
        networks === null ? UNKNOWN : muted(networks.map(({ name }) => name).join(',')),
    },
    ({ networks }) => networks?.map(({ name }) => name).join(',') ?? null,
  ),
  textColumn(
    {
      id: 'dns',
      copies: 'host name',
      title: 'HOST-NAME',
      description: 'The name that VPC Lattice gave it.',
      tier: 1,
      min: 14,
      max: 90,
      grow: 1,
      cut: 'middle',
    },
    ({ dns }) => dns,
  ),
  textColumn(
    {
      id: 'customName',
      title: 'OWN-NAME',
      description: 'The name that its owner gave it.',
      tier: 2,
      min: 12,
      max: 60,
      cut: 'middle',
    },
    ({ customName }) => customName,
  ),
  ageColumn(1),
];

export const latticeservices = defineResource({
  id: 'latticeservices',
  title: 'Services of VPC Lattice',
  singular: 'latticeservice',
  aliases: ['lattice'],
  description:
    'Services of VPC Lattice that the VPC reaches or that send into it, with their service networks, and how their targets do.',
  table: 'latticeservices',
  scope: 'cluster',
  columns,
  sort: { column: 'name', descending: false },
  health,
  enter: {
    is: 'link',
    to: 'httproutes',
    title: 'the route that it stands for',
    target: (row, query) => {
      const route = routeOf(row);
      if (route === null) return { none: `which route ${row.name} stands for is not known` };
      if (route === 'none') return { none: `${row.name} stands for no route of this cluster` };
      return toObject(route.kind, route.namespace, route.name, query);
    },
  },
  links: {
    o: toPods<LatticeServiceRow>('pods that are targets of this service', ({ name, groups }) =>
      groups === null
        ? `whom ${name} sends to is not known`
        : podsAt(groups.flatMap(({ targets }) => targets).map(({ id }) => id)),
    ),
  },
  addresses: ({ dns, customName }) => [dns, customName].filter((name) => name !== ''),
  describe: ({ row, query }) =>
    sections(
      {
        title: 'Service of VPC Lattice',
        lines: [
          ['Name', toned(row.name, 'strong')],
          ['ARN', muted(row.uid)],
          ['Route', known(routeText(row))],
          ...latticeLines(row),
          ['Own name', known(row.customName)],
        ],
      },
      ...latticeGroupsSections(row, query),
    ),
  describeNeeds: ['pods', 'nodes', ...ROUTE_SOURCES],
  iam: [
    'eks:DescribeCluster',
    'vpc-lattice:ListServices',
    'vpc-lattice:ListServiceNetworkVpcAssociations',
    'vpc-lattice:ListServiceNetworkServiceAssociations',
    'vpc-lattice:ListTargetGroups',
    'vpc-lattice:ListTargets',
    'vpc-lattice:GetService',
  ],
  empty: 'No services of VPC Lattice: the VPC of this cluster is in no service network with any',
});
