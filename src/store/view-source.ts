import type { Worker } from '../core/work.ts';
import type { SourceStatus } from '../domain/status.ts';

/** A row's place in the table. */
export interface RowPlace<Row> {
  readonly row: Row;
  /** The table still has it. */
  readonly kept: boolean;
  /** It is there, or left lately. */
  readonly recent: boolean;
}

/** What a view needs of its table. */
export interface ViewSource<Row> {
  readonly worker: Worker;
  /** The places of all rows. */
  places(): Iterable<RowPlace<Row>>;
  status(): SourceStatus;
  /** Brings joined fields up to date. */
  join(): void;
  /** Asks for a frame. */
  request(): void;
  /** Ends the frames. */
  detach(): void;
}
