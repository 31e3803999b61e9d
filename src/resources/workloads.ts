/** What deployments, stateful sets, daemon sets and replica sets have in common. */
import type { Tone } from '../core/styled.ts';
import { workloadHealth } from '../domain/health.ts';
import type { WorkloadRow } from '../domain/rows.ts';
import { rollout } from '../domain/rollout.ts';
import { isPodOf } from '../domain/workload-pods.ts';
import { zoneSpread } from '../domain/zones.ts';
import { count, known, muted, status, toned, UNKNOWN } from './cells.ts';
import {
  ageColumn,
  countColumn,
  labelsColumn,
  nameColumn,
  namespaceColumn,
  textColumn,
} from './columns.ts';
import type { Column, RowContext } from './define.ts';
import type { Enter } from './enter.ts';
import { enterPods } from './links.ts';
import { bySeverity } from './severity.ts';
import { CONTAINERS, IMAGES, MANAGED_BY, SELECTOR, SERVICE_ACCOUNT } from './template-columns.ts';

export const health = (row: WorkloadRow, ctx: RowContext) => workloadHealth(row, ctx.now);

const READY: Column<WorkloadRow> = {
  id: 'ready',
  title: 'READY',
  description: 'Pods that are ready, of those wanted.',
  tier: 0,
  min: 5,
  max: 9,
  value: (row) => `${row.ready}/${row.desired}`,
  sortBy: (row) => (row.desired === 0 ? 1 : row.ready / row.desired),
  cell: (row) => toned(`${row.ready}/${row.desired}`, readyTone(row)),
};

function readyTone({ ready, desired }: WorkloadRow): Tone {
  if (ready >= desired) return desired === 0 ? 'muted' : 'text';
  return ready === 0 ? 'bad' : 'warn';
}

const STATUS: Column<WorkloadRow> = {
  id: 'status',
  title: 'ROLLOUT',

  tells: 'state',
  description: 'State of the rollout, in the words of kubectl rollout status.',
  tier: 0,
  min: 18,
  max: 90,
  grow: 3,
  sortKey: 'S',
  sortBy: bySeverity((row) => rollout(row).text, health),
  value: (row) => rollout(row).text,
  cell: (row, ctx) => {
    const { text } = rollout(row);
    if (isRetired(row)) return toned(text, 'muted');
    const { level, cause } = health(row, ctx);
    // What is wrong tells more than how far the rollout is with it; READY has the numbers.
    return cause === ''
      ? status(shortly(text), { level, cause })
      : status(cause, { level, cause: shortly(text) });
  },
};

/** A replica set of an earlier revision, kept only to be rolled back to. */
function isRetired(row: WorkloadRow): boolean {
  return row.kind === 'ReplicaSet' && row.desired === 0 && row.current === 0;
}

/** What is well is said in few words. */
function shortly(text: string): string {
  return text.replace('successfully ', '').replace('all replicas are ', '');
}

/** READY already tells how many there are: the other counts only stand out when they differ. */
function partColumn(
  column: Pick<Column<WorkloadRow>, 'id' | 'title' | 'description'>,
  part: (row: WorkloadRow) => number,
): Column<WorkloadRow> {
  return countColumn(
    {
      ...column,
      tier: 2,
      cell: (row) => count(part(row), part(row) < row.desired ? 'warn' : 'text'),
    },
    part,
  );
}

const DESIRED = countColumn<WorkloadRow>(
  { id: 'desired', title: 'DESIRED', description: 'Pods wanted.', tier: 2 },
  (row) => row.desired,
);

const CURRENT = countColumn<WorkloadRow>(
  { id: 'current', title: 'CURRENT', description: 'Pods there are.', tier: 2 },
  (row) => row.current,
);

const UPDATED = partColumn(
  { id: 'updated', title: 'UP-TO-DATE', description: 'Pods of the newest revision.' },
  (row) => row.updated,
);

const AVAILABLE = partColumn(
  { id: 'available', title: 'AVAILABLE', description: 'Pods ready for as long as is asked.' },
  (row) => row.available,
);

const ZONES: Column<WorkloadRow> = {
  id: 'zones',
  title: 'AZ SPREAD',
  description: 'Pods in each zone: `a2 b2 c1`. All of several pods in one zone is a warning.',
  tier: 0,
  min: 9,
  max: 24,
  needs: ['pods', 'nodes'],
  value: (row) => row.zones && zoneSpread(row.zones),
  cell: (row) => {
    if (row.zones === null) return UNKNOWN;
    const used = row.zones.filter(([, pods]) => pods > 0);
    const total = used.reduce((sum, [, pods]) => sum + pods, 0);
    const text = zoneSpread(row.zones);
    return used.length === 1 && total > 1 ? toned(text, 'warn') : known(text);
  },
};

const REVISION = textColumn<WorkloadRow>(
  {
    id: 'revision',
    title: 'REV',
    description: 'Revision of the rollout.',
    tier: 2,
    min: 3,
    max: 10,
    cell: (row) => muted(row.revision),
    sortBy: (row) => Number(row.revision) || row.revision,
  },
  (row) => row.revision,
);

const HPA = textColumn<WorkloadRow>(
  {
    id: 'hpa',
    title: 'HPA',
    description: 'The horizontal pod autoscaler that owns the number of replicas.',
    tier: 1,
    max: 14,
    cut: 'middle',
    needs: ['hpas'],
    cell: (row) => (row.hpa === null || row.hpa === '' ? muted(row.hpa) : toned(row.hpa, 'info')),
  },
  (row) => row.hpa,
);

const WIDE: readonly Column<WorkloadRow>[] = [
  MANAGED_BY,
  textColumn(
    { id: 'strategy', title: 'STRATEGY', description: 'How pods are replaced.', tier: 3 },
    (row) => row.strategy,
  ),
  CONTAINERS,
  SERVICE_ACCOUNT,
  SELECTOR,
  labelsColumn(),
];

/** The columns of a workload pane. A replica set has one revision and rolls nothing out. */
export function workloadColumns(
  kind: WorkloadRow['kind'],
  own: readonly Column<WorkloadRow>[] = [],
): readonly Column<WorkloadRow>[] {
  const counts = kind === 'ReplicaSet' ? [DESIRED, CURRENT, AVAILABLE] : [UPDATED, AVAILABLE];
  return [
    namespaceColumn(),
    nameColumn(18, health, { quiet: isRetired }),
    READY,
    STATUS,
    ...counts,
    ZONES,
    ...own,
    REVISION,
    ...(kind === 'Deployment' || kind === 'StatefulSet' ? [HPA] : []),
    IMAGES,
    ageColumn(),
    ...WIDE,
  ];
}

/** Enter leads to the pods of the workload. */
export function toPods(title: string): Enter<WorkloadRow> {
  return enterPods<WorkloadRow>(title, isPodOf);
}
