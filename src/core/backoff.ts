import type { Clock } from './clock.ts';

/** How a {@link Backoff} waits; the defaults are those of client-go's reflector. */
export interface BackoffOptions {
  /** Longest first wait (ms). */
  readonly first: number;
  /** Longest wait of all (ms). */
  readonly max: number;
  /** A failure that comes this long (ms) after the last one starts over at `first`. */
  readonly resetAfter: number;
}

const REFLECTOR: BackoffOptions = { first: 800, max: 30_000, resetAfter: 120_000 };

/**
 * Waits that double from failure to failure, with full jitter: each is random between half the
 * first and the present ceiling, so that many clients do not come back at the same moment.
 */
export class Backoff {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #options: BackoffOptions;
  #ceiling = 0;
  #last = 0;

  constructor(clock: Clock, random: () => number, options: BackoffOptions = REFLECTOR) {
    this.#clock = clock;
    this.#random = random;
    this.#options = options;
  }

  /** How long to wait (ms) after one more failure. */
  next(): number {
    const { first, max, resetAfter } = this.#options;
    const now = this.#clock.now();
    if (now - this.#last > resetAfter) this.#ceiling = 0;
    this.#last = now;
    this.#ceiling = this.#ceiling === 0 ? first : Math.min(max, this.#ceiling * 2);
    const floor = first / 2;
    return floor + this.#random() * (this.#ceiling - floor);
  }

  /** It works again: the next failure starts over. */
  reset(): void {
    this.#ceiling = 0;
  }
}
