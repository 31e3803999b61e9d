/** Columns that are shown only where rows differ in them. */
import type { BaseRow } from '../../domain/rows.ts';
import type { Column } from '../../resources/define.ts';

/**
 * The ids of those in which the rows that are there do not differ.
 * @param rows asked for only where there is such a column
 */
export function alikeColumns<Row extends BaseRow>(
  columns: readonly Column<Row>[],
  rows: () => Iterable<Row>,
): readonly string[] {
  return columns.flatMap(({ id, differs }) =>
    differs === undefined || areDifferent(rows(), differs) ? [] : id,
  );
}

function areDifferent<Row extends BaseRow>(
  rows: Iterable<Row>,
  valueOf: (row: Row) => string,
): boolean {
  let first = '';
  for (const row of rows) {
    const value = row.gone > 0 ? '' : valueOf(row);
    if (first === '') first = value;
    else if (value !== '' && value !== first) return true;
  }
  return false;
}
