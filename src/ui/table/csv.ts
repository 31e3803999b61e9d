import { csvLine } from '../../core/encode.ts';
import type { Column, RowContext } from '../../resources/define.ts';

/** Rows as CSV (RFC 4180): a line of column ids, then raw values; what is not known stays empty. */
export function rowsAsCsv<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  ctx: RowContext,
): string {
  const lines = rows.map((row) => csvLine(columns.map((column) => column.value(row, ctx))));
  return [csvLine(columns.map(({ id }) => id)), ...lines].join('');
}
