/** The panes of routes of Gateway API, which differ in name alone. */
import type { Segment } from '../core/styled.ts';
import {
  parentName,
  pathIn,
  type ROUTE_TABLES,
  routeHealth,
  routeState,
} from '../domain/gateways.ts';
import { calmHealth, type Health } from '../domain/health.ts';
import { refOf } from '../domain/ref.ts';
import type { RouteBackend, RouteParent, RouteRow } from '../domain/tables/gateway-routes.ts';
import { whyRoute } from '../domain/why/route.ts';
import {
  ageColumn,
  labelsColumn,
  nameColumn,
  namespaceColumn,
  statusColumn,
  textColumn,
} from './columns.ts';
import { NONE } from './cells.ts';
import { defineResource, type Column, type RowContext } from './define.ts';
import { BALANCER_TABLES } from './describe/balancer.ts';
import { latticeNeeds } from './describe/lattice.ts';
import { describeRoute } from './describe/route.ts';
import { endpointsCell } from './endpoint-columns.ts';

const health = (row: RouteRow, ctx: RowContext) => routeHealth(row, ctx.now);

/** Whether somebody answers, alone: what is wrong stands in its status. */
function endpointsHealth(row: RouteRow, ctx: RowContext): Health {
  const calm = calmHealth(row, ctx.now);
  if (calm.level !== 'ok' || (row.trouble ?? '') === '') return { ...calm, cause: '' };
  return { level: row.endpointsReady === 0 ? 'bad' : 'warn', cause: '' };
}

/** What a gateway says is read off the tone: refused, not yet taken, or what is not there. */
function parentTone({ accepted, resolved }: RouteParent): Segment[1] {
  if (accepted.status === 'False' || resolved.status === 'False') return 'bad';
  return accepted.status === 'True' ? 'text' : 'muted';
}

/** `api:8080`, `shop/api:8080 ×90`: its weight where that is not the usual one. */
function backendText(
  { service, namespace, port, weight, resource }: RouteBackend,
  own: string,
): string {
  const name = service === '' ? resource : pathIn(own, { namespace, name: service });
  return `${name}${port === '' ? '' : `:${port}`}${weight === 1 ? '' : ` ×${weight}`}`;
}

const backendsText = ({ backends, namespace }: RouteRow): string =>
  [...new Set(backends.map((backend) => backendText(backend, namespace)))]
    .filter((text) => text !== '')
    .join(', ');

const LATTICE: Column<RouteRow> = textColumn(
  {
    id: 'latticeName',
    copies: 'VPC Lattice name',
    title: 'LATTICE',
    description: 'The name of the VPC Lattice service that stands for it.',
    tier: 3,
    min: 12,
    max: 90,
    cut: 'middle',
  },
  ({ latticeName }) => latticeName,
);

const HOSTS: Column<RouteRow> = textColumn(
  {
    id: 'hosts',
    copies: 'hosts',
    title: 'HOSTS',
    description: 'Hosts that it takes; `*` for all of its gateways.',
    tier: 0,
    min: 12,
    max: 90,
    grow: 2,
  },
  ({ hostnames }) => hostnames.join(',') || '*',
);

const columns = (named: boolean): readonly Column<RouteRow>[] => [
  namespaceColumn(),
  nameColumn(14, health),
  statusColumn(
    {
      description:
        'Whether its gateways take it and what it names is there, and which services have no ready endpoint.',
      min: 13,
      max: 90,
      grow: 3,
      alsoFrom: ['services', 'endpointslices', 'referencegrants'],
    },
    routeState,
    health,
  ),
  ...(named ? [HOSTS] : []),
  textColumn(
    {
      id: 'gateways',
      title: 'GATEWAYS',
      description:
        'What it hangs on, with the listener where it means one; red where that refuses.',
      tier: 0,
      min: 8,
      max: 48,
      grow: 1,
      cell: ({ parents, namespace }) =>
        parents.length === 0
          ? NONE
          : parents.flatMap((parent, i): Segment[] => [
              ...(i === 0 ? [] : [[',', 'muted'] as const]),
              [parentName(parent, namespace), parentTone(parent)],
            ]),
    },
    ({ parents, namespace }) => parents.map((parent) => parentName(parent, namespace)).join(','),
  ),
  textColumn(
    {
      id: 'backends',
      title: 'BACKENDS',
      description: 'Services and ports that it sends to, and their weights where they have some.',
      tier: 1,
      min: 12,
      max: 80,
      grow: 1,
    },
    backendsText,
  ),
  {
    id: 'endpointsReady',
    title: 'ENDPOINTS',
    tells: 'state',
    description: 'Ready endpoints of the services behind it, of all.',
    tier: 0,
    min: 9,
    max: 12,
    needs: ['services', 'endpointslices'],
    value: ({ endpointsReady }) => endpointsReady,
    cell: (row, ctx) => endpointsCell(row, endpointsHealth(row, ctx)),
  },
  ...(named ? [LATTICE] : []),
  ageColumn(),
  labelsColumn(),
];

/** What is declared of a pane of routes. */
interface RoutePane {
  readonly table: (typeof ROUTE_TABLES)[number];
  readonly title: string;
  readonly aliases: readonly string[];
  readonly description: string;
  /** Its routes may be of some hosts alone. */
  readonly named: boolean;
}

/** The pane of a kind of routes. */
export const routeResource = ({ table, title, aliases, description, named }: RoutePane) =>
  defineResource({
    id: table,
    title,
    singular: table.replace(/s$/, ''),
    aliases,
    description,
    table,
    columns: columns(named),
    scope: 'namespaced',
    sort: { column: 'namespace', descending: false },
    health,
    why: whyRoute,
    enter: {
      is: 'link',
      to: 'services',
      title: 'services behind this route',
      target: ({ name, namespace, backends }) => {
        const behind = backends.filter(({ service }) => service !== '');
        if (behind.length === 0) return { none: `${name} leads to no service` };
        const paths = new Set(behind.map((each) => `${each.namespace}/${each.service}`));
        return {
          label: name,
          ...(behind.every((each) => each.namespace === namespace) && { namespace }),
          only: (row: { readonly namespace: string; readonly name: string }) =>
            paths.has(`${row.namespace}/${row.name}`),
        };
      },
    },
    links: {
      J: {
        to: 'gateways',
        title: 'its gateways',
        target: ({ name, parents }) => {
          const own = parents.filter(({ kind }) => kind === 'Gateway');
          if (own.length === 0) return { none: `${name} hangs on no gateway` };
          const paths = new Set(own.map((each) => `${each.namespace}/${each.name}`));
          return {
            label: name,
            only: (row: { readonly namespace: string; readonly name: string }) =>
              paths.has(`${row.namespace}/${row.name}`),
          };
        },
      },
    },
    ref: (row) => ({ ...refOf(table, row), version: row.version }),
    ...(named && {
      addresses: ({ hostnames, latticeName }: RouteRow) =>
        [...hostnames, latticeName].filter((one) => one !== '').map((one) => one.toLowerCase()),
    }),
    describe: describeRoute,
    describeNeeds: [
      'services',
      'endpointslices',
      'gateways',
      'gatewayclasses',
      'referencegrants',
      'pods',
      'records',
      ...BALANCER_TABLES,
    ],
    describeNeedsOf: latticeNeeds.ofRoute,
    iam: [],
    empty: `No ${title} here`,
  });
