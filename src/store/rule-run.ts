import { isEqual } from '../core/equal.ts';
import type { AnyKey, AnyRow } from '../domain/joins/join.ts';
import type { KeyIndex } from './key-index.ts';
import type { Follower } from './follower.ts';
import type { Table } from './table.ts';

/** What a rule says about the table that it reads. */
interface Reading {
  readonly source: AnyKey;
  readonly uses: readonly string[];
}

/** A rule at work: it notes what the changes of two tables affect, and brings that up to date when run. */
export abstract class RuleRun implements Follower {
  protected readonly source: Table;
  protected readonly sources: KeyIndex;
  readonly #reading: Reading;

  protected constructor(reading: Reading, source: Table, target: Table) {
    this.#reading = reading;
    this.source = source;
    this.sources = source.index(reading.source);
    source.readers.push(this);
    target.writers.push(this);
  }

  sourceChanged(before: AnyRow | null, after: AnyRow | null): void {
    if (before !== null && after !== null && this.#readsAlike(before, after)) return;
    if (before !== null) this.mark(before);
    if (after !== null) this.mark(after);
  }

  /** Does it read one of these joined fields of this table. */
  reads(table: Table, fields: readonly string[]): boolean {
    const { source, uses } = this.#reading;
    return (
      table === this.source &&
      fields.some((field) => field === source.joined || uses.includes(field))
    );
  }

  /** Do these two states of a row mean the same to it. */
  #readsAlike(before: AnyRow, after: AnyRow): boolean {
    return (
      this.#reading.uses.every((field) => isEqual(before[field], after[field])) &&
      this.sources.same(before, after)
    );
  }

  sourceListing(): void {
    // Its rows are told one by one,
  }

  sourceListed(): void {
    // and so are those that it no longer has.
  }

  abstract sourceReset(): void;
  abstract sourceCompleted(): void;
  abstract targetLeft(uid: string): void;
  /** Notes what stands under the keys of this source row as affected. */
  abstract mark(source: AnyRow): void;
  /**
   * Brings up to date what is affected, but for rows that just came only while no more rows than that
   * were looked at.
   * @returns how many those were: fewer than it might have been where nothing is left
   */
  abstract run(most: number): number;
}
