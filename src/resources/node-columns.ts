import { nodeHealth } from '../domain/health.ts';
import { capacityOfNode, groupOfNode } from '../domain/compute.ts';
import type { NodeRow } from '../domain/rows.ts';
import { muted, percent, percentOf, status, UNKNOWN } from './cells.ts';
import { priceColumn } from './node-machine-columns.ts';
import { ageColumn, capacityColumn, nameColumn, textColumn, zoneColumn } from './columns.ts';
import type { Column, RowContext } from './define.ts';
import { wideNodeColumns } from './node-wide-columns.ts';
import { shortCompute, shortNode, sortableIp } from './names.ts';
import { bySeverity } from './severity.ts';
import { requestBarColumn, usageColumn } from './quantity-columns.ts';

/** A node's health now. */
export const health = (row: NodeRow, ctx: RowContext) => nodeHealth(row, ctx.now);

const STATE: readonly Column<NodeRow>[] = [
  nameColumn(15, health, { shown: shortNode }),
  {
    id: 'status',
    title: 'STATUS',

    tells: 'state',
    description: 'Status as kubectl prints it, with the conditions that are wrong.',
    tier: 0,
    min: 12,
    max: 60,
    grow: 1,
    sortKey: 'S',
    ticking: true,
    sortBy: bySeverity((row) => row.status, health),
    value: (row) => row.status,
    cell: (row, ctx) =>
      status(row.status, health(row, ctx), { at: row.isReady ? 0 : row.readySince, ctx }),
  },
  textColumn(
    {
      id: 'group',
      title: 'GROUP',
      description: 'Node group, node pool or Fargate profile.',
      tier: 0,
      min: 7,
      max: 14,
      cut: 'middle',
      // Fargate and self-managed nodes carry no label: pods and Auto Scaling groups tell.
      needs: ['pods'],
      alsoFrom: ['nodegroups'],
    },
    groupOfNode,
  ),
  textColumn(
    {
      id: 'instanceType',
      title: 'TYPE',
      description: 'Instance type.',
      tier: 0,
      min: 9,
      max: 20,
    },
    (row) => row.instanceType,
  ),
  { ...capacityColumn(capacityOfNode, 1), alsoFrom: ['nodegroups'] },
  priceColumn,
  zoneColumn((row) => row.zone, 0),
];

const LOAD: readonly Column<NodeRow>[] = [
  {
    id: 'pods',
    title: 'PODS',
    description: 'Pods on it, of those that it can have.',
    tier: 0,
    min: 6,
    max: 7,
    align: 'right',
    descending: true,
    needs: ['pods'],
    value: (row) => row.pods,
    cell: (row) => {
      if (row.pods === null) return UNKNOWN;
      const full = percentOf(row.pods, row.podsAllocatable) ?? 0;
      return [
        [String(row.pods), full >= 95 ? 'warn' : 'text'],
        [`/${row.podsAllocatable}`, 'muted'],
      ];
    },
  },
  {
    id: 'cpuPercent',
    title: 'CPU%',
    description: 'CPU used now, of what pods can have.',
    tier: 0,
    min: 4,
    max: 4,
    align: 'right',
    descending: true,
    sortKey: 'C',
    needs: ['nodeusage'],
    value: (row) => percentOf(row.cpu, row.cpuAllocatable),
    cell: (row) => percent(percentOf(row.cpu, row.cpuAllocatable)),
  },
  {
    id: 'memoryPercent',
    title: 'MEM%',
    description: 'Memory used now, of what pods can have.',
    tier: 0,
    min: 4,
    max: 4,
    align: 'right',
    descending: true,
    sortKey: 'M',
    needs: ['nodeusage'],
    value: (row) => percentOf(row.memory, row.memoryAllocatable),
    cell: (row) => percent(percentOf(row.memory, row.memoryAllocatable)),
  },
  requestBarColumn(
    {
      id: 'cpuRequestedPercent',
      title: 'CPU/R',
      description: 'CPU that its pods request, of what they can have.',
      needs: ['pods'],
    },
    (row) => row.cpuRequested,
    (row) => row.cpuAllocatable,
  ),
  requestBarColumn(
    {
      id: 'memoryRequestedPercent',
      title: 'MEM/R',
      description: 'Memory that its pods request, of what they can have.',
      needs: ['pods'],
    },
    (row) => row.memoryRequested,
    (row) => row.memoryAllocatable,
  ),
];

const PLACE: readonly Column<NodeRow>[] = [
  textColumn(
    {
      id: 'compute',
      title: 'KIND',
      description:
        'Kind of compute: managed, fargate, auto, karpenter, eksctl, self-managed or hybrid.',
      tier: 2,
      max: 9,
      cell: (row) => muted(shortCompute(row.compute)),
    },
    (row) => row.compute,
  ),
  textColumn(
    {
      id: 'version',
      title: 'VERSION',
      description: 'Version of the kubelet.',
      tier: 2,
      max: 12,
      cell: (row) => muted(row.version.split('-eks-', 1)[0] ?? ''),
    },
    (row) => row.version,
  ),
  textColumn(
    {
      id: 'internalIP',
      copies: 'internal IP',
      title: 'INTERNAL-IP',
      description: 'Address in the VPC.',
      tier: 2,
      max: 39,
      sortKey: 'I',
      sortBy: (row) => (row.internalIP === '' ? null : sortableIp(row.internalIP)),
    },
    (row) => row.internalIP,
  ),
  textColumn(
    {
      id: 'instanceId',
      copies: 'instance id',
      title: 'INSTANCE',
      description: 'Id of the EC2 instance, or of the hybrid node in Systems Manager.',
      tier: 2,
      min: 19,
      max: 20,
      cell: (row) => muted(row.instanceId),
    },
    (row) => row.instanceId,
  ),
  textColumn(
    {
      id: 'taints',
      tells: 'moment',
      title: 'TAINTS',
      description: 'Taints: what keeps pods away.',
      tier: 2,
      grow: 1,
      max: 40,
      cell: (row) => muted(row.taints.join(' ')),
    },
    (row) => row.taints.join(','),
  ),
  ageColumn(),
  usageColumn(
    {
      id: 'cpu',
      title: 'CPU',
      description: 'CPU used now, by metrics-server.',
      tier: 2,
      unit: 'cores',
      needs: ['nodeusage'],
    },
    (row) => row.cpu,
  ),
  usageColumn(
    {
      id: 'memory',
      title: 'MEM',
      description: 'Memory used now, by metrics-server.',
      tier: 2,
      unit: 'bytes',
      needs: ['nodeusage'],
    },
    (row) => row.memory,
  ),
];

/** The columns of the pane of nodes. */
export const nodeColumns: readonly Column<NodeRow>[] = [
  ...STATE,
  ...LOAD,
  ...PLACE,
  ...wideNodeColumns,
];
