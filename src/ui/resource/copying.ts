import { plain } from '../../core/styled.ts';
import type { BaseRow } from '../../domain/rows.ts';
import { cellOf } from '../../resources/cell-of.ts';
import type { Column } from '../../resources/define.ts';
import type { CopyChoice } from '../pane.ts';
import type { TableModel } from '../table/model.ts';

/**
 * What `c` offers on the rows that are marked, else the current one: their names, what their columns
 * offer, and all that they show. A row is a line.
 */
export function rowCopies<Row extends BaseRow>(
  columns: readonly Column<Row>[],
  { targets, context }: Pick<TableModel<Row>, 'targets' | 'context'>,
): readonly CopyChoice[] {
  if (targets.length === 0) return [];
  const choice = (label: string, text: (row: Row) => string): readonly CopyChoice[] => {
    // A row is a line, whatever its cells hold.
    const lines = targets
      .map((row) => text(row).replaceAll('\n', ' '))
      .filter((line) => line !== '');
    return lines.length === 0 ? [] : [{ label, text: lines.join('\n') }];
  };
  const shown = (row: Row): string =>
    columns.map((column) => plain(cellOf(column, row, context))).join('\t');
  return [
    ...choice('name', (row) => row.name),
    ...columns.flatMap(({ copies, value }) =>
      copies === undefined ? [] : choice(copies, (row) => String(value(row, context) ?? '')),
    ),
    ...choice('row', shown),
  ];
}
