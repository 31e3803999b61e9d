import type { Clock } from '../core/clock.ts';
import type { Place } from './place.ts';
import type { Table } from './table.ts';

/** The most rows kept that are gone: a churn of jobs must not outweigh the rows that are there. */
const LIMIT = 5_000;

/** Rows whose time is over are told of together, at most this often (ms). */
const BATCH_MS = 1_000;

/** Remembers which rows are gone, and tells when they have been so for a while. */
export class GoneWindow {
  readonly #clock: Clock;
  readonly #onOver: (table: Table, place: Place) => void;
  readonly #onBatch: () => void;
  /** In order of leaving. */
  readonly #places = new Map<Place, Table>();
  #ms: number;
  #cancel: (() => void) | null = null;

  /**
   * @param ms how long; 0: rows that are gone are not remembered
   * @param onOver told of each row whose time is over, or for which there is no room any more
   * @param onBatch told after some were
   */
  constructor(
    clock: Clock,
    ms: number,
    onOver: (table: Table, place: Place) => void,
    onBatch: () => void,
  ) {
    this.#clock = clock;
    this.#ms = ms;
    this.#onOver = onOver;
    this.#onBatch = onBatch;
  }

  /** Takes a row that has just left; false where it is not remembered at all. */
  take(table: Table, place: Place): boolean {
    if (this.#ms === 0) return false;
    this.#places.delete(place);
    this.#places.set(place, table);
    if (this.#places.size > LIMIT) this.#endWhile((_, index) => index === 0);
    this.#plan();
    return true;
  }

  setMs(ms: number): void {
    this.#ms = ms;
    this.#cancel?.();
    this.#expire();
  }

  close(): void {
    this.#cancel?.();
    this.#places.clear();
  }

  #expire(): void {
    this.#cancel = null;
    const now = this.#clock.now();
    this.#endWhile((place) => place.row.gone + this.#ms <= now);
    this.#plan();
    this.#onBatch();
  }

  #endWhile(due: (place: Place, index: number) => boolean): void {
    let index = 0;
    for (const [place, table] of this.#places) {
      // A row that came back leaves the window whatever its turn.
      if (!place.present && !due(place, index++)) return;
      this.#places.delete(place);
      if (!place.present) this.#onOver(table, place);
    }
  }

  #plan(): void {
    const [first] = this.#places.keys();
    if (first === undefined || this.#cancel !== null) return;
    const wait = first.row.gone + this.#ms - this.#clock.now();
    this.#cancel = this.#clock.after(Math.max(BATCH_MS, wait), () => this.#expire());
  }
}
