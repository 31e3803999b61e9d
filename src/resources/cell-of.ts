import { sanitize } from '../core/text.ts';
import type { Cell } from '../core/styled.ts';
import { cellOfValue } from './cells.ts';
import type { Column, RowContext } from './define.ts';

/**
 * What a column shows of a row, safe for the terminal: the cell it declares, else its value as
 * text. The one way in which tables, `get` and describe come to a cell.
 */
export function cellOf<Row>(column: Column<Row>, row: Row, ctx: RowContext): Cell {
  const cell = column.cell?.(row, ctx) ?? cellOfValue(column.value(row, ctx));
  if (typeof cell === 'string') return sanitize(cell);
  return cell.map(([text, tone]) => [sanitize(text), tone] as const);
}
