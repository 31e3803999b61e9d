/** The containers of one pod, made from the row of the pod and its usage. */
import type { ClusterKey } from '../domain/cluster-key.ts';
import type { Health } from '../domain/health.ts';
import { shortImage } from '../domain/image.ts';
import { exitText } from '../domain/pod-cause.ts';
import type { ContainerInfo, ContainerSpec, PodRow } from '../domain/rows.ts';
import { usageOf } from '../domain/share.ts';
import { known, muted, status, toned } from './cells.ts';
import { countColumn, nameColumn, textColumn, timeColumn } from './columns.ts';
import { consumptionColumns } from './consumption-columns.ts';
import type { Column, RowContext } from './define.ts';
import { defineParts } from './enter.ts';
import { bySeverity } from './severity.ts';
import { specColumn } from './quantity-columns.ts';

/** A container with the pod it is of and what it uses. */
export interface ContainerRow extends Omit<ContainerInfo, 'spec'>, ContainerSpec {
  /** `pod uid/name`. */
  readonly uid: string;
  readonly namespace: string;
  readonly pod: string;
  readonly created: number;
  readonly gone: number;
  readonly cluster: ClusterKey;
  readonly cpu: number | null;
  readonly memory: number | null;
}

/** The rows of a pod's containers, init containers first, as the pod has them. */
export function containerRows(pod: PodRow): readonly ContainerRow[] {
  return pod.containers.map(({ spec, ...container }, i) => {
    const [cpu, memory] = (pod.gone === 0 ? usageOf(pod, i) : null) ?? [null, null];
    return {
      ...container,
      ...spec,
      uid: `${pod.uid}/${container.name}`,
      namespace: pod.namespace,
      pod: pod.name,
      created: pod.created,
      gone: pod.gone,
      cluster: pod.cluster,
      cpu,
      memory,
    };
  });
}

/** How a container does: what ended badly or waits for a reason is a problem. */
export function containerHealth(row: ContainerRow): Health {
  return { level: levelOf(row), cause: causeOf(row) };
}

const STARTING: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing', '']);

function levelOf(row: ContainerRow): Health['level'] {
  if (row.gone > 0) return 'gone';
  switch (row.state) {
    case 'running':
      return row.ready || row.role === 'ephemeral' ? 'ok' : 'warn';
    case 'waiting':
      return STARTING.has(row.reason) ? 'busy' : 'bad';
    case 'terminated':
      // However a shell for debugging was left: nobody waits for it.
      if (row.role === 'ephemeral') return 'ok';
      return row.lastExit !== null && row.lastExit.exitCode !== 0 ? 'bad' : 'ok';
    case 'unknown':
      return 'busy';
  }
}

/** How it ended the last time, where that is the news: `OOMKilled 137`. */
function causeOf(row: ContainerRow): string {
  const exit = row.lastExit;
  if (exit !== null && (row.state === 'waiting' || exit.exitCode !== 0)) return exitText(exit);
  if (row.state === 'waiting' && !STARTING.has(row.reason)) return row.message;
  return row.state === 'running' && !row.ready && row.role !== 'ephemeral' ? 'not ready' : '';
}

/** The state in one word: the reason where there is one, as in the STATUS of pods. */
export function containerWord(row: ContainerRow): string {
  if (row.reason !== '') return row.reason;
  if (row.state === 'unknown') return 'Not started';
  return row.state.charAt(0).toUpperCase() + row.state.slice(1);
}

const health = (row: ContainerRow) => containerHealth(row);

const columns: readonly Column<ContainerRow>[] = [
  nameColumn(12, health),
  textColumn(
    {
      id: 'role',
      title: 'ROLE',
      description: 'main, init, sidecar or ephemeral.',
      tier: 0,
      min: 4,
      max: 9,
      cell: (row) => muted(row.role),
    },
    (row) => row.role,
  ),
  {
    id: 'ready',
    title: 'READY',
    description: 'Whether it is ready.',
    tier: 0,
    min: 5,
    max: 5,
    value: (row) => row.ready,
    cell: (row) =>
      toned(
        row.ready ? 'yes' : 'no',
        row.ready || containerHealth(row).level === 'ok' ? 'muted' : 'warn',
      ),
  },
  {
    id: 'status',
    title: 'STATE',

    tells: 'state',
    description: 'State with its reason, and how it ended the last time.',
    tier: 0,
    min: 16,
    max: 80,
    grow: 2,
    sortKey: 'S',
    ticking: true,
    sortBy: bySeverity(containerWord, health),
    value: containerWord,
    cell: (row, ctx: RowContext) =>
      status(containerWord(row), containerHealth(row), { at: row.lastExit?.at ?? 0, ctx }),
  },
  countColumn(
    { id: 'restarts', title: 'RST', description: 'Restarts.', tier: 0, sortKey: 'T' },
    (row) => row.restarts,
  ),
  ...consumptionColumns<ContainerRow>({ used: 0, share: 2 }, (row, what) => ({
    used: what === 'cpuRequest' || what === 'cpuLimit' ? row.cpu : row.memory,
    of: row[what],
  })),
  textColumn(
    {
      id: 'image',
      copies: 'image',
      title: 'IMAGE',
      description: 'Image, without its registry.',
      tier: 0,
      min: 12,
      max: 80,
      grow: 2,
      cut: 'middle',
      cell: (row) => known(shortImage(row.image)),
    },
    (row) => row.image,
  ),
  textColumn(
    {
      id: 'probes',
      title: 'PROBES',
      description: 'Probes that are configured.',
      tier: 2,
      max: 27,
      cell: (row) => (row.probes === '' ? toned('none', 'muted') : row.probes),
    },
    (row) => row.probes,
  ),
  textColumn(
    { id: 'ports', title: 'PORTS', description: 'Ports that it names.', tier: 1, max: 40 },
    (row) => row.ports.join(' '),
  ),
  timeColumn(
    {
      id: 'since',
      title: 'AGE',
      description: 'Since when it is in this state.',
      tier: 0,
      sortKey: 'A',
    },
    (row) => row.since,
  ),
  specColumn(
    { id: 'cpuRequest', title: 'CPU/R', description: 'CPU requested.', tier: 3, unit: 'cores' },
    (row) => row.cpuRequest,
  ),
  specColumn(
    { id: 'cpuLimit', title: 'CPU/L', description: 'CPU limit.', tier: 3, unit: 'cores' },
    (row) => row.cpuLimit,
  ),
  specColumn(
    {
      id: 'memoryRequest',
      title: 'MEM/R',
      description: 'Memory requested.',
      tier: 3,
      unit: 'bytes',
    },
    (row) => row.memoryRequest,
  ),
  specColumn(
    { id: 'memoryLimit', title: 'MEM/L', description: 'Memory limit.', tier: 3, unit: 'bytes' },
    (row) => row.memoryLimit,
  ),
  textColumn(
    {
      id: 'message',
      copies: 'message',
      title: 'MESSAGE',
      description: 'What the kubelet says.',
      tier: 3,
      max: 120,
    },
    (row) => row.message,
  ),
];

/** What enter on a pod shows. */
export const containers = defineParts<PodRow, ContainerRow>({
  id: 'containers',
  title: 'Containers',
  singular: 'container',
  description: 'The containers of one pod, init containers first.',
  columns,
  // As the pod declares them: init containers first.
  sort: { column: '', descending: false },
  health,
  empty: 'the pod is gone',
  needs: ['podusage'],
  rows: ({ row }) => containerRows(row),
  enter: { is: 'logs', title: 'logs of this container' },
});
