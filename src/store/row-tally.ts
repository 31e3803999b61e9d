import type { Clock } from '../core/clock.ts';
import { eachInPieces, type Worker } from '../core/work.ts';
import type { BaseRow } from '../domain/rows.ts';
import type { Tally, TallyGroup } from '../ports/tally.ts';
import type { RowPlace } from './view-source.ts';

/** What a tally needs of its table. */
export interface TallySource<Row> {
  readonly worker: Worker;
  readonly clock: Clock;
  /** The places of all rows. */
  places(): Iterable<RowPlace<Row>>;
  detach(): void;
}

/** How often all rows are looked at anew (ms): by what rule they go may depend on the time. */
const ANEW_MS = 30_000;

/** Implements {@link Tally}. */
export class RowTally<Row extends BaseRow> implements Tally<Row> {
  readonly #source: TallySource<Row>;
  readonly #keyOf: (row: Row) => string | null;
  readonly #told: () => void;
  #counted = new Groups<Row>();
  /** Those under way, which take the others' place when all rows were looked at. */
  #counting: Groups<Row> | null = null;
  #stop: () => void = () => undefined;
  #stopWaiting: () => void = () => undefined;

  constructor(source: TallySource<Row>, keyOf: (row: Row) => string | null, counted: () => void) {
    this.#source = source;
    this.#keyOf = keyOf;
    this.#told = counted;
    this.recount();
  }

  get groups(): ReadonlyMap<string, TallyGroup<Row>> {
    return this.#counted.all;
  }

  recount(): void {
    this.#stop();
    this.#stopWaiting();
    const { worker, clock } = this.#source;
    const groups = new Groups<Row>();
    this.#counting = groups;
    const all = eachInPieces(this.#source.places(), worker.piece, (place) =>
      this.#put(place, groups),
    );
    this.#stop = worker.run(all, () => {
      this.#counted = groups;
      this.#counting = null;
      this.#told();
    });
    this.#stopWaiting = clock.after(ANEW_MS, () => this.recount());
  }

  close(): void {
    this.#stop();
    this.#stopWaiting();
    this.#source.detach();
  }

  /** Follows the rows in these places. */
  frame(places: readonly RowPlace<Row>[]): void {
    for (const place of places) {
      this.#put(place, this.#counted);
      if (this.#counting !== null) this.#put(place, this.#counting);
    }
  }

  #put({ row, kept }: RowPlace<Row>, groups: Groups<Row>): void {
    groups.put(row, kept && row.gone === 0 ? this.#keyOf(row) : null);
  }
}

/** Rows by the key that each goes by. */
class Groups<Row extends BaseRow> {
  readonly all = new Map<string, { readonly rows: Map<string, Row>; version: number }>();
  readonly #keys = new Map<string, string>();

  /** Puts a row under a key, null: under none. */
  put(row: Row, key: string | null): void {
    const { uid } = row;
    const before = this.#keys.get(uid);
    if (before !== undefined && before !== key) this.#leave(uid, before);
    if (key === null) return;
    let group = this.all.get(key);
    if (group === undefined) this.all.set(key, (group = { rows: new Map(), version: 0 }));
    if (group.rows.get(uid) === row) return;
    group.rows.set(uid, row);
    group.version++;
    if (before !== key) this.#keys.set(uid, key);
  }

  #leave(uid: string, key: string): void {
    const group = this.all.get(key);
    this.#keys.delete(uid);
    if (group === undefined) return;
    group.rows.delete(uid);
    group.version++;
    if (group.rows.size === 0) this.all.delete(key);
  }
}
