import { csvCell } from '../../core/encode.ts';
import { sanitize } from '../../core/text.ts';
import { stringValue } from './cells.ts';
import type { Column, RowContext } from '../../resources/define.ts';

/** Rows as CSV (RFC 4180): a line of column ids, then raw values; what is not known stays empty. */
export function rowsAsCsv<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  ctx: RowContext,
): string {
  const head = columns.map(({ id }) => id).join(',');
  const lines = rows.map((row) =>
    columns
      .map((column) => stringValue(column.value(row, ctx)))
      .map((text) => csvCell(sanitize(text, { newline: '\n' })))
      .join(','),
  );
  return [head, ...lines, ''].join('\n');
}
