import { setImmediate } from 'node:timers';

/** How long (ms) decoding may hold the event loop in one turn, all streams together. */
const BUDGET = 4;

/**
 * Shares the event loop's turns among the streams that are being decoded: together they work for
 * a few milliseconds, then keys and frames come first, and one stream after the other goes on.
 */
class Turns {
  #began = 0;
  #scheduled = false;
  readonly #waiting: (() => void)[] = [];

  /** Has this turn of the event loop been used up? Ask after each piece of work. */
  get over(): boolean {
    const now = performance.now();
    if (this.#began === 0) this.#began = now;
    this.#schedule();
    return now - this.#began > BUDGET;
  }

  /** Resolves when it is the caller's turn again. */
  again(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#next());
  }

  /** A new turn: one of those that wait goes on. */
  #next(): void {
    this.#scheduled = false;
    this.#began = 0;
    const resume = this.#waiting.shift();
    if (resume === undefined) return;
    resume();
    this.#schedule();
  }
}

/** There is one event loop, so there is one of these. */
export const turns = new Turns();
