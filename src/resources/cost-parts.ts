/** The parts of a cost: the nodes of a group, the workloads of a namespace. */
import { MONTH_HOURS } from '../domain/prices.ts';
import type { BaseRow } from '../domain/rows.ts';
import type { CostPart, CostRow } from '../domain/tables/costs.ts';
import { muted, percentOf } from './cells.ts';
import { countColumn, namespaceColumn, textColumn } from './columns.ts';
import type { Column } from './define.ts';
import { defineParts, type Enter } from './enter.ts';
import { dollars, idleColumn, moneyColumn } from './money.ts';
import { shortObject } from './names.ts';

interface PartRow extends BaseRow, CostPart {}

const partShare = ({ idle, hour }: PartRow): number | null =>
  idle === null || hour === null ? null : percentOf(idle, hour);

const partColumns: readonly Column<PartRow>[] = [
  namespaceColumn(),
  textColumn(
    {
      id: 'name',
      title: 'NAME',
      description: 'The node, or the workload.',
      tier: 0,
      min: 14,
      max: 60,
      grow: 2,
      cut: 'middle',
      sortKey: 'N',
      cell: ({ kind, name }) => shortObject(kind, name),
    },
    ({ kind, name }) => `${kind}/${name}`,
  ),
  moneyColumn(
    { id: 'hour', title: '$/HOUR', description: 'US dollars an hour.', tier: 0, sortKey: 'C' },
    ({ hour }) => hour,
  ),
  moneyColumn(
    { id: 'month', title: '$/MONTH', description: `The same for ${MONTH_HOURS} hours.`, tier: 0 },
    ({ hour }) => (hour === null ? null : hour * MONTH_HOURS),
  ),
  idleColumn('Share of the node that no pod requests.', ({ kind }) => kind === 'Node', partShare),
  countColumn({ id: 'pods', title: 'PODS', description: 'Pods.', tier: 0 }, ({ pods }) => pods),
  textColumn(
    {
      id: 'note',
      title: 'WHAT',
      description: 'Instance type, and how it is paid where that is not on demand.',
      tier: 0,
      min: 12,
      max: 60,
      grow: 1,
      cell: ({ note }) => muted(note),
    },
    ({ note }) => note,
  ),
];

/** Enter on a cost opens what it is made of. */
export const costParts: Enter<CostRow> = {
  is: 'parts',
  title: 'its nodes or workloads, and what each costs',
  parts: defineParts<CostRow, PartRow>({
    id: 'cost-parts',
    title: 'What it costs',
    singular: 'part',
    description: 'The nodes of a group or the workloads of a namespace, the dearest first.',
    columns: partColumns,
    sort: { column: '', descending: false },
    health: () => ({ level: 'ok', cause: '' }),
    empty: 'It has no parts: groups and namespaces have',
    needs: [],
    rows: ({ row: { parts, cluster } }) =>
      parts.map((part) => ({
        ...part,
        ...{ uid: `${part.kind}/${part.namespace}/${part.name}`, created: 0, gone: 0, cluster },
      })),
    enter: {
      is: 'text',
      title: 'what it is made of',
      text: ({ hour, idle, note, pods }) => [
        hour === null ? 'the list has no price for it' : `$${dollars(hour)} an hour by the list`,
        ...(idle === null ? [] : [`$${dollars(idle)} of it is requested by no pod`]),
        `${pods} pods`,
        note,
      ],
    },
  }),
};
