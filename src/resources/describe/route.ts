import type { Segment } from '../../core/styled.ts';
import {
  gatewayHealth,
  gatewayState,
  parentName,
  pathIn,
  routeHealth,
  routeState,
} from '../../domain/gateways.ts';
import { lets } from '../../domain/reference-grants.ts';
import { isStale, wordsOf, type Verdict } from '../../domain/tables/gateway-api.ts';
import type { RouteBackend, RouteParent, RouteRow } from '../../domain/tables/gateway-routes.ts';
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
import { addressCell } from './gateway.ts';
import { latticeRouteSections } from './lattice.ts';
import { namesLines } from './names.ts';

/** A route: what its gateways say of it, and where its rules send. */
export function describeRoute(input: DescribeInput<RouteRow>): readonly Section[] {
  const { row, object, events, query, ctx } = input;
  return sections(
    {
      title: row.routeKind.replace('Route', ' route'),
      lines: [
        ...identityLines(row, ctx),
        ['Status', status(routeState(row), routeHealth(row, ctx.now))],
        ...hostLines(row),
        ...metadataLines(object),
      ],
    },
    ...row.parents.map((parent) => parentSection(parent, input)),
    {
      title: 'Rules',
      lines: row.backends.map((backend) => backendLine(backend, row, query, ctx)),
    },
    ...latticeRouteSections(row, query),
    ...routeTargetsSections(row, query),
    eventsSection(events, ctx),
  );
}

/** Connections without TLS, and datagrams, are of no host. */
const HOSTLESS: ReadonlySet<string> = new Set(['TCPRoute', 'UDPRoute']);

function hostLines({ routeKind, hostnames }: RouteRow): readonly Line[] {
  if (hostnames.length > 0) return many('Hosts', hostnames);
  return HOSTLESS.has(routeKind) ? [] : [['Hosts', 'all of its gateways']];
}

/** What a parent says of the route, and how it does itself. */
function parentSection(
  parent: RouteParent,
  { row, object, query, ctx }: DescribeInput<RouteRow>,
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
    ['Address', addressCell(gateway)],
    ...namesLines(address, names, object, query),
    ...targetsLine(targets),
    ...balancerLinesOf(address, query),
  );
  return { title, lines };
}

/** `✓ True`, `✗ False  NotAllowedByListeners: …`; nothing said is not known. */
function verdictCell(verdict: Verdict): readonly Segment[] {
  const { status: said } = verdict;
  if (isStale(verdict)) {
    return [
      ['… not judged yet', 'info'],
      [`  was ${verdict.before} before its latest change`, 'text'],
    ];
  }
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
  row: RouteRow,
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
      ...grantState({ namespace, name: service }, row, query),
    ],
  ];
}

/** What lets a route name a service of another namespace: nothing of its own needs to. */
function grantState(
  service: { readonly namespace: string; readonly name: string },
  row: RouteRow,
  query: Query,
): readonly Segment[] {
  if (service.namespace === row.namespace) return [];
  for (const grant of query.rows('referencegrants')) {
    if (grant.gone === 0 && lets(grant, row, service))
      return [[`  by reference grant ${grant.name}`, 'muted']];
  }
  return query.status('referencegrants').synced
    ? [[`  ✗ no reference grant in ${service.namespace} lets it`, 'bad']]
    : [['  ? reference grants are not known', 'muted']];
}
