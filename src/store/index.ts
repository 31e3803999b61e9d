import type { Clock } from '../core/clock.ts';
import type { SourceStatus } from '../domain/status.ts';
import type { TableId, Tables } from '../domain/tables.ts';
import type { Query } from '../ports/query.ts';
import type { Sink } from '../ports/sink.ts';
import type { View, ViewSpec } from './view-types.ts';

export interface StoreOptions {
  readonly clock: Clock;
  /** The least time between two deliveries (ms). Default 100. */
  readonly frameMs?: () => number;
}

const unwritten = (): never => {
  throw new Error('not written yet');
};

/** The rows of one cluster (or of the fleet): tables, the joins between them, and the views of them. */
export class Store implements Query {
  constructor(options: StoreOptions) {
    void options;
  }

  /**
   * Where a source writes. Several sources of one table each name their `part` (a namespace, a
   * region): a full list replaces only the rows of its own part. Asking again for a part takes it
   * over from the sink that had it, whose late writes are ignored.
   */
  sink<T extends TableId>(table: T, part = ''): Sink<Tables[T]> {
    void part;
    void table;
    return unwritten();
  }

  view<T extends TableId>(spec: ViewSpec<T>): View<T> {
    void spec;
    return unwritten();
  }

  onChange(tables: readonly TableId[], listener: () => void): () => void {
    void tables;
    void listener;
    return unwritten();
  }

  flushNow(): void {
    unwritten();
  }

  reset(table: TableId): void {
    void table;
  }

  setGoneWindow(ms: number): void {
    void ms;
  }

  close(): void {
    unwritten();
  }

  get<T extends TableId>(table: T, uid: string): Tables[T] | undefined {
    void table;
    void uid;
    return unwritten();
  }

  named<T extends TableId>(table: T, namespace: string, name: string): Tables[T] | undefined {
    void table;
    void namespace;
    void name;
    return unwritten();
  }

  rows<T extends TableId>(table: T): Iterable<Tables[T]> {
    void table;
    return unwritten();
  }

  size(table: TableId): number {
    void table;
    return unwritten();
  }

  status(table: TableId): SourceStatus {
    void table;
    return unwritten();
  }
}
