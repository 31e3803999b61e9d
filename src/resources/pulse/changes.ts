/** What changed lately, newest first: rollouts, scalings, restarts, nodes that came and went. */
import { grouped } from '../../core/grouped.ts';
import type { BaseRow, ChangeRow } from '../../domain/rows.ts';
import type { SourceStatus } from '../../domain/status.ts';
import type { Query } from '../../ports/query.ts';
import { changedObject, changes } from '../changes.ts';
import { toObject } from '../links.ts';
import { inMinutes } from './ages.ts';
import type { BoardLine, BoardSection, Field } from './board.ts';
import { countColumn } from './counts.ts';
import type { PulseFacts } from './facts.ts';

/** The table that is looked at; and how many of its rows may be told. */
export const CHANGES = { table: changes.table, most: 30 } as const;

type ChangesFacts = Pick<PulseFacts, 'changes' | 'changesCount' | 'changesStatus' | 'now'>;

/** A line for each change, the newest first. */
export function changesSection(facts: ChangesFacts, query: Query): BoardSection {
  const { changes: rows, changesCount: count, changesStatus: status } = facts;
  const counted = countColumn(rows.map((row) => row.count));
  return {
    id: 'changes',
    head: {
      fields: [
        {
          id: 'changes',
          cell: [['Changes', 'title'], headWords(status, count)],
          link: { to: changes.id },
          ...(status.reason === '' ? {} : { remark: [[status.reason, 'warn']] }),
        },
      ],
    },
    lines: rows.map((row) => changeLine(row, facts.now, query, counted)),
    least: Math.min(1, rows.length),
    rest: (hidden) => ({
      fields: [
        {
          id: 'changes:more',
          cell: [[`  … ${grouped(hidden + count - rows.length)} more`, 'accent']],
          link: { to: changes.id },
        },
      ],
    }),
  };
}

/** Before its sources were asked what was, only what happened since is known. */
function headWords({ state, synced, reason }: SourceStatus, count: number) {
  if (synced)
    return [
      count === 0 ? ' none in the last half hour' : ` ${grouped(count)}, the newest first`,
      'muted',
    ] as const;
  switch (state) {
    case 'idle':
      return [` seen since the start: ⏎ asks what was before`, 'muted'] as const;
    case 'loading':
      return [' looking back half an hour…', 'info'] as const;
    default:
      return [` not known: ${reason || state}`, 'warn'] as const;
  }
}

function changeLine(
  row: ChangeRow,
  now: number,
  query: Query,
  counted: (count: number) => Field,
): BoardLine {
  const { uid, at, count, change, kind, name, namespace, what, why, who, level } = row;
  const tone = level === 'ok' ? 'text' : level;
  const target = toObject(kind, namespace, name, query);
  const said = [what, why].filter((each) => each !== '').join(' · ');
  const by = who === '' ? '' : ` by ${who}`;
  const object: Field = {
    id: `change:object:${uid}`,
    cell: changedObject(row),
    width: 26,
    cut: 'middle',
    ...('none' in target ? {} : { link: { to: target.to ?? '', target } }),
    remark: [[`${namespace === '' ? '' : `${namespace}/`}${name}: ${said}${by}`, 'text']],
  };
  const only = (each: BaseRow): boolean => each.uid === uid;
  return {
    fields: [
      { cell: [[level === 'bad' ? '✗' : level === 'warn' ? '!' : ' ', tone]], width: 1 },
      { cell: [[inMinutes(now - at), 'muted']], width: 5, align: 'right' },
      counted(count),
      {
        id: `change:${uid}`,
        cell: [[change, tone]],
        width: 18,
        link: { to: changes.id, target: { label: change, only } },
        remark: [[`${change}: ${said}${by}`, 'text']],
      },
      object,
      { cell: [[`${said}${by}`.trimStart(), 'muted']], grows: true },
    ],
  };
}
