import type { AnyRow } from '../domain/joins/join.ts';
import { Table } from './table.ts';

/**
 * A table whose rows are not kept: joins write them into the rows that they are of as they come.
 * The usage of 50,000 pods would be as many rows with their places and names, beside the pods that
 * have it all.
 */
export class PassingTable extends Table {
  #told = 0;
  #last = 0;

  /** Rows that the last full list had. */
  override get size(): number {
    return this.#last;
  }

  override relist(): void {
    super.relist();
    this.#told = 0;
    for (const reader of this.readers) reader.sourceListing();
  }

  override put(row: AnyRow): void {
    this.#told++;
    for (const reader of this.readers) reader.sourceChanged(null, row);
  }

  override synced(now: number): void {
    super.synced(now);
    this.#last = this.#told;
    for (const reader of this.readers) reader.sourceListed();
  }

  override reset(): void {
    super.reset();
    this.#told = this.#last = 0;
  }
}
