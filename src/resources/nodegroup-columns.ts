import type { Cell } from '../core/styled.ts';
import { nodeGroupHealth } from '../domain/eks-health.ts';
import { releaseOfGroup } from '../domain/ami-release.ts';
import type { Compute, NodeGroupRow } from '../domain/rows.ts';
import { shortZone } from '../domain/zones.ts';
import { known, muted, NONE, status, toned, UNKNOWN } from './cells.ts';
import { ageColumn, capacityColumn, countColumn, nameColumn, textColumn } from './columns.ts';
import type { Column, RowContext } from './define.ts';
import { shortCompute, shortRole } from './names.ts';
import { bySeverity } from './severity.ts';
import { requestBarColumn } from './quantity-columns.ts';
import { latestColumn, releaseColumn } from './release-columns.ts';

/** A node group's health now. */
export const health = (row: NodeGroupRow, ctx: RowContext) => nodeGroupHealth(row, ctx.now);

/** What AWS tells of the subnets, else what its nodes show. */
const zonesOf = (row: NodeGroupRow) => (row.zones.length > 0 ? row.zones : row.nodeZones);
const typesOf = (row: NodeGroupRow) =>
  row.instanceTypes.length > 0 ? row.instanceTypes : row.nodeTypes;

/** Of Fargate and of Auto Scaling groups AWS tells none. */
export const versionOf = ({ version, nodeVersions }: NodeGroupRow): string | null =>
  version || (nodeVersions?.join(' ') ?? null);

const STATE: readonly Column<NodeGroupRow>[] = [
  nameColumn(14, health),
  {
    id: 'kind',
    tells: 'identity',
    title: 'KIND',
    description: 'managed, fargate, auto, karpenter, eksctl, self-managed or hybrid.',
    tier: 0,
    min: 7,
    max: 9,
    value: (row) => row.kind,
    cell: (row) => muted(shortCompute(row.kind)),
  },
  {
    id: 'status',
    title: 'STATUS',

    tells: 'state',
    description: 'Status at EKS, with the cause of what is wrong or the update in progress.',
    tier: 0,
    min: 16,
    max: 70,
    grow: 2,
    sortKey: 'S',
    sortBy: bySeverity((row) => row.status, health),
    value: (row) => (row.origin === 'nodes' ? null : row.status),
    cell: (row, ctx) =>
      status(row.status || (row.origin === 'nodes' ? 'from nodes' : ''), health(row, ctx)),
  },
  textColumn(
    {
      id: 'version',
      title: 'VER',
      description: 'Kubernetes version of the group, else of its nodes.',
      tier: 0,
      min: 4,
      max: 9,
      alsoFrom: ['nodes'],
    },
    versionOf,
  ),
  releaseColumn({
    description:
      'AMI release, with how far it is behind the latest of its type, or the name of a custom AMI: of groups that EKS does not manage that of the oldest node.',
    tier: 2,
    of: releaseOfGroup,
    alsoFrom: ['nodes', 'instances'],
  }),
  latestColumn({
    description: 'The latest release of its AMI type, by the parameters that EKS publishes.',
    tier: 3,
    of: releaseOfGroup,
    alsoFrom: ['nodes', 'instances'],
  }),
  capacityColumn((row) => row.capacity, 0),
  textColumn(
    {
      id: 'instanceTypes',
      title: 'TYPES',
      description: 'Instance types that it may have.',
      tier: 2,
      min: 10,
      grow: 1,
      cell: (row) => known(typesOf(row)?.join(' ') ?? null),
    },
    (row) => typesOf(row)?.join(',') ?? null,
  ),
];

const SIZE: readonly Column<NodeGroupRow>[] = [
  countColumn(
    { id: 'min', title: 'MIN', description: 'Fewest nodes.', tier: 0, cell: size('min') },
    (row) => row.min,
  ),
  countColumn(
    { id: 'desired', title: 'DES', description: 'Nodes wanted.', tier: 0, cell: size('desired') },
    (row) => row.desired,
  ),
  countColumn(
    { id: 'max', title: 'MAX', description: 'Most nodes.', tier: 0, cell: size('max') },
    (row) => row.max,
  ),
  {
    id: 'nodesReady',
    title: 'NODES',
    description: 'Nodes that are ready, of all.',
    tier: 0,
    min: 5,
    max: 7,
    align: 'right',
    needs: ['nodes'],
    value: (row) => row.nodesReady,
    cell: (row) => {
      if (row.nodesReady === null || row.nodesTotal === null) return UNKNOWN;
      const all = row.nodesReady === row.nodesTotal;
      return toned(`${row.nodesReady}/${row.nodesTotal}`, all ? 'text' : 'bad');
    },
  },
  {
    id: 'nodesTotal',
    title: 'TOTAL',
    description: 'Nodes there are.',
    tier: 3,
    min: 5,
    max: 5,
    align: 'right',
    needs: ['nodes'],
    value: (row) => row.nodesTotal,
  },
];

/** Kinds that are a number of nodes; the others have as many as their pods need. */
const SIZED: ReadonlySet<Compute> = new Set(['managed', 'eksctl', 'self-managed']);

function size(field: 'min' | 'desired' | 'max'): (row: NodeGroupRow) => Cell {
  return (row) => {
    const value = row[field];
    if (value === null) return SIZED.has(row.kind) ? UNKNOWN : NONE;
    // A group that cannot grow any more is why pods stay pending.
    const atMax = field === 'desired' && row.max !== null && value >= row.max && row.max > 0;
    return toned(value, atMax ? 'warn' : 'text');
  };
}

const LOAD: readonly Column<NodeGroupRow>[] = [
  {
    id: 'zones',
    title: 'AZ',
    description: 'Zones of its subnets, or of its nodes where AWS does not tell.',
    tier: 1,
    min: 8,
    max: 24,
    value: (row) => zonesOf(row)?.join(',') ?? null,
    cell: (row) => known(zonesOf(row)?.map(shortZone).join(' ') ?? null),
  },
  requestBarColumn(
    {
      id: 'cpuRequestedPercent',
      title: 'CPU/R',
      description: 'CPU that pods request, of what its nodes can give.',
      sortKey: 'C',
      needs: ['nodes', 'pods'],
    },
    (row) => row.cpuRequested,
    (row) => row.cpuAllocatable,
  ),
  requestBarColumn(
    {
      id: 'memoryRequestedPercent',
      title: 'MEM/R',
      description: 'Memory that pods request, of what its nodes can give.',
      sortKey: 'M',
      needs: ['nodes', 'pods'],
    },
    (row) => row.memoryRequested,
    (row) => row.memoryAllocatable,
  ),
  textColumn(
    {
      id: 'update',
      tells: 'moment',
      title: 'UPDATE',
      description: 'Update in progress.',
      tier: 2,
      max: 30,
      cell: (row) => (row.update === '' ? NONE : toned(row.update, 'info')),
    },
    (row) => row.update,
  ),
  ageColumn(1),
];

const WIDE: readonly Column<NodeGroupRow>[] = [
  textColumn(
    {
      id: 'health',
      tells: 'moment',
      title: 'ISSUES',
      description: 'Health issues that EKS reports.',
      tier: 3,
      max: 60,
    },
    (row) => row.health.map((issue) => issue.code).join(','),
  ),
  textColumn(
    { id: 'amiType', title: 'AMI-TYPE', description: 'Type of its AMI.', tier: 3 },
    (row) => row.amiType,
  ),
  textColumn(
    {
      id: 'selectors',
      title: 'SELECTORS',
      description: 'Pods that a Fargate profile takes: namespace and labels.',
      tier: 2,
      max: 60,
    },
    (row) => row.selectors.join(', '),
  ),
  textColumn(
    {
      id: 'asg',
      copies: 'Auto Scaling group',
      title: 'ASG',
      description: 'Auto Scaling group.',
      tier: 3,
      cut: 'middle',
      max: 60,
    },
    (row) => row.asg,
  ),
  textColumn(
    {
      id: 'role',
      copies: 'role ARN',
      title: 'IAM-ROLE',
      description: 'IAM role of its nodes or Fargate pods.',
      tier: 3,
      cell: (row) => known(shortRole(row.roleArn)),
    },
    (row) => row.roleArn,
  ),
  textColumn(
    {
      id: 'subnets',
      copies: 'subnets',
      title: 'SUBNETS',
      description: 'Subnets.',
      tier: 3,
      max: 80,
    },
    (row) => row.subnets.join(','),
  ),
  textColumn(
    { id: 'taints', title: 'TAINTS', description: 'Taints of its nodes.', tier: 3, max: 60 },
    (row) => row.taints.join(','),
  ),
];

/** The columns of the pane of node groups. */
export const nodeGroupColumns: readonly Column<NodeGroupRow>[] = [
  ...STATE,
  ...SIZE,
  ...LOAD,
  ...WIDE,
];
