/** The newest warnings, a line for each cause. */
import { grouped } from '../../core/grouped.ts';
import type { Tone } from '../../core/styled.ts';
import { causeOf, recency } from '../../domain/pulse/cause.ts';
import type { BaseRow, EventRow } from '../../domain/rows.ts';
import type { SourceStatus } from '../../domain/status.ts';
import type { Query } from '../../ports/query.ts';
import { events } from '../events.ts';
import { toObject } from '../links.ts';
import { shortObject } from '../names.ts';
import { inMinutes } from './ages.ts';
import type { BoardLine, BoardSection, Field } from './board.ts';
import { countColumn } from './counts.ts';
import type { CauseFacts, PulseFacts } from './facts.ts';
import { inScope, ofScope } from './scope.ts';

/** The table of events, and which of its rows are warnings of which cause; null: of none. */
export const WARNINGS = {
  table: events.table,
  keyOf: (row: EventRow, namespace: string): string | null =>
    row.type === 'Normal' || !inScope(row, namespace) ? null : causeOf(row),
} as const;

const TONES: Readonly<Record<ReturnType<typeof recency>, Tone>> = {
  now: 'warn',
  lately: 'text',
  past: 'muted',
};

/** A line for each cause, those that go on first. */
export function warningsSection(facts: PulseFacts, query: Query): BoardSection {
  const { causes, causesStatus: status } = facts;
  const known = causes.length > 0 || status.synced;
  const counted = countColumn(causes.map(({ objects }) => objects));
  return {
    id: 'warnings',
    head: {
      fields: [
        {
          id: 'warnings',
          cell: [
            ['Warnings', 'title'],
            ...(known ? [[` ${headWords(causes.length)}`, 'muted'] as const] : unknown(status)),
          ],
          link: { to: events.id, problems: true },
        },
      ],
    },
    lines: causes.map((cause) => causeLine(cause, facts, query, counted)),
    least: Math.min(2, causes.length),
    rest: (hidden) => ({
      fields: [
        {
          id: 'warnings:more',
          cell: [[`  … ${hidden} more causes`, 'accent']],
          link: { to: events.id, problems: true },
        },
      ],
    }),
  };
}

const headWords = (count: number): string =>
  count === 0 ? 'none' : count === 1 ? 'of one cause' : `of ${count} causes, what goes on first`;

const unknown = ({ state, reason }: SourceStatus): readonly (readonly [string, Tone])[] =>
  state === 'idle' || state === 'loading'
    ? [[' loading…', 'info']]
    : [[` not known: ${reason || state}`, 'warn']];

function causeLine(
  cause: CauseFacts,
  { now, namespace }: PulseFacts,
  query: Query,
  counted: (count: number) => Field,
): BoardLine {
  const { key, newest, objects, times } = cause;
  const { reason, objectKind, objectName, message, last } = newest;
  const tone = TONES[recency(cause, now)];
  const target = toObject(objectKind, newest.namespace, objectName, query);
  const only = (row: BaseRow): boolean => WARNINGS.keyOf(row as EventRow, namespace) === key;
  const said = `${objects === 1 ? '' : `${grouped(objects)} objects, `}${grouped(times)}×`;
  return {
    fields: [
      { cell: [[tone === 'warn' ? '!' : ' ', tone]], width: 1 },
      { cell: [[inMinutes(now - last), 'muted']], width: 5, align: 'right' },
      counted(objects),
      {
        id: `cause:${key}`,
        cell: [[reason, tone]],
        width: 18,
        link: { to: events.id, target: ofScope({ label: reason, only }, namespace) },
        remark: [[`${reason}, ${said}: ${message}`, 'text']],
      },
      {
        id: `object:${key}`,
        cell: [[shortObject(objectKind, objectName), tone === 'muted' ? 'muted' : 'text']],
        width: 26,
        cut: 'middle',
        ...('none' in target ? {} : { link: { to: target.to ?? '', target } }),
        remark: [[`${newest.namespace}/${objectName}: ${message}`, 'text']],
      },
      { cell: [[message, 'muted']], grows: true },
    ],
  };
}
