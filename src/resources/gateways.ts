import { gatewayHealth, gatewayState, ROUTE_TABLES, routesOf } from '../domain/gateways.ts';
import { gatewayBalancer } from '../domain/load-balancer.ts';
import { refOf } from '../domain/ref.ts';
import type { GatewayListener, GatewayRow } from '../domain/tables/gateways.ts';
import { whyGateway } from '../domain/why/gateway.ts';
import { namesColumn, targetsColumn } from './balancer-columns.ts';
import { count, muted, NONE, UNKNOWN } from './cells.ts';
import {
  ageColumn,
  countColumn,
  labelsColumn,
  nameColumn,
  namespaceColumn,
  statusColumn,
  textColumn,
} from './columns.ts';
import { defineResource, type Column, type RowContext } from './define.ts';
import { BALANCER_TABLES } from './describe/balancer.ts';
import { describeGateway, hangsOn } from './describe/gateway.ts';
import { latticeNeeds } from './describe/lattice.ts';

const health = (row: GatewayRow, ctx: RowContext) => gatewayHealth(row, ctx.now);

/** `HTTPS:443`; those of several hosts on one port are one. */
const listenerText = ({ protocol, port }: GatewayListener): string => `${protocol}:${port}`;

const listenersText = ({ listeners }: GatewayRow): string =>
  [...new Set(listeners.map(listenerText))].join(',');

/** The hosts that its listeners take, `*` for any. */
const hostsText = ({ listeners }: GatewayRow): string =>
  [...new Set(listeners.map(({ host }) => host || '*'))].join(',');

/** Routes that its listeners count, those on several of them more than once; null: not all have. */
const attached = ({ listeners }: GatewayRow): number | null =>
  listeners.reduce<number | null>(
    (total, { routes }) => (total === null || routes === null ? null : total + routes),
    0,
  );

const columns: readonly Column<GatewayRow>[] = [
  namespaceColumn(),
  nameColumn(14, health),
  statusColumn(
    {
      description: 'Whether its controller has taken it and set it up, and what is in the way.',
      min: 14,
      max: 90,
      grow: 3,
      // It says for how long nobody has taken it.
      ticking: true,
    },
    gatewayState,
    health,
  ),
  textColumn(
    { id: 'class', title: 'CLASS', description: 'Its class.', tier: 1, rank: 1, min: 6, max: 24 },
    ({ className }) => className,
  ),
  textColumn(
    {
      id: 'controller',
      title: 'CONTROLLER',
      description: 'Who serves it, by its class.',
      tier: 2,
      min: 12,
      max: 56,
      needs: ['gatewayclasses'],
      cell: ({ controller }) => (controller === '' ? UNKNOWN : muted(controller)),
    },
    ({ controller }) => controller || null,
  ),
  textColumn(
    {
      id: 'listeners',
      title: 'LISTENERS',
      description: 'Protocol and port of each listener.',
      tier: 0,
      min: 10,
      max: 32,
      grow: 1,
    },
    listenersText,
  ),
  textColumn(
    {
      id: 'hosts',
      copies: 'hosts',
      title: 'HOSTS',
      description: 'Hosts that its listeners take; `*` for any.',
      tier: 2,
      min: 12,
      max: 60,
      grow: 1,
    },
    hostsText,
  ),
  countColumn(
    {
      id: 'routes',
      title: 'ROUTES',
      description: 'Routes attached to its listeners; one on two of them counts twice.',
      tier: 1,
      rank: 2,
      cell: (row) => count(attached(row)),
    },
    attached,
  ),
  textColumn(
    {
      id: 'address',
      copies: 'address',
      title: 'ADDRESS',
      description: 'Host name or address that leads to it.',
      tier: 1,
      rank: 0,
      min: 14,
      max: 90,
      grow: 1,
      cut: 'middle',
      sortKey: 'I',
    },
    ({ address }) => address,
  ),
  textColumn(
    {
      id: 'loadBalancer',
      title: 'LB',
      description: 'What AWS has for it, by the controller of its class.',
      tier: 1,
      min: 3,
      max: 8,
      needs: ['gatewayclasses'],
      cell: ({ controller }) => (controller === '' ? UNKNOWN : gatewayBalancer(controller) || NONE),
    },
    ({ controller }) => (controller === '' ? null : gatewayBalancer(controller)),
  ),
  targetsColumn<GatewayRow>(
    // Other controllers have a service of their own, whose balancer may be known by its name.
    ({ controller, targets }) =>
      targets !== null || controller === '' || ['alb', 'nlb'].includes(gatewayBalancer(controller)),
    { tier: 0, needs: BALANCER_TABLES },
  ),
  namesColumn({ tier: 3 }),
  ageColumn(),
  labelsColumn(),
];

export const gateways = defineResource({
  id: 'gateways',
  title: 'Gateways',
  singular: 'gateway',
  aliases: ['gtw'],
  description:
    'Gateways of Gateway API with their listeners, and the load balancer or network behind them.',
  table: 'gateways',
  scope: 'namespaced',
  columns,
  sort: { column: 'namespace', descending: false },
  health,
  why: whyGateway,
  enter: {
    is: 'link',
    to: 'httproutes',
    title: 'routes of this gateway',
    target: (row) => ({ label: row.name, to: routesOf(row), only: hangsOn(row) }),
  },
  ref: (row) => refOf('gateways', row),
  addresses: ({ address, names, listeners }) =>
    [...listeners.map(({ host }) => host), ...(names ?? []), ...address.split(',')]
      .filter((one) => one !== '')
      .map((one) => one.toLowerCase()),
  describe: describeGateway,
  describeNeeds: [
    'gatewayclasses',
    ...ROUTE_TABLES,
    'services',
    'endpointslices',
    'pods',
    'records',
    ...BALANCER_TABLES,
  ],
  describeNeedsOf: latticeNeeds.ofGateway,
  iam: [],
  empty: 'No gateways: nothing here is served by Gateway API',
});
