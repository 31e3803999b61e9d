import { humanDuration } from '../core/duration.ts';
import { calmHealth, type Health } from '../domain/health.ts';
import { ingressBalancer } from '../domain/load-balancer.ts';
import { refOf } from '../domain/ref.ts';
import type { IngressRow } from '../domain/tables/ingresses.ts';
import { whyIngress } from '../domain/why/ingress.ts';
import { namesColumn, targetsColumn } from './balancer-columns.ts';
import { BALANCER_TABLES } from './describe/balancer.ts';
import { known, muted, NONE, toned } from './cells.ts';
import { bySeverity } from './severity.ts';
import { ageColumn, labelsColumn, nameColumn, namespaceColumn, textColumn } from './columns.ts';
import { defineResource, type Column, type RowContext } from './define.ts';
import { endpointsCell } from './endpoint-columns.ts';
import { describeIngress } from './describe/ingress.ts';

/** A load balancer is there within that time (ms). */
const PROVISIONED = 5 * 60_000;

/** Whether somebody answers behind it, and whether it has an address. */
function health(row: IngressRow, ctx: RowContext): Health {
  const calm = calmHealth(row, ctx.now);
  if (calm.level !== 'ok') return calm;
  const cause = row.trouble ?? '';
  if (cause !== '') return { level: row.endpointsReady === 0 ? 'bad' : 'warn', cause };
  if (row.address !== '') return calm;
  const waits = ctx.now - row.created;
  if (waits < PROVISIONED) return { level: 'busy', cause: 'waits for an address' };
  return { level: 'warn', cause: `no address for ${humanDuration(waits)}` };
}

const columns: readonly Column<IngressRow>[] = [
  namespaceColumn(),
  nameColumn(14, health),
  textColumn(
    {
      id: 'class',
      title: 'CLASS',
      description: 'Its class; in brackets the default one, where it names none.',
      tier: 0,
      min: 6,
      max: 24,
      alsoFrom: ['ingressclasses'],
      cell: ({ className, defaultClass }) =>
        className === '' && defaultClass !== ''
          ? toned(`(${defaultClass})`, 'muted')
          : known(className),
    },
    ({ className, defaultClass }) => className || defaultClass,
  ),
  textColumn(
    {
      id: 'hosts',
      copies: 'hosts',
      title: 'HOSTS',
      description: 'Hosts of its rules; `*` for any.',
      tier: 0,
      min: 14,
      max: 90,
      grow: 2,
    },
    ({ hosts }) => hosts.join(',') || '*',
  ),
  {
    id: 'endpointsReady',
    title: 'ENDPOINTS',
    tells: 'state',
    description: 'Ready endpoints of the services behind it, of all, and what is wrong there.',
    tier: 0,
    min: 9,
    max: 90,
    grow: 3,
    sortKey: 'S',
    sortBy: bySeverity(({ endpointsReady }) => endpointsReady, health),
    needs: ['services', 'endpointslices'],
    value: ({ endpointsReady }) => endpointsReady,
    cell: (row, ctx) => endpointsCell(row, health(row, ctx)),
  },
  textColumn(
    {
      id: 'address',
      copies: 'address',
      title: 'ADDRESS',
      description: 'Host name or address of its load balancer.',
      tier: 1,
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
      id: 'ports',
      title: 'PORTS',
      description: 'Ports as kubectl tells them: 443 where it has TLS.',
      tier: 3,
    },
    ({ tls }) => (tls.length === 0 ? '80' : '80, 443'),
  ),
  textColumn(
    {
      id: 'tls',
      title: 'TLS',
      description: 'Secrets of its certificates; those of an ALB may stand in annotations alone.',
      tier: 1,
      min: 8,
      cell: ({ tls }) => muted(secrets(tls)),
    },
    ({ tls }) => secrets(tls),
  ),
  textColumn(
    {
      id: 'loadBalancer',
      title: 'LB',
      description: 'Load balancer of its own, by its class; none where a proxy serves it.',
      tier: 0,
      min: 3,
      max: 8,
      alsoFrom: ['ingressclasses'],
      cell: (row) => {
        const balancer = ingressBalancer(row);
        if (balancer === '') return NONE;
        return isInternal(row)
          ? [
              [balancer, 'text'],
              [' int', 'muted'],
            ]
          : balancer;
      },
    },
    (row) => ingressBalancer(row),
  ),
  targetsColumn<IngressRow>((row) => ingressBalancer(row) !== '', {
    tier: 3,
    needs: BALANCER_TABLES,
  }),
  namesColumn({ tier: 3 }),
  ageColumn(),
  labelsColumn(),
];

/** The AWS controllers make it internal unless they are asked for more. */
const isInternal = ({ scheme }: IngressRow): boolean => scheme !== 'internet-facing';

const secrets = (tls: IngressRow['tls']): string =>
  tls.map(({ secretName }) => secretName || '(by the controller)').join(',');

export const ingresses = defineResource({
  id: 'ingresses',
  title: 'Ingresses',
  singular: 'ingress',
  aliases: ['ing'],
  description: 'Ingresses with their hosts, load balancers, and whether somebody answers behind.',
  table: 'ingresses',
  scope: 'namespaced',
  columns,
  sort: { column: 'namespace', descending: false },
  health,
  why: whyIngress,
  enter: {
    is: 'link',
    to: 'services',
    title: 'services behind this ingress',
    target: ({ name, namespace, backends }) => {
      const names = new Set(backends.map(({ service }) => service).filter(Boolean));
      if (names.size === 0) return { none: `${name} leads to no service` };
      return {
        label: name,
        namespace,
        only: (row: { readonly namespace: string; readonly name: string }) =>
          row.namespace === namespace && names.has(row.name),
      };
    },
  },
  ref: (row) => refOf('ingresses', row),
  addresses: ({ hosts, address, names }) =>
    [...hosts, ...(names ?? []), ...address.split(',')].map((one) => one.toLowerCase()),
  describe: describeIngress,
  describeNeeds: [
    'services',
    'endpointslices',
    'ingressclasses',
    'pods',
    'records',
    ...BALANCER_TABLES,
  ],
  iam: [],
  empty: 'No ingresses here',
});
