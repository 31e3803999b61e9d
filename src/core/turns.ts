import { setImmediate } from 'node:timers';
import { apart } from './apart.ts';
import type { Worker } from './work.ts';

/** How long (ms) work that can wait may hold the event loop in one turn, all of it together. */
const BUDGET = 4;

/**
 * Shares the event loop's turns among what can wait, streams that are decoded and lists that are
 * sorted: together they work for a few milliseconds, then keys and frames come first, and one after
 * the other goes on.
 */
class Turns {
  /** When work of this turn began, null where there was none. */
  #began: number | null = null;
  #scheduled = false;
  /** The turn that follows one with work: nothing is done in it. */
  #rests = false;
  readonly #waiting: (() => void)[] = [];

  /** Has this turn of the event loop been used up? Ask after each piece of work. */
  get over(): boolean {
    const now = performance.now();
    this.#began ??= now;
    this.#schedule();
    return now - this.#began > BUDGET;
  }

  /** What follows cannot wait; it counts for this turn all the same. */
  count(): void {
    this.#began ??= performance.now();
    this.#rests = false;
    this.#schedule();
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

  /**
   * A new turn: one of those that wait goes on. Work that something from outside began stands in the
   * same turn as this callback, which is why one without work comes in between.
   */
  #next(): void {
    this.#scheduled = false;
    this.#rests = this.#began !== null && !this.#rests;
    if (this.#rests) {
      this.#schedule();
      return;
    }
    this.#began = null;
    const resume = this.#waiting.shift();
    if (resume === undefined) return;
    resume();
    this.#schedule();
  }
}

/** There is one event loop, so there is one of these. */
export const turns = new Turns();

/** Does work in the turns that it has a share of; what is small is done at once. */
export const IN_TURNS: Worker = {
  piece: 250,
  run(work, done) {
    let stopped = false;
    const go = (): void => {
      while (!stopped) {
        const step = work.next();
        if (step.done === true) {
          done(step.value);
          return;
        }
        if (!turns.over) continue;
        void turns.again().then(() => apart(go));
        return;
      }
    };
    go();
    return () => {
      stopped = true;
    };
  },
};
