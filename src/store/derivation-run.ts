import type { AnyDerivation, AnyRow } from '../domain/joins/join.ts';
import { RuleRun } from './rule-run.ts';
import type { Table } from './table.ts';

/** A derivation at work: a row for each key of the source that the table's own source has no row for. */
export class DerivationRun extends RuleRun {
  readonly #rule: AnyDerivation;
  readonly #table: Table;
  readonly #dirty = new Set<string>();

  constructor(rule: AnyDerivation, source: Table, table: Table) {
    super(rule, source, table);
    this.#rule = rule;
    this.#table = table;
  }

  sourceReset(): void {
    for (const place of this.#table.places()) this.#dirty.add(place.row.uid);
  }

  sourceCompleted(): void {
    // A row is there as soon as one node tells of it.
  }

  targetLeft(uid: string): void {
    this.#dirty.add(uid);
  }

  mark(source: AnyRow): void {
    for (const uid of [this.sources.key.of(source)].flat()) this.#dirty.add(uid);
  }

  run(most: number): number {
    let done = 0;
    for (const uid of this.#dirty) {
      if (done >= most) break;
      this.#dirty.delete(uid);
      done += this.#update(uid);
    }
    return done;
  }

  /** @returns how many rows were looked at */
  #update(uid: string): number {
    const place = this.#table.place(uid);
    if (place?.present === true && !place.derived) return 1;
    const sources = this.sources.rows('', uid);
    if (sources.length > 0) this.#table.put(this.#rule.derive(uid, sources), true);
    else if (place?.derived === true) this.#table.drop(place);
    return Math.max(1, sources.length);
  }
}
