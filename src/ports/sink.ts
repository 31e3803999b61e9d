import type { SourceStatus } from '../domain/status.ts';

/**
 * Where a source writes the rows of one table. Calls are synchronous and cheap; the store batches
 * what follows from them into frames. All values are structured-cloneable, so that a source can
 * live in a worker thread.
 */
export interface Sink<Row> {
  /** A full list begins: rows that are not put again before `synced` are gone. */
  relist(): void;
  /** Rows that are new or changed. The sink takes ownership of the objects. */
  put(rows: readonly Row[]): void;
  /** Rows that were deleted, by uid; the row that the deletion carried replaces the last known. */
  remove(rows: readonly { readonly uid: string; readonly last?: Row }[]): void;
  /** The full list is complete. */
  synced(): void;
  status(status: SourceStatus): void;
}

/** Ends what a subscription started. Safe to call more than once. */
export type Stop = () => void;
