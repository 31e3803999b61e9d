import type { Segment } from '../../core/styled.ts';
import {
  gatewayHealth,
  gatewayState,
  parentName,
  pathIn,
  routeHealth,
  routeState,
} from '../../domain/gateways.ts';
import { wordsOf, type Verdict } from '../../domain/tables/gateway-api.ts';
import type { HttpRouteRow, RouteBackend, RouteParent } from '../../domain/tables/httproutes.ts';
import type { Query } from '../../ports/query.ts';
import { status } from '../cells.ts';
import type { DescribeInput, RowContext, Section } from '../define.ts';
import { backendState } from './backend-state.ts';
import { balancerLinesOf, routeTargetsSections, targetsLine } from './balancer.ts';
import {
  eventsSection,
  identityLines,
  type Line,
  many,
  metadataLines,
  sections,
} from './common.ts';
import { namesLines } from './names.ts';

/** A route: what its gateways say of it, and where its rules send. */
export function describeHttpRoute(input: DescribeInput<HttpRouteRow>): readonly Section[] {
  const { row, object, events, query, ctx } = input;
  return sections(
    {
      title: 'HTTP route',
      lines: [
        ...identityLines(row, ctx),
        ['Status', status(routeState(row), routeHealth(row, ctx.now))],
        ...many('Hosts', row.hostnames.length === 0 ? ['all of its gateways'] : row.hostnames),
        ...(row.latticeName === '' ? [] : [['VPC Lattice', row.latticeName] as const]),
        ...metadataLines(object),
      ],
    },
    ...row.parents.map((parent) => parentSection(parent, input)),
    {
      title: 'Rules',
      lines: row.backends.map((backend) => backendLine(backend, row, query, ctx)),
    },
    ...routeTargetsSections(row, query),
    eventsSection(events, ctx),
  );
}

/** What a parent says of the route, and how it does itself. */
function parentSection(
  parent: RouteParent,
  { row, object, query, ctx }: DescribeInput<HttpRouteRow>,
): Section {
  const lines: Line[] = [
    ['Accepted', verdictCell(parent.accepted)],
    ['ResolvedRefs', verdictCell(parent.resolved)],
  ];
  const title = `${parent.kind} ${parentName({ ...parent, kind: 'Gateway' }, row.namespace)}`;
  if (parent.kind !== 'Gateway') return { title, lines };
  const gateway = query.named('gateways', parent.namespace, parent.name);
  if (gateway === undefined) {
    const known = query.status('gateways').synced;
    lines.push(['Gateway', known ? [['✗ no such gateway', 'bad']] : [['?', 'muted']]]);
    return { title, lines };
  }
  const { address, names, targets } = gateway;
  lines.push(
    ['Gateway', status(gatewayState(gateway), gatewayHealth(gateway, ctx.now))],
    ['Address', address === '' ? [['none yet', 'warn']] : address],
    ...namesLines(address, names, object, query),
    ...targetsLine(targets),
    ...balancerLinesOf(address, query),
  );
  return { title, lines };
}

/** `✓ True`, `✗ False  NotAllowedByListeners: …`; nothing said is not known. */
function verdictCell(verdict: Verdict): readonly Segment[] {
  const { status: said } = verdict;
  if (said === '') return [['? nobody has said so far', 'muted']];
  if (said === 'True') {
    return [
      ['✓ ', 'good'],
      ['True', 'muted'],
    ];
  }
  const tone = said === 'False' ? 'bad' : 'info';
  return [
    [said === 'False' ? '✗ ' : '… ', tone],
    [said, tone],
    [`  ${wordsOf(verdict)}`, 'text'],
  ];
}

/** `/api` to `api:80`, its share, and its ready endpoints. */
function backendLine(
  { match, service, namespace, port, weight, resource }: RouteBackend,
  row: HttpRouteRow,
  query: Query,
  ctx: RowContext,
): Line {
  const share = weight === 1 ? '' : ` ×${weight}`;
  if (service === '') return [match, `${resource || 'no backend: requests get an error'}${share}`];
  const name = pathIn(row.namespace, { namespace, name: service });
  return [
    match,
    [
      [`${name}${port === '' ? '' : `:${port}`}`, 'accent'],
      [`${share}  `, 'muted'],
      ...backendState(namespace, service, query, ctx),
    ],
  ];
}
