import type { Clock } from '../core/clock.ts';

/** Rows in a millisecond that are more than anybody follows with the eye. */
const FLOOD = 2;
/** The least time (ms) between frames of a flood. */
const FLOOD_MS = 200;

/**
 * How often views are told. While a list of tens of thousands arrives, every frame that shows a
 * little more of it keeps the rest waiting: in a flood of rows frames come five times a second.
 */
export class Pace {
  readonly #clock: Clock;
  readonly #frameMs: () => number;
  #rows = 0;
  #since: number;
  #flood = false;

  /** @param frameMs the least time (ms) between two frames otherwise */
  constructor(clock: Clock, frameMs: () => number) {
    this.#clock = clock;
    this.#frameMs = frameMs;
    this.#since = clock.now();
  }

  /** So many rows were written. */
  wrote(rows: number): void {
    this.#rows += rows;
  }

  /** A frame is shown. */
  shown(): void {
    const now = this.#clock.now();
    this.#flood = this.#rows > FLOOD * Math.max(this.#frameMs(), now - this.#since);
    this.#rows = 0;
    this.#since = now;
  }

  /** The least time (ms) until the next frame. */
  readonly ms = (): number => (this.#flood ? Math.max(FLOOD_MS, this.#frameMs()) : this.#frameMs());
}
