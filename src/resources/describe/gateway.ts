import type { Cell } from '../../core/styled.ts';
import {
  gatewayHealth,
  gatewayState,
  ROUTE_TABLES,
  routeHealth,
  routeState,
} from '../../domain/gateways.ts';
import { gatewayBalancer, isLattice } from '../../domain/load-balancer.ts';
import type { GatewayListener, GatewayRow } from '../../domain/tables/gateways.ts';
import type { RouteRow } from '../../domain/tables/gateway-routes.ts';
import type { Query } from '../../ports/query.ts';
import { status, toned } from '../cells.ts';
import type { DescribeInput, RowContext, Section } from '../define.ts';
import { balancerLinesOf, gatewayTargetsSections, targetsLine } from './balancer.ts';
import {
  conditionsSection,
  eventsSection,
  identityLines,
  type Line,
  metadataLines,
  NONE,
  sections,
  UNKNOWN,
} from './common.ts';
import { latticeGatewaySections } from './lattice.ts';
import { namesLines } from './names.ts';

/** What AWS has for a gateway, in words. */
const IN_AWS = {
  alb: 'alb',
  nlb: 'nlb',
  lattice: 'none: VPC Lattice serves it as a service network',
  '': 'none of its own that is known: another controller serves it',
} as const;

/** A gateway: who serves it, where it takes requests, which routes hang on it, and its targets. */
export function describeGateway(input: DescribeInput<GatewayRow>): readonly Section[] {
  const { row, object, events, query, ctx } = input;
  const { controller, address } = row;
  return sections(
    {
      title: 'Gateway',
      lines: [
        ...identityLines(row, ctx),
        ['Status', status(gatewayState(row), gatewayHealth(row, ctx.now))],
        ['Class', row.className],
        ['Controller', controller === '' ? UNKNOWN : controller],
        ['Load balancer', controller === '' ? UNKNOWN : IN_AWS[gatewayBalancer(controller)]],
        ['Address', addressCell(row)],
        ...namesLines(address, row.names, object, query),
        ...targetsLine(row.targets),
        ...metadataLines(object),
      ],
    },
    { title: 'Listeners', lines: row.listeners.map(listenerLine) },
    { title: 'Routes', lines: routeLines(row, query, ctx) },
    { title: 'AWS', lines: balancerLinesOf(address, query) },
    ...latticeGatewaySections(row, query),
    ...gatewayTargetsSections(row, query),
    conditionsSection(object, ctx),
    eventsSection(events, ctx),
  );
}

/** What VPC Lattice serves is called by the names of its routes. */
export const addressCell = (row: GatewayRow): Cell => {
  if (row.address !== '') return row.address;
  return isLattice(row)
    ? toned('none of its own: its routes have names of VPC Lattice', 'muted')
    : toned('none yet', 'warn');
};

/** `https  HTTPS:443 of *.shop.example.com, 2 routes`. */
function listenerLine({ name, protocol, port, host, routes, trouble }: GatewayListener): Line {
  const count = routes === null ? '? routes' : `${routes} ${routes === 1 ? 'route' : 'routes'}`;
  const said: Cell = [
    [`${protocol}:${port}`, 'accent'],
    [`  ${host || 'any host'}, ${count}`, 'text'],
  ];
  return [name, trouble === '' ? said : [...said, [`  ! ${trouble}`, 'warn']]];
}

/** The routes of every kind; of a kind that the cluster does not have there are none. */
function routeLines(gateway: GatewayRow, query: Query, ctx: RowContext): readonly Line[] {
  const lines = ROUTE_TABLES.flatMap((table): readonly Line[] => {
    const { synced, state, reason } = query.status(table);
    if (state === 'absent') return [];
    if (!synced) return [[[`? ${reason || `${table} are being read`}`, 'muted']]];
    return [...query.rows(table)]
      .filter((route) => route.gone === 0 && hangsOn(gateway)(route))
      .map((route) => [
        `${route.routeKind.replace('Route', '')} ${route.namespace}/${route.name}`,
        status(routeState(route), routeHealth(route, ctx.now)),
      ]);
  });
  return lines.length === 0 ? [NONE] : lines;
}

/** Whether a route names a gateway as its parent. */
export const hangsOn =
  ({ namespace, name }: Pick<GatewayRow, 'namespace' | 'name'>) =>
  ({ parents }: RouteRow): boolean =>
    parents.some(
      (parent) =>
        parent.kind === 'Gateway' && parent.namespace === namespace && parent.name === name,
    );
