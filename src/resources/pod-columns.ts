import { roleOfPod } from '../domain/identity.ts';
import { podHealth } from '../domain/health.ts';
import type { PodRow } from '../domain/rows.ts';
import { shareOf } from '../domain/share.ts';
import { known, muted, status, toned } from './cells.ts';
import {
  ageColumn,
  capacityColumn,
  countColumn,
  labelsColumn,
  nameColumn,
  namespaceColumn,
  textColumn,
  timeColumn,
  zoneColumn,
  zoneIdColumn,
} from './columns.ts';
import { consumptionColumns } from './consumption-columns.ts';
import type { Column, RowContext } from './define.ts';
import { shortWord } from '../domain/why/pod/scheduler-says.ts';
import { shortNode, shortRole, sortableIp } from './names.ts';
import { placeColumns } from './pod-place-columns.ts';
import { bySeverity } from './severity.ts';
import { specColumn } from './quantity-columns.ts';

/** A pod's health now. */
export const health = (row: PodRow, ctx: RowContext) => podHealth(row, ctx.now);

/**
 * A cause in as few words as still tell it: which obstacles keep how many nodes away, and not that a
 * container that exited with a code ended in an `Error`.
 */
function shortCause(cause: string): string {
  return shortWord(cause).replace(/^(exit \d+) \(Error\)$/, '$1');
}

const STATE: readonly Column<PodRow>[] = [
  namespaceColumn(),
  nameColumn(18, health),
  {
    id: 'ready',
    title: 'READY',
    description: 'Containers that are ready, of all.',
    tier: 0,
    min: 5,
    max: 7,
    value: (row) => `${row.ready}/${row.total}`,
    sortBy: (row) => (row.total === 0 ? 1 : row.ready / row.total),
    cell: (row) => {
      const calm = row.ready === row.total || row.phase === 'Succeeded';
      return toned(`${row.ready}/${row.total}`, calm ? 'muted' : 'warn');
    },
  },
  {
    id: 'status',
    title: 'STATUS',

    tells: 'state',
    description: 'Status as kubectl prints it, with its cause and since when.',
    tier: 0,
    min: 24,
    max: 80,
    grow: 2,
    sortKey: 'S',
    ticking: true,
    sortBy: bySeverity((row) => row.status, health),
    value: (row) => row.status,
    cell: (row, ctx) => {
      const { level, cause } = health(row, ctx);
      return status(row.status, { level, cause: shortCause(cause) }, { at: row.causeAt, ctx });
    },
  },
  countColumn(
    {
      id: 'restarts',
      title: 'RST',
      description: 'Restarts of its containers.',
      tier: 0,
      sortKey: 'T',
    },
    (row) => row.restarts,
  ),
];

const ADDRESS: readonly Column<PodRow>[] = [
  textColumn(
    {
      id: 'ip',
      copies: 'IP',
      title: 'IP',
      description: 'IP of the pod: with the VPC CNI an address of the VPC.',
      tier: 1,
      min: 9,
      sortKey: 'I',
      sortBy: (row) => (row.ip === '' ? null : sortableIp(row.ip)),
      // A host network pod has no address of its own: it is the node's.
      cell: (row) => (row.hostNetwork ? muted(row.ip) : known(row.ip)),
    },
    (row) => row.ip,
  ),
  zoneColumn((row) => row.zone, 0, ['nodes']),
];

const PLACE: readonly Column<PodRow>[] = [
  textColumn(
    {
      id: 'node',
      copies: 'node',
      title: 'NODE',
      description: 'Node it runs on.',
      tier: 1,
      rank: 2,
      min: 13,
      max: 17,
      cut: 'middle',
      cell: (row) => known(shortNode(row.node)),
    },
    (row) => row.node,
  ),
  textColumn(
    {
      id: 'group',
      title: 'GROUP',
      description: 'Node group, node pool or Fargate profile that it runs in.',
      tier: 1,
      max: 14,
      cut: 'middle',
      needs: ['nodes'],
      alsoFrom: ['nodegroups'],
    },
    (row) => row.group,
  ),
  capacityColumn((row) => row.capacity, 1, ['nodes']),
  timeColumn(
    { id: 'lastRestart', title: 'LAST-RST', description: 'When it last restarted.', tier: 2 },
    (row) => row.lastRestart,
  ),
  ageColumn(),
];

const WIDE: readonly Column<PodRow>[] = [
  textColumn(
    {
      id: 'cause',
      title: 'CAUSE',
      description: 'Cause behind the status.',
      tier: 3,
      max: 120,
      tells: 'moment',
    },
    (row) => row.cause,
  ),
  specColumn(
    {
      id: 'cpuRequest',
      title: 'CPU/R',
      description: 'CPU that its containers request.',
      tier: 3,
      unit: 'cores',
    },
    (row) => row.cpuRequest,
  ),
  specColumn(
    {
      id: 'cpuLimit',
      title: 'CPU/L',
      description: 'CPU limit of its containers.',
      tier: 3,
      unit: 'cores',
    },
    (row) => row.cpuLimit,
  ),
  specColumn(
    {
      id: 'memoryRequest',
      title: 'MEM/R',
      description: 'Memory that its containers request.',
      tier: 3,
      unit: 'bytes',
    },
    (row) => row.memoryRequest,
  ),
  specColumn(
    {
      id: 'memoryLimit',
      title: 'MEM/L',
      description: 'Memory limit of its containers.',
      tier: 3,
      unit: 'bytes',
    },
    (row) => row.memoryLimit,
  ),
  zoneIdColumn((row) => row.zoneId, ['nodes']),
  ...placeColumns,
  textColumn(
    {
      id: 'instanceType',
      title: 'INSTANCE-TYPE',
      description: 'Instance type of its node.',
      tier: 3,
      needs: ['nodes'],
    },
    (row) => row.instanceType,
  ),
  textColumn(
    { id: 'serviceAccount', title: 'SERVICE-ACCOUNT', description: 'Service account.', tier: 3 },
    (row) => row.serviceAccount,
  ),
  textColumn(
    {
      id: 'role',
      copies: 'role ARN',
      title: 'IAM-ROLE',
      description:
        'IAM role that it gets: of the Pod Identity association of its service account (not on Fargate), else of its annotation (IRSA).',
      tier: 3,
      needs: ['serviceaccounts'],
      alsoFrom: ['podidentities'],
      cell: (row) => {
        const role = roleOfPod(row);
        return known(role === null ? null : shortRole(role));
      },
    },
    roleOfPod,
  ),
  textColumn(
    { id: 'qos', title: 'QOS', description: 'Quality of service.', tier: 3 },
    (row) => row.qos,
  ),
  textColumn(
    {
      id: 'owner',
      title: 'OWNER',
      description: 'The workload behind it.',
      tier: 3,
      max: 60,
      cut: 'middle',
    },
    (row) => (row.workload === '' ? '' : `${row.workloadKind}/${row.workload}`),
  ),
  labelsColumn(),
];

/** The columns of the pane of pods. */
export const podColumns: readonly Column<PodRow>[] = [
  ...STATE,
  ...ADDRESS,
  ...consumptionColumns<PodRow>({ used: 1, share: 2 }, shareOf),
  ...PLACE,
  ...WIDE,
];
