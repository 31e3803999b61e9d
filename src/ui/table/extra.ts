import type { BaseRow } from '../../domain/rows.ts';
import type { SourceStatus } from '../../domain/status.ts';
import type { KeyEvent } from '../../keys/key-event.ts';
import type { Column } from '../../resources/define.ts';
import type { CopyChoice, PaneCommand } from '../pane.ts';
import type { PartStatus } from '../resource/cluster-part.ts';
import type { TableModel } from './model.ts';
import type { Missing } from './trouble.ts';

/** What belongs to one resource. */
export interface TableExtra<Row extends BaseRow> {
  run(command: string, key: KeyEvent, table: TableModel<Row>): boolean;
  commands(table: TableModel<Row>): readonly PaneCommand[];
  copyChoices(table: TableModel<Row>): readonly CopyChoice[];
  /** Which columns take part: what they need must be followed. */
  columnsShown(columns: readonly Column<Row>[]): void;
  /** Does an action work on a row. */
  isBusy(row: Row): boolean;
  /** Namespace, `all`, or what it is narrowed to. */
  readonly scope: string;
  /** Columns that say nothing here: the namespace of a pane of one namespace. */
  readonly hidden: ReadonlySet<string>;
  /** How each of the clusters stands that are shown together; absent: there is one. */
  readonly parts?: readonly PartStatus[];
  /** What is wrong with the scope: its namespace is gone, say. Empty: nothing. */
  readonly note: string;
  /** What cannot be shown of the rows; null: nothing. */
  readonly missing: Missing | null;
  /** Names the tables that are complete, of those that the columns are filled from. */
  readonly complete: string;
  /** The status of what a column comes from while its values are not all known; null: they are. */
  lacking(column: Column<Row>): SourceStatus | null;
  show(): void;
  hide(): void;
  close(): void;
}
