import type { Clock } from '../../core/clock.ts';
import type { Sink } from '../../ports/sink.ts';

/** At most this many rows are given to the sink at once. */
const BATCH = 64;
/** While a list loads, rows are held back for up to this time (ms) to make batches. */
const HOLD = 25;

/** Gives rows to a sink in batches, in the order in which they came. */
export class Feed<Row extends { readonly uid: string }> {
  readonly #sink: Sink<Row>;
  readonly #clock: Clock;
  #put: Row[] = [];
  #removed: { uid: string; last: Row }[] = [];
  #cancel: (() => void) | null = null;
  /** What a sink threw while nobody waited for it: told to who gives the next row. */
  #broken: { readonly error: unknown } | null = null;

  constructor(sink: Sink<Row>, clock: Clock) {
    this.#sink = sink;
    this.#clock = clock;
  }

  put(row: Row): void {
    this.#check();
    if (this.#removed.length > 0) this.flush();
    this.#put.push(row);
    if (this.#put.length >= BATCH) this.flush();
  }

  remove(row: Row): void {
    if (this.#put.length > 0) this.flush();
    this.#removed.push({ uid: row.uid, last: row });
    if (this.#removed.length >= BATCH) this.flush();
  }

  #check(): void {
    const broken = this.#broken;
    this.#broken = null;
    if (broken !== null) throw broken.error;
  }

  /** Flushes soon: more is on its way. */
  hold(): void {
    if (this.#cancel !== null || this.#put.length + this.#removed.length === 0) return;
    this.#cancel = this.#clock.after(HOLD, () => {
      try {
        this.flush();
      } catch (error) {
        this.#broken = { error };
      }
    });
  }

  flush(): void {
    this.#cancel?.();
    this.#cancel = null;
    const put = this.#put;
    const removed = this.#removed;
    this.#put = [];
    this.#removed = [];
    if (put.length > 0) this.#sink.put(put);
    if (removed.length > 0) this.#sink.remove(removed);
  }

  /** Forgets what was not flushed. */
  drop(): void {
    this.#put = [];
    this.#removed = [];
    this.flush();
  }
}
