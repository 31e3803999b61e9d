import type { SourceStatus } from '../domain/status.ts';
import type { TableId, Tables } from '../domain/tables/index.ts';

/** Which rows a view shows, and in which order. */
export interface ViewShape<Row> {
  /** Narrowing that stays (a link, a namespace); absent: all rows. */
  readonly only?: ((row: Row) => boolean) | undefined;
  /** The typed filter and the problems-only toggle; absent: none. */
  readonly filter?: ((row: Row) => boolean) | undefined;
  /** Total order; the view adds namespace, name and uid as tie breakers. */
  readonly compare: (a: Row, b: Row) => number;
  /** The sort column changes by itself (CPU, restarts): reorder at most twice a second. */
  readonly steady: boolean;
  /**
   * Which rows that are gone are listed, after those that are there whatever the order: none, those
   * that left within the last minute, or all that are still kept.
   */
  readonly gone: 'none' | 'recent' | 'all';
}

/** The rows of one of several parts, as far as merging them needs to know. */
export interface SortedPart<Row> {
  readonly matched: number;
  readonly total: number;
  readonly length: number;
  /** Another number whenever a row comes, goes or moves. */
  readonly version: number;
  at(index: number): Row | undefined;
  /** The state of a row by which it stands where it stands: the order holds for these. */
  placedAt(index: number): Row | undefined;
  indexOf(uid: string): number;
  /** Whether the row of a uid is there, listed or not: it did not go. */
  isThere(uid: string): boolean;
  update(shape: Partial<ViewShape<Row>>): void;
  finish(): void;
  subscribe(listener: () => void): () => void;
  close(): void;
}

/** What a view shows of a table and in which order. */
export interface ViewSpec<T extends TableId> extends ViewShape<Tables[T]> {
  readonly table: T;
}

/**
 * A live, ordered, filtered look at one table. Changes are collected and delivered once per frame;
 * a change costs O(log n), reading a window O(window).
 */
export interface View<T extends TableId> extends SortedPart<Tables[T]> {
  /** What a row is told apart by among those listed: its uid. */
  keyOf(row: Tables[T]): string;
  /** Rows that match, and rows before the filter (after `only`). Rows gone are not counted in either. */
  readonly matched: number;
  readonly total: number;
  /** Rows listed, those gone included: the length of the scrolled body. */
  readonly length: number;
  /** Rows [from, to) in order. The objects are shared with the store: read only. */
  window(from: number, to: number): readonly Tables[T][];
  at(index: number): Tables[T] | undefined;
  /** Where a uid stands now, -1 where it is not listed. */
  indexOf(uid: string): number;
  /**
   * Replaces filter, sort or both; `undefined` takes a filter away. A function that is the same as
   * before costs nothing, a filter one pass over the rows, a sort one sort: of very many rows in
   * pieces, while the lists that there are stay and are kept up.
   */
  update(shape: Partial<ViewShape<Tables[T]>>): void;
  /** Lists at once what {@link update} asked for and is still being made. */
  finish(): void;
  readonly status: SourceStatus;
  /** Called at most once a frame, when anything listed or counted changed. */
  subscribe(listener: () => void): () => void;
  close(): void;
}
