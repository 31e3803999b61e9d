/** What a table pane needs of a resource and of its rows. */
import type { Health } from '../../domain/health.ts';
import type { ObjectRef } from '../../domain/ref.ts';
import type { BaseRow } from '../../domain/rows.ts';
import type { SourceStatus } from '../../domain/status.ts';
import type { Column, RowContext } from '../../resources/define.ts';
import type { Listing } from './listing.ts';

/** The part of a resource's declaration that a table is drawn from. */
export interface TableDef<Row extends BaseRow> {
  readonly id: string;
  readonly title: string;
  readonly singular: string;
  readonly columns: readonly Column<Row>[];
  readonly sort: { readonly column: string; readonly descending: boolean };
  readonly health: (row: Row, ctx: RowContext) => Health;
  readonly empty: string;
  /** Its rows are Kubernetes objects: they have labels. */
  readonly ref?: ((row: Row) => ObjectRef) | undefined;
  /** The AWS profile that its rows were told with; absent: that of the connection, if any. */
  readonly profile?: ((row: Row) => string) | undefined;
  /** How far the clock that its times are of is before ours (ms); absent: all go by one clock. */
  readonly ahead?: (row: Row) => number;
}

/** How a table wants its rows. */
export interface RowSpec<Row> {
  /** Absent: all rows. */
  readonly filter?: ((row: Row) => boolean) | undefined;
  readonly compare: (a: Row, b: Row) => number;
  /** The order changes by itself: reorder calmly. */
  readonly steady: boolean;
  /** Rows that are gone: none, those of the last minute, or all that are still known. */
  readonly gone: 'none' | 'recent' | 'all';
}

/** Live rows in order: a view of the store, or something that looks like one. */
export interface RowView<Row> {
  readonly matched: number;
  readonly total: number;
  readonly length: number;
  window(from: number, to: number): readonly Row[];
  at(index: number): Row | undefined;
  /** What a row is told apart by here: its uid, and in several clusters which of them it is of. */
  keyOf(row: Row): string;
  /** Where the row of a key stands now, -1 where it is not listed. */
  indexOf(key: string): number;
  /** Whether the row of a key is there, listed or not: it did not go. */
  isThere(key: string): boolean;
  update(spec: RowSpec<Row>): void;
  /** Lists at once what was asked for last. */
  finish(): void;
  readonly status: SourceStatus;
  subscribe(listener: () => void): () => void;
  close(): void;
}

/** Where a model's rows, time and settings come from. */
export interface ModelOptions<Row extends BaseRow> {
  readonly def: TableDef<Row>;
  readonly open: (spec: RowSpec<Row>) => RowView<Row>;
  readonly context: () => RowContext;
  /** How it begins; absent: as the resource is declared. */
  readonly listing?: Listing | undefined;
}
