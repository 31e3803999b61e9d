import { humanDuration } from '../core/duration.ts';
import { updateHealth } from '../domain/eks-health.ts';
import type { UpdateRow } from '../domain/rows.ts';
import { known, muted, NONE, status, toned } from './cells.ts';
import { nameColumn, textColumn, timeColumn } from './columns.ts';
import { defineResource, type Column, type RowContext, type Section } from './define.ts';
import { sections, when } from './describe/common.ts';
import { trailQuestions } from './describe/trail.ts';
import { awsObject } from './links.ts';
import { bySeverity } from './severity.ts';

const health = (row: UpdateRow) => updateHealth(row);

/** How long it took (ms); null where that is not told. */
const tookOf = ({ created, ended }: UpdateRow): number | null =>
  ended > 0 && created > 0 ? Math.max(0, ended - created) : null;

const columns: readonly Column<UpdateRow>[] = [
  timeColumn(
    { id: 'at', title: 'WHEN', description: 'When it began.', tier: 0, sortKey: 'A' },
    ({ created }) => created,
  ),
  textColumn(
    { id: 'kind', title: 'OF', description: 'What it was done to.', tier: 1, min: 9, max: 16 },
    ({ kind }) => kind,
  ),
  nameColumn(22, health),
  textColumn(
    {
      id: 'type',
      title: 'TYPE',
      description: 'Which kind of update; of an Auto Scaling group, launch or terminate.',
      tier: 0,
      min: 9,
      max: 24,
    },
    ({ type }) => type,
  ),
  {
    id: 'status',
    title: 'STATUS',
    tells: 'state',
    description: "How far it is; why it failed, in AWS's own words.",
    tier: 0,
    min: 12,
    max: 200,
    grow: 3,
    sortKey: 'S',
    sortBy: bySeverity((row) => row.status, health),
    value: (row) => row.status,
    cell: (row) => status(row.status, health(row)),
  },
  textColumn(
    {
      id: 'what',
      copies: 'what it does',
      title: 'WHAT',
      description: 'What it sets, or what is done.',
      tier: 0,
      min: 12,
      max: 160,
      grow: 4,
    },
    ({ what }) => what,
  ),
  {
    id: 'took',
    title: 'TOOK',
    description: 'How long it took, where AWS tells when it ended.',
    tier: 2,
    min: 5,
    max: 8,
    align: 'right',
    value: tookOf,
    cell: (row) => {
      const took = tookOf(row);
      return took === null ? NONE : muted(humanDuration(took));
    },
  },
  textColumn(
    {
      id: 'why',
      title: 'WHY',
      description: 'Why an activity was begun, or why it failed.',
      tier: 3,
      max: 200,
    },
    ({ why }) => why,
  ),
];

function describe({
  row,
  ctx,
}: {
  readonly row: UpdateRow;
  readonly ctx: RowContext;
}): readonly Section[] {
  const took = tookOf(row);
  return sections({
    title: 'Update',
    lines: [
      ['Of', `${row.kind} ${row.name}`],
      ['Type', row.type],
      ['Status', status(row.status, updateHealth(row))],
      ['What', known(row.what || null)],
      ['Why', row.why === '' ? muted('AWS does not tell') : toned(row.why, 'text')],
      ['Began', when(row.created, ctx)],
      ...(took === null
        ? []
        : ([
            ['Ended', when(row.ended, ctx)],
            ['Took', humanDuration(took)],
          ] as const)),
    ],
  });
}

export const updates = defineResource({
  id: 'updates',
  title: 'Updates',
  singular: 'update',
  aliases: ['eks-updates', 'activities'],
  description:
    'What EKS and Auto Scaling did to the cluster, its node groups and add-ons, and are about.',
  table: 'updates',
  scope: 'cluster',
  columns,
  sort: { column: 'at', descending: true },
  health,
  enter: {
    is: 'link',
    to: 'nodegroups',
    title: 'what was updated',
    target: ({ kind, name }) => awsObject(kind, name),
  },
  describe,
  asks: trailQuestions<UpdateRow>(({ name, created }) => ({ name, at: created })),
  iam: [
    'eks:ListNodegroups',
    'eks:ListAddons',
    'eks:ListUpdates',
    'eks:DescribeUpdate',
    'autoscaling:DescribeAutoScalingGroups',
    'autoscaling:DescribeScalingActivities',
  ],
  empty: 'No updates: EKS remembers none, and no instance came or went in the last day',
});
