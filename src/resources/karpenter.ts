/** What the panes of Karpenter's kinds have in common. */
import { own } from '../core/own.ts';
import { calmHealth, type Health } from '../domain/health.ts';
import type { ObjectRow } from '../domain/rows.ts';
import type { Readiness } from '../domain/tables/karpenter.ts';
import { statusColumn } from './columns.ts';
import type { Column, RowContext } from './define.ts';
import { bySeverity } from './severity.ts';

type Judged = ObjectRow & Readiness;

const WORDS: Readonly<Record<string, string>> = { True: 'Ready', False: 'Not ready' };

const readyWord = ({ ready }: Readiness): string => own(WORDS, ready) ?? 'Unknown';

/** Not ready is a problem; not known yet is on its way. */
export function readyHealth(row: Judged, { now }: RowContext): Health {
  const calm = calmHealth(row, now);
  if (calm.level !== 'ok' || row.ready === 'True') return calm;
  const known = row.ready === 'False' || row.trouble !== '';
  return { level: known ? 'bad' : 'busy', cause: row.trouble };
}

/** Whether it is ready, and what is in the way. */
export function readyColumn<Row extends Judged>(
  health: (row: Row, ctx: RowContext) => Health,
  word: (row: Row) => string = readyWord,
): Column<Row> {
  return statusColumn(
    {
      id: 'ready',
      title: 'READY',
      description: 'Whether Karpenter can use it, and what is in the way.',
      min: 14,
      max: 90,
      grow: 3,
      // What has just begun is no trouble yet.
      sortBy: bySeverity(word, (row) => health(row, { now: row.created, time: 'age' })),
    },
    word,
    health,
  );
}
