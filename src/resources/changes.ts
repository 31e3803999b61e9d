import type { Health } from '../domain/health.ts';
import type { ChangeRow } from '../domain/rows.ts';
import { iso, muted, nameTone, time, toned } from './cells.ts';
import { countColumn, flagColumn, namespaceColumn, textColumn, timeColumn } from './columns.ts';
import { defineResource, type Column, type Link } from './define.ts';
import { describeChange, happenedInAws } from './describe/change.ts';
import { CHANGE_READS } from './describe/template-change.ts';
import { trailQuestions } from './describe/trail.ts';
import { toObject } from './links.ts';
import { shortNode, shortObject } from './names.ts';

const health = ({ level, gone }: ChangeRow): Health => ({
  level: gone > 0 ? 'gone' : level,
  cause: '',
});

const tone = (row: ChangeRow) => nameTone(health(row).level);

/** Many objects have no name together, and no kind where they are of several. */
const objectOf = ({ kind, name }: ChangeRow): string =>
  name === '' ? `several ${kind}`.trimEnd() : `${kind}/${name}`;

/** What a change was done to, as panes call it. */
export function changedObject({ kind, name }: ChangeRow): string {
  if (name !== '') return shortObject(kind, shortNode(name));
  return kind === '' ? 'several objects' : `several ${kind.toLowerCase()}s`;
}

const whatOf = ({ what, why }: Pick<ChangeRow, 'what' | 'why'>): string =>
  [what, why].filter((each) => each !== '').join(' · ');

const changed: Link<ChangeRow>['target'] = (row, query) =>
  row.name === ''
    ? { none: `it happened to several (${row.count} times)` }
    : toObject(row.kind, row.namespace, row.name, query);

const when: Column<ChangeRow> = {
  ...timeColumn(
    {
      id: 'at',
      title: 'WHEN',
      description:
        'When it happened; of several, the last. `~`: not watched, but what the API still told.',
      tier: 0,
      sortKey: 'A',
    },
    ({ at }) => at,
  ),
  min: 6,
  max: 12,
  cell: ({ at, watched }, ctx) => muted(`${watched ? '' : '~'}${time(at, ctx)}`),
};

const columns: readonly Column<ChangeRow>[] = [
  when,
  namespaceColumn(),
  textColumn(
    {
      id: 'change',
      title: 'CHANGE',
      description: 'What was done, in one word; what broke is marked.',
      tier: 0,
      min: 10,
      max: 12,
      sortKey: 'S',
      cell: (row) => toned(`${tone(row) === 'text' ? ' ' : '!'} ${row.change}`, tone(row)),
    },
    ({ change }) => change,
  ),
  textColumn(
    {
      id: 'object',
      copies: 'object',
      title: 'OBJECT',
      description: 'What it was done to; enter leads there.',
      tier: 0,
      // One long name must not take the room of what changed.
      min: 16,
      max: 30,
      grow: 2,
      cut: 'middle',
      sortKey: 'N',
      cell: (row) => toned(changedObject(row), 'accent'),
    },
    objectOf,
  ),
  countColumn(
    {
      id: 'count',
      title: 'CNT',
      description: 'How often: what has one cause and happens to many is one line.',
      tier: 0,
      sortKey: 'T',
      cell: ({ count }) => toned(count, count > 1 ? 'text' : 'muted'),
    },
    ({ count }) => count,
  ),
  textColumn(
    {
      id: 'what',
      copies: 'what changed',
      title: 'WHAT',
      description: 'What became of what; of config maps and secrets, which keys, never a value.',
      tier: 0,
      min: 27,
      max: 200,
      grow: 4,
      yields: true,
    },
    whatOf,
  ),
  textColumn(
    {
      id: 'who',
      title: 'WHO',
      description: 'Who did it, as far as the API tells: a field manager, an autoscaler.',
      tier: 1,
      min: 6,
      max: 26,
      grow: 1,
      yields: true,
      cell: ({ who }) => (who === '' ? muted('') : who),
    },
    ({ who }) => who,
  ),
  textColumn(
    {
      id: 'owner',
      title: 'OF',
      description: 'The workload that the object belongs to.',
      tier: 2,
      min: 12,
      max: 40,
      cut: 'middle',
      cell: ({ ownerKind, ownerName }) =>
        muted(ownerName === '' ? '' : shortObject(ownerKind, ownerName)),
    },
    ({ ownerKind, ownerName }) => (ownerName === '' ? '' : `${ownerKind}/${ownerName}`),
  ),
  flagColumn(
    {
      id: 'watched',
      title: 'SEEN',
      description:
        'Seen when it happened; else it is what the API still told of the time before it was watched.',
      tier: 2,
    },
    ({ watched }) => watched,
    (watched) => muted(watched ? 'yes' : 'told'),
  ),
  timeColumn(
    { id: 'first', title: 'FIRST', description: 'When the first of several happened.', tier: 3 },
    ({ first }) => first,
  ),
  textColumn(
    {
      id: 'steps',
      title: 'STEPS',
      description: 'Each of several scalings by one autoscaler, the last hundred of them.',
      tier: 3,
      max: 200,
    },
    ({ steps }) => steps.map((step) => `${iso(step.at)} ${whatOf(step)}`).join('; '),
  ),
  textColumn(
    { id: 'kind', title: 'KIND', description: 'Kind of the object.', tier: 3, max: 30 },
    ({ kind }) => kind,
  ),
  textColumn(
    { id: 'name', title: 'NAME', description: 'Name of the object.', tier: 3, max: 63 },
    ({ name }) => name,
  ),
];

export const changes = defineResource({
  id: 'changes',
  title: 'Changes',
  singular: 'change',
  aliases: ['timeline', 'ch'],
  description:
    'What changed lately, newest first: rollouts, scalings, restarts, nodes, settings. What was watched is exact; of the half hour before, it is what the API still tells.',
  table: 'changes',
  role: 'timeline',
  scope: 'namespaced',
  columns,
  sort: { column: 'at', descending: true },
  health,
  enter: {
    is: 'link',
    to: 'pods',
    title: 'what was changed',
    target: changed,
  },
  objectActions: {
    actions: ['rollback', 'scale'],
    // What undoes what happened to a pod is done to its workload.
    object: (row, query) =>
      row.ownerName === ''
        ? changed(row, query)
        : toObject(row.ownerKind, row.namespace, row.ownerName, query),
  },
  describe: describeChange,
  reads: CHANGE_READS,
  asks: trailQuestions<ChangeRow>(happenedInAws),
  iam: [],
  empty: 'No changes in the last half hour, as far as the API still tells',
});
