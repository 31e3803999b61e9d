import { isEqual } from '../core/equal.ts';
import type { AnyJoin, AnyRow } from '../domain/joins/join.ts';
import type { KeyIndex } from './key-index.ts';
import { RuleRun } from './rule-run.ts';
import type { Place } from './place.ts';
import type { Table } from './table.ts';

/** A join at work: the rows affected are computed anew, each once. */
export class JoinRun extends RuleRun {
  readonly #join: AnyJoin;
  protected readonly target: Table;
  readonly #targets: KeyIndex;
  readonly #dirty = new Set<Place>();
  #dependents: readonly RuleRun[] = [];

  constructor(join: AnyJoin, source: Table, target: Table) {
    super(join, source, target);
    this.#join = join;
    this.target = target;
    this.#targets = target.index(join.target);
    for (const field of join.fields) target.joined.add(field);
  }

  /** Finds who reads the fields that this join writes. */
  feed(rules: readonly RuleRun[]): void {
    this.#dependents = rules.filter((rule) => rule.reads(this.target, this.#join.fields));
  }

  sourceReset(): void {
    for (const place of this.target.places()) this.#dirty.add(place);
  }

  sourceCompleted(): void {
    if (this.#join.ofAll === true) this.sourceReset();
  }

  targetLeft(): void {
    // It keeps what it had.
  }

  mark(source: AnyRow): void {
    this.targetsOf(source, this.markPlace);
  }

  /** Finds the rows that a source is of. */
  protected targetsOf(source: AnyRow, found: (place: Place) => void): void {
    this.#targets.find(this.#space(source) ?? '', this.sources.key.of(source), found);
  }

  run(most: number): number {
    for (const place of this.target.fresh) this.update(place);
    return this.catchUp(most, ({ fresh }) => fresh);
  }

  /** Brings rows up to date that were marked, while no more was looked at; returns how much it was. */
  protected catchUp(most: number, isDone: (place: Place) => boolean = () => false): number {
    let done = 0;
    for (const place of this.#dirty) {
      if (done >= most) break;
      this.#dirty.delete(place);
      if (!isDone(place)) done += this.update(place);
    }
    return done;
  }

  protected readonly markPlace = (place: Place): void => {
    this.#dirty.add(place);
  };

  /** The namespace that both sides share, null where one of them is of the whole cluster. */
  #space(row: AnyRow): string | null {
    const { target, source } = this.#join;
    return target.namespaced && source.namespaced ? row.namespace : null;
  }

  /**
   * @param found its sources, where they are not those that the source's table has of it
   * @returns how many rows were looked at: a node is as much work as its pods
   */
  protected update(place: Place, found?: readonly AnyRow[]): number {
    const { fields, target, when } = this.#join;
    const { row, present } = place;
    if (!present || when?.(row) === false) return 1;
    const space = this.#space(row);
    const sources = found ?? this.sources.rows(space ?? '', target.of(row));
    const values = this.#join.compute(row, sources, this.source.isComplete(space));
    const looked = Math.max(1, sources.length);
    if (alike(fields, row, values)) return looked;
    // Where a key is among the fields, the row leaves one place and comes to another.
    for (const rule of this.#dependents) rule.mark(row);
    this.target.write(place, values);
    for (const rule of this.#dependents) rule.mark(place.row);
    return looked;
  }
}

function alike(fields: readonly string[], row: AnyRow, values: Readonly<Record<string, unknown>>) {
  return fields.every((field) => isEqual(row[field], values[field]));
}
