import type { FoundColumn } from '../domain/kinds.ts';
import type { SourceStatus } from '../domain/status.ts';
import type { FoundTableId } from '../domain/tables/found.ts';
import type { TableId, Tables } from '../domain/tables/index.ts';

/** Read access to the rows of a store. Never starts a source. */
export interface Query {
  get<T extends TableId>(table: T, uid: string): Tables[T] | undefined;
  /** The row of that namespace and name, not counting rows that are gone. */
  named<T extends TableId>(table: T, namespace: string, name: string): Tables[T] | undefined;
  /** All rows of a table, in no order, those that are gone included. */
  rows<T extends TableId>(table: T): Iterable<Tables[T]>;
  /** Rows that are present (not gone). */
  size(table: TableId): number;
  status(table: TableId): SourceStatus;
  /** What the cells of the rows of a found kind are; none before its source has told. */
  columns(table: FoundTableId): readonly FoundColumn[];
}
