import type { Clock } from '../../core/clock.ts';

/** Somebody may just be giving the rights that were asked for: for so long (ms) they are awaited. */
const EAGER = 900_000;

/**
 * How often what is forbidden is asked for again: within 14 s at first, so that rights that are
 * given show at once, and about once a minute after a quarter of an hour. A kind that stays
 * forbidden costs the server four to five refusals a minute, later one.
 */
export class PermissionWait {
  readonly #clock: Clock;
  readonly #random: () => number;
  #since: number | null = null;

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  /** How long to wait (ms) after one more refusal. */
  next(): number {
    const now = this.#clock.now();
    this.#since ??= now;
    const [least, spread] = now - this.#since < EAGER ? [10_000, 4_000] : [45_000, 30_000];
    return least + this.#random() * spread;
  }

  /** It was allowed: the next refusal starts over. */
  reset(): void {
    this.#since = null;
  }
}
