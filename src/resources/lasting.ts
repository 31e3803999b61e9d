/**
 * How a row that is gone reads, in every pane alike: who it was stays, its state says since when
 * it is gone and its last words, and its figures are blank, so that it is taken for a row that is
 * there neither by the eye nor by a filter.
 */
import type { Segment } from '../core/styled.ts';
import type { Health } from '../domain/health.ts';
import { isProblem } from '../domain/health.ts';
import { cellOfValue, time } from './cells.ts';
import type { Column, RowContext } from './column.ts';

/** The parts of a row that this depends on. */
interface Lasting {
  readonly gone: number;
  readonly deleting?: number;
}

/** What is said in place of a figure of the moment. */
const BLANK: readonly Segment[] = [['', 'gone']];

/** The columns of a pane, such that rows that are gone read as gone in each of them. */
export function lasting<Row extends Lasting>(
  columns: readonly Column<Row>[],
  health: (row: Row, ctx: RowContext) => Health,
): readonly Column<Row>[] {
  return columns.map((column) => {
    if (column.tells === 'identity') return column;
    const isState = column.tells === 'state';
    return {
      ...column,
      value: (row, ctx) => (row.gone === 0 ? column.value(row, ctx) : isState ? 'gone' : null),
      cell: (row, ctx) => {
        if (row.gone === 0) {
          return column.cell?.(row, ctx) ?? cellOfValue(column.value(row, ctx));
        }
        return isState ? goneCell(row, lastWords(column, row, health, ctx), ctx) : BLANK;
      },
    };
  });
}

/** `- gone 75s · OOMKilled 137`. */
function goneCell(row: Lasting, words: string, ctx: RowContext): readonly Segment[] {
  const since: Segment = [`- gone ${time(row.gone, ctx)}`, 'gone'];
  return words === '' ? [since] : [since, [` · ${words}`, 'gone']];
}

/**
 * What was wrong with it when it left: the cause, else the state itself. Empty where nothing was;
 * that it was being deleted is no news of what is gone.
 */
function lastWords<Row extends Lasting>(
  column: Column<Row>,
  row: Row,
  health: (row: Row, ctx: RowContext) => Health,
  ctx: RowContext,
): string {
  const left = { ...row, gone: 0, deleting: 0 };
  const then = { ...ctx, now: row.gone };
  const last = health(left, then);
  if (!isProblem(last)) return '';
  if (last.cause !== '') return last.cause;
  const word = column.value(left, then);
  return typeof word === 'string' && (row.deleting ?? 0) === 0 ? word : '';
}
