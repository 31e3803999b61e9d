import { calmHealth } from '../domain/health.ts';
import { refOf } from '../domain/ref.ts';
import type { PriorityClassRow } from '../domain/tables/priorityclasses.ts';
import { muted, NONE, toned } from './cells.ts';
import {
  ageColumn,
  countColumn,
  labelsColumn,
  nameColumn,
  textColumn,
  flagColumn,
} from './columns.ts';
import {
  defineResource,
  type Column,
  type DescribeInput,
  type RowContext,
  type Section,
} from './define.ts';
import { eventsSection, metadataLines, sections, when } from './describe/common.ts';

const health = (row: PriorityClassRow, ctx: RowContext) => calmHealth(row, ctx.now);

const columns: readonly Column<PriorityClassRow>[] = [
  nameColumn(24, health),
  countColumn(
    {
      id: 'value',
      title: 'VALUE',
      tells: 'identity',
      description: 'Pods of a higher one are scheduled first.',
      tier: 0,
      min: 11,
      max: 17,
      sortKey: 'C',
      cell: ({ value }) => String(value),
    },
    ({ value }) => value,
  ),
  flagColumn(
    {
      id: 'globalDefault',
      title: 'GLOBAL-DEFAULT',
      description: 'Whether pods that name no class are of this one.',
      tier: 0,
    },
    ({ globalDefault }) => globalDefault,
    (flag) => (flag ? toned('true', 'good') : NONE),
  ),
  textColumn(
    {
      id: 'preemption',
      title: 'PREEMPTION',
      description: 'Whether its pods push out those of a lower one where there is no room.',
      tier: 1,
      min: 20,
    },
    ({ preemption }) => preemption,
  ),
  ageColumn(),
  textColumn(
    {
      id: 'description',
      title: 'DESCRIPTION',
      description: 'What it is for.',
      tier: 2,
      max: 90,
      cell: ({ description }) => muted(description),
    },
    ({ description }) => description,
  ),
  labelsColumn(),
];

function describe({
  row,
  object,
  events,
  ctx,
}: DescribeInput<PriorityClassRow>): readonly Section[] {
  return sections(
    {
      title: 'Priority class',
      lines: [
        ['Name', toned(row.name, 'strong')],
        ['Value', String(row.value)],
        ['Default', row.globalDefault ? 'yes, for pods that name no class' : 'no'],
        [
          'Preemption',
          row.preemption === 'Never'
            ? 'never: its pods wait for room'
            : 'its pods push out those of lower priority where there is no room',
        ],
        ['For', muted(row.description)],
        ['Created', when(row.created, ctx)],
        ...metadataLines(object),
      ],
    },
    eventsSection(events, ctx),
  );
}

export const priorityclasses = defineResource({
  id: 'priorityclasses',
  title: 'Priority classes',
  singular: 'priorityclass',
  aliases: ['pc'],
  description: 'Priority classes: which pods are scheduled first, and push out others.',
  table: 'priorityclasses',
  scope: 'cluster',
  columns,
  sort: { column: 'value', descending: true },
  health,
  ref: (row) => refOf('priorityclasses', row),
  describe,
  iam: [],
  empty: 'No priority classes: they may not be read',
});
