import { eventHealth } from '../domain/health.ts';
import { refOf } from '../domain/ref.ts';
import type { EventRow } from '../domain/rows.ts';
import { muted, nameTone, toned } from './cells.ts';
import { countColumn, namespaceColumn, textColumn, timeColumn } from './columns.ts';
import { defineResource, type Column, type RowContext } from './define.ts';
import { describeEvent } from './describe/event.ts';
import { toObject } from './links.ts';
import { shortObject } from './names.ts';

const health = (row: EventRow, ctx: RowContext) => eventHealth(row, ctx.now);

const columns: readonly Column<EventRow>[] = [
  timeColumn(
    {
      id: 'last',
      title: 'LAST',
      description: 'When it was last seen.',
      tier: 0,
      sortKey: 'A',
    },
    (row) => row.last,
  ),
  namespaceColumn(),
  textColumn(
    {
      id: 'type',
      title: 'TYPE',
      description: 'Normal or Warning.',
      tier: 3,
      min: 7,
      max: 9,
      sortKey: 'S',
      cell: (row, ctx) => toned(row.type, nameTone(health(row, ctx).level)),
    },
    (row) => row.type,
  ),
  textColumn(
    {
      id: 'reason',
      title: 'REASON',
      description: 'Why it was written, in one word; warnings are marked.',
      tier: 0,
      min: 12,
      max: 22,
      cell: (row, ctx) => {
        const tone = nameTone(health(row, ctx).level);
        return toned(`${tone === 'text' ? ' ' : '!'} ${row.reason}`, tone);
      },
    },
    (row) => row.reason,
  ),
  textColumn(
    {
      id: 'object',
      copies: 'object',
      title: 'OBJECT',
      description: 'What it is about; enter leads there.',
      tier: 0,
      min: 14,
      max: 70,
      grow: 1,
      cut: 'middle',
      sortKey: 'N',
      cell: (row) => toned(shortObject(row.objectKind, row.objectName), 'accent'),
    },
    (row) => `${row.objectKind}/${row.objectName}`,
  ),
  countColumn(
    {
      id: 'count',
      title: 'CNT',
      description: 'How often it was seen.',
      tier: 0,
      sortKey: 'T',
      cell: (row) => toned(row.count, row.count > 1 ? 'text' : 'muted'),
    },
    (row) => row.count,
  ),
  textColumn(
    {
      id: 'message',
      copies: 'message',
      title: 'MESSAGE',
      description: 'What happened.',
      tier: 0,
      min: 28,
      max: 200,
      grow: 5,
    },
    (row) => row.message,
  ),
  textColumn(
    {
      id: 'source',
      title: 'SOURCE',
      description: 'Who wrote it.',
      tier: 3,
      max: 30,
      cell: (row) => muted(row.source),
    },
    (row) => row.source,
  ),
  timeColumn(
    { id: 'first', title: 'FIRST', description: 'When it was first seen.', tier: 3 },
    (row) => row.first,
  ),
  textColumn(
    { id: 'name', title: 'NAME', description: 'Name of the event object.', tier: 3, max: 63 },
    (row) => row.name,
  ),
];

export const events = defineResource({
  id: 'events',
  title: 'Events',
  singular: 'event',
  aliases: ['ev'],
  description: 'What the cluster reports, newest first, repeated ones counted.',
  table: 'events',
  scope: 'namespaced',
  columns,
  sort: { column: 'last', descending: true },
  health,
  enter: {
    is: 'link',
    to: 'pods',
    title: 'the object it is about',
    target: (row, query) => toObject(row.objectKind, row.namespace, row.objectName, query),
  },
  ref: (row) => refOf('events', row),
  describe: describeEvent,
  iam: [],
  empty: 'No events: the API server keeps them for an hour, and nothing happened in it',
});
