import { sanitize } from '../core/text.ts';
import type { Cell } from '../core/styled.ts';
import { cellOfValue } from './cells.ts';
import type { Column, RowContext } from './define.ts';

/**
 * What a column shows of a row, safe for the terminal: the cell it declares, else its value as
 * text. The one way in which tables, `get` and describe come to a cell.
 */
export function cellOf<Row>(column: Column<Row>, row: Row, ctx: RowContext): Cell {
  return safeCell(column, row, ctx, Infinity);
}

/** More than the widest screen shows of a cell (UTF-16 units). */
const MOST_SHOWN = 4096;

/** {@link cellOf} for a screen: of a text without end no more is looked at than could show. */
export function shownCell<Row>(column: Column<Row>, row: Row, ctx: RowContext): Cell {
  return safeCell(column, row, ctx, MOST_SHOWN);
}

function safeCell<Row>(column: Column<Row>, row: Row, ctx: RowContext, most: number): Cell {
  const cell = column.cell?.(row, ctx) ?? cellOfValue(column.value(row, ctx));
  const safe = (text: string): string => sanitize(text.length > most ? text.slice(0, most) : text);
  if (typeof cell === 'string') return safe(cell);
  return cell.map(([text, tone]) => [safe(text), tone] as const);
}
