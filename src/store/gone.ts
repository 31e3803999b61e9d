import type { Clock } from '../core/clock.ts';
import type { Slot } from './slot.ts';
import type { Table } from './table.ts';

/** The most rows kept that are gone: a churn of jobs must not outweigh the rows that are there. */
const LIMIT = 5_000;

/** Rows whose time is over are told of together, at most this often (ms). */
const BATCH_MS = 1_000;

/** Remembers which rows are gone, and tells when they have been so for a while. */
export class GoneWindow {
  readonly #clock: Clock;
  readonly #onOver: (table: Table, slot: Slot) => void;
  readonly #onBatch: () => void;
  /** In order of leaving. */
  readonly #slots = new Map<Slot, Table>();
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
    onOver: (table: Table, slot: Slot) => void,
    onBatch: () => void,
  ) {
    this.#clock = clock;
    this.#ms = ms;
    this.#onOver = onOver;
    this.#onBatch = onBatch;
  }

  /** Takes a row that has just left; false where it is not remembered at all. */
  take(table: Table, slot: Slot): boolean {
    if (this.#ms === 0) return false;
    this.#slots.delete(slot);
    this.#slots.set(slot, table);
    if (this.#slots.size > LIMIT) this.#endWhile((_, index) => index === 0);
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
    this.#slots.clear();
  }

  #expire(): void {
    this.#cancel = null;
    const now = this.#clock.now();
    this.#endWhile((slot) => slot.row.gone + this.#ms <= now);
    this.#plan();
    this.#onBatch();
  }

  #endWhile(due: (slot: Slot, index: number) => boolean): void {
    let index = 0;
    for (const [slot, table] of this.#slots) {
      // A row that came back leaves the window whatever its turn.
      if (!slot.present && !due(slot, index++)) return;
      this.#slots.delete(slot);
      if (!slot.present) this.#onOver(table, slot);
    }
  }

  #plan(): void {
    const [first] = this.#slots.keys();
    if (first === undefined || this.#cancel !== null) return;
    const wait = first.row.gone + this.#ms - this.#clock.now();
    this.#cancel = this.#clock.after(Math.max(BATCH_MS, wait), () => this.#expire());
  }
}
