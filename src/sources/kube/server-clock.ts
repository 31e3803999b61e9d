import type { Clock } from '../../core/clock.ts';

/** So many answers are remembered: three that agree outvote what a cache in between says. */
const SAMPLES = 5;
/** The header counts whole seconds: smaller differences (ms) are no news. */
const RESOLUTION = 1_000;
/** The form that RFC 9110 requires of a Date header. */
const HTTP_DATE = /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** How far the server's clock is from ours, by the Date headers of its answers. */
export class ServerClock {
  readonly #clock: Clock;
  #samples: number[] = [];
  #offset: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What to add to our time (ms) to have the server's, about ±1 s; null before the first answer. */
  get offset(): number | null {
    return this.#offset;
  }

  /** Takes in the Date header of an answer whose head has just come. */
  heard(date: string | undefined): void {
    const time = HTTP_DATE.test(date ?? '') ? Date.parse(date ?? '') : NaN;
    if (Number.isNaN(time)) return;
    // The header leaves out what has passed of its second: half a second on average.
    this.#samples = [...this.#samples, time + 500 - this.#clock.now()].slice(-SAMPLES);
    const sorted = [...this.#samples].sort((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
    // It moves in steps, so that ages do not flicker.
    if (this.#offset === null || Math.abs(median - this.#offset) > RESOLUTION) {
      this.#offset = Math.round(median);
    }
  }
}
