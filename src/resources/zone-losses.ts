/** What the loss of a zone does to each workload that has pods there. */
import type { Health } from '../domain/health.ts';
import type { BaseRow, WorkloadLoss, ZoneRow } from '../domain/rows.ts';
import { shortZone } from '../domain/zones.ts';
import { muted, nameTone, toned } from './cells.ts';
import { countColumn, namespaceColumn, textColumn } from './columns.ts';
import type { Column } from './define.ts';
import { defineParts, type Enter } from './enter.ts';
import { shortObject } from './names.ts';

interface LossRow extends BaseRow, WorkloadLoss {}

const lossHealth = ({ pods, total, budgets, homeless, held }: LossRow): Health => {
  if (pods === total) return { level: 'bad', cause: '' };
  return { level: budgets.length > 0 || homeless > 0 || held !== '' ? 'warn' : 'ok', cause: '' };
};

/** What becomes of it in words; empty: the others go on. */
export const effects = ({
  pods,
  total,
  budgets,
  homeless,
  why,
  held,
  volumes,
}: WorkloadLoss): string =>
  [
    pods === total ? 'loses all its pods' : '',
    ...budgets.map((budget) => `PDB ${budget}`),
    homeless > 0 ? `${homeless} without a place: ${why}` : '',
    held,
    volumes.length > 0 ? `volumes ${volumes.join(', ')}` : '',
  ]
    .filter((each) => each !== '')
    .join(' · ');

/** Its pods by zone. */
export const spreadText = ({ spread }: WorkloadLoss): string =>
  spread.map(([zone, count]) => `${shortZone(zone)} ${count}`).join(' · ');

const lossColumns: readonly Column<LossRow>[] = [
  namespaceColumn(),
  textColumn(
    {
      id: 'workload',
      title: 'WORKLOAD',
      description: 'Whose pods are lost.',
      tier: 0,
      min: 14,
      max: 60,
      grow: 2,
      cut: 'middle',
      sortKey: 'N',
      cell: (row) => toned(shortObject(row.kind, row.name), nameTone(lossHealth(row).level)),
    },
    ({ kind, name }) => `${kind}/${name}`,
  ),
  countColumn(
    { id: 'pods', title: 'LOST', description: 'Its pods in the zone.', tier: 0 },
    ({ pods }) => pods,
  ),
  countColumn({ id: 'total', title: 'OF', description: 'All its pods.', tier: 0 }, (r) => r.total),
  textColumn(
    {
      id: 'effect',
      title: 'EFFECT',
      description:
        'What becomes of it: all lost, under its budget, without a place, held back by its spread, volumes stuck.',
      tier: 0,
      min: 20,
      max: 200,
      grow: 4,
    },
    effects,
  ),
  textColumn(
    {
      id: 'spread',
      title: 'SPREAD',
      description: 'All its pods by zone.',
      tier: 1,
      min: 8,
      max: 30,
    },
    spreadText,
  ),
  textColumn(
    {
      id: 'cause',
      title: 'WHY-UNEVEN',
      description:
        'Why its pods lie badly over the zones: all in one, or two more in one than an even share.',
      tier: 1,
      min: 20,
      max: 60,
      grow: 1,
      cell: ({ cause }) => muted(cause),
    },
    ({ cause }) => cause,
  ),
];

/** Enter on a zone: what falls with it. */
export const ENTER_LOSSES: Enter<ZoneRow> = {
  is: 'parts',
  title: 'what falls if this zone goes',
  parts: defineParts<ZoneRow, LossRow>({
    id: 'zone-losses',
    title: 'If this zone goes',
    singular: 'loss',
    description: 'What the loss of the zone does to each workload that has pods there.',
    columns: lossColumns,
    sort: { column: '', descending: false },
    health: lossHealth,
    empty: 'Nothing but daemon sets runs in this zone',
    needs: [],
    rows: ({ row }) => [...row.losses].sort(bySeverity).map((loss) => lossRow(row, loss)),
    enter: {
      is: 'text',
      title: 'what becomes of it',
      text: (loss) => [
        effects(loss) || 'the others go on',
        `its pods by zone: ${spreadText(loss)}`,
        loss.cause,
      ],
    },
  }),
};

/** How bad it is: 0 where nothing is. */
export const weight = ({ pods, total, budgets, homeless, held }: WorkloadLoss): number =>
  (pods === total ? 4 : 0) +
  (budgets.length > 0 ? 2 : 0) +
  (homeless > 0 ? 1 : 0) +
  (held === '' ? 0 : 0.5);

/** The worst first. */
export const bySeverity = (a: WorkloadLoss, b: WorkloadLoss): number =>
  weight(b) - weight(a) || b.pods - a.pods;

function lossRow({ cluster }: ZoneRow, loss: WorkloadLoss): LossRow {
  const { kind, namespace, name } = loss;
  return { ...loss, uid: `${kind}/${namespace}/${name}`, created: 0, gone: 0, cluster };
}
