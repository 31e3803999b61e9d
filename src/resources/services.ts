import type { Cell } from '../core/styled.ts';
import { serviceHealth } from '../domain/health.ts';
import { refOf } from '../domain/ref.ts';
import type { ServiceRow } from '../domain/rows.ts';
import { whyService } from '../domain/why/service.ts';
import { namesColumn, targetsColumn } from './balancer-columns.ts';
import { serviceCharts } from './charts/pods.ts';
import { BALANCER_TABLES, TARGET_TABLES } from './describe/balancer.ts';
import { known, muted, NONE, status, toned, UNKNOWN } from './cells.ts';
import { bySeverity } from './severity.ts';
import {
  ageColumn,
  labelsColumn,
  labelText,
  nameColumn,
  namespaceColumn,
  textColumn,
} from './columns.ts';
import { defineResource, type Column, type RowContext } from './define.ts';
import { describeService } from './describe/service.ts';
import { enterPods, TO_TRACES } from './links.ts';
import { selects } from './selects.ts';

const health = (row: ServiceRow, ctx: RowContext) => serviceHealth(row, ctx.now);

/** Ports as kubectl prints them: `80:31234/TCP,443/TCP`. */
function ports(row: ServiceRow): string {
  return row.ports
    .map(
      ({ port, nodePort, protocol }) => `${port}${nodePort > 0 ? `:${nodePort}` : ''}/${protocol}`,
    )
    .join(',');
}

/** Ready endpoints of all: `✓ 3`, `2/3` where some are still to come or broken, `✗ 0/3`. */
function endpoints(row: ServiceRow, ctx: RowContext): Cell {
  if (row.type === 'ExternalName') return NONE;
  if (row.endpointsReady === null || row.endpointsNotReady === null) return UNKNOWN;
  const all = row.endpointsReady + row.endpointsNotReady;
  const text = row.endpointsNotReady === 0 ? String(all) : `${row.endpointsReady}/${all}`;
  const { level } = health(row, ctx);
  if (all === 0 && level === 'ok') return muted('0');
  if (row.endpointsNotReady > 0 && level === 'ok') return toned(`  ${text}`, 'warn');
  // The cause stands in no column of its own: fewer than all is the cause.
  return status(text, { level, cause: '' });
}

const columns: readonly Column<ServiceRow>[] = [
  namespaceColumn(),
  nameColumn(14, health),
  textColumn(
    {
      id: 'type',
      title: 'TYPE',
      description: 'ClusterIP, NodePort, LoadBalancer or ExternalName.',
      tier: 0,
      min: 12,
      max: 12,
      cell: (row) => (row.type === 'LoadBalancer' ? row.type : muted(row.type)),
    },
    (row) => row.type,
  ),
  {
    id: 'endpointsReady',
    title: 'ENDPOINTS',
    tells: 'state',
    description: 'Endpoints that are ready, of all.',
    tier: 0,
    min: 9,
    max: 12,
    sortKey: 'S',
    sortBy: bySeverity(({ endpointsReady }) => endpointsReady, health),
    needs: ['endpointslices'],
    value: (row) => row.endpointsReady,
    cell: endpoints,
  },
  {
    id: 'endpointsNotReady',
    title: 'NOT-READY',
    description: 'Endpoints that are not ready.',
    tier: 2,
    min: 9,
    max: 9,
    align: 'right',
    descending: true,
    needs: ['endpointslices'],
    value: (row) => row.endpointsNotReady,
  },
  textColumn(
    {
      id: 'clusterIP',
      copies: 'cluster IP',
      title: 'CLUSTER-IP',
      description: 'Address inside the cluster; None for a headless service.',
      tier: 1,
      min: 12,
      sortKey: 'I',
      cell: (row) => muted(row.clusterIP),
    },
    (row) => row.clusterIP,
  ),
  textColumn(
    {
      id: 'external',
      copies: 'external address',
      title: 'EXTERNAL-IP',
      description: 'Host names of load balancers, external addresses, or the external name.',
      tier: 1,
      min: 14,
      max: 90,
      grow: 2,
      cut: 'middle',
      cell: (row) => {
        const waits = row.type === 'LoadBalancer' && row.external === '';
        return waits || row.external === '<pending>'
          ? toned('<pending>', 'warn')
          : known(row.external);
      },
    },
    (row) => row.external,
  ),
  textColumn(
    {
      id: 'ports',
      title: 'PORT(S)',
      description: 'Ports, with the node port where there is one.',
      tier: 0,
      min: 9,
      max: 40,
    },
    ports,
  ),
  textColumn(
    {
      id: 'loadBalancer',
      title: 'LB',
      description: 'Load balancer that its class and annotations ask for: classic, nlb or alb.',
      tier: 0,
      min: 4,
      max: 12,
      cell: (row) => {
        if (row.loadBalancer === '') return NONE;
        return row.internal
          ? [
              [row.loadBalancer, 'text'],
              [' int', 'muted'],
            ]
          : row.loadBalancer;
      },
    },
    (row) => row.loadBalancer,
  ),
  targetsColumn<ServiceRow>(({ type }) => type === 'LoadBalancer', {
    tier: 3,
    needs: BALANCER_TABLES,
  }),
  namesColumn({ tier: 3 }),
  ageColumn(),
  {
    id: 'internal',
    tells: 'identity',
    title: 'INTERNAL',
    description: 'Its load balancer can be reached from inside the VPC only.',
    tier: 3,
    min: 8,
    max: 8,
    value: (row) => row.internal,
    cell: (row) => muted(row.loadBalancer === '' ? '' : row.internal ? 'yes' : 'no'),
  },
  textColumn(
    {
      id: 'selector',
      title: 'SELECTOR',
      description: 'Labels of the pods behind it.',
      tier: 3,
      max: 80,
    },
    (row) => labelText(row.selector),
  ),
  labelsColumn(),
];

export const services = defineResource({
  id: 'services',
  title: 'Services',
  singular: 'service',
  aliases: ['svc'],
  description: 'Services with their endpoints, addresses and load balancers.',
  table: 'services',
  scope: 'namespaced',
  columns,
  sort: { column: 'namespace', descending: false },
  health,
  why: whyService,
  enter: enterPods('pods behind this service', selects),
  links: TO_TRACES,
  charts: serviceCharts,
  ref: (row) => refOf('services', row),
  addresses: ({ name, namespace, clusterIP, otherClusterIPs, external, names: told }) => {
    const inCluster = `${name}.${namespace}`;
    const names = [inCluster, `${inCluster}.svc`, `${inCluster}.svc.cluster.local`];
    const ips = [clusterIP, ...otherClusterIPs];
    return [...names, ...(told ?? []), ...ips, ...external.toLowerCase().split(',')];
  },
  pods: (row) => {
    const only = selects(row);
    return typeof only === 'string' ? () => false : only;
  },
  describe: describeService,
  describeNeeds: ['pods', 'nodes', 'endpointslices', 'records', ...TARGET_TABLES],
  iam: [],
  empty: 'No services here',
});
