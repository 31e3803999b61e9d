import type { FoundColumn } from '../domain/kinds.ts';
import type { Sink } from '../ports/sink.ts';

/** Where a source writes rows, and what their cells are where the server prints them. */
export interface StoreSink<Row> extends Sink<Row> {
  columns(columns: readonly FoundColumn[]): void;
}
