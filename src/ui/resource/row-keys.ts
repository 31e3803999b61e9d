/** The keys of rows, wherever rows are meant: in their table, or in a text that is about one of them. */
import type { BaseRow } from '../../domain/rows.ts';
import type { CopyChoice, PaneCommand } from '../pane.ts';
import { NO_MARKS } from '../table/marks.ts';
import type { TableModel } from '../table/model.ts';

/** The rows that a key is about. */
export type RowsMeant = Pick<
  TableModel<BaseRow>,
  'current' | 'targets' | 'marks' | 'marked' | 'context'
>;

/** What keys do to rows of a resource. */
export interface RowKeys {
  /** False: not a command of rows. */
  run(command: string, rows: RowsMeant): boolean;
  /** Links and actions with the reasons why they cannot be used now. */
  list(rows: RowsMeant): readonly PaneCommand[];
  copyChoices(rows: RowsMeant): readonly CopyChoice[];
}

/** One row alone is meant; undefined: none is there yet. */
export const onlyRow = (row: BaseRow | undefined, context: RowsMeant['context']): RowsMeant => ({
  current: row,
  targets: row === undefined ? [] : [row],
  marks: NO_MARKS,
  marked: { listed: 0, unlisted: 0 },
  context,
});
