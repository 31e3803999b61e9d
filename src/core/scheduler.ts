import type { Clock } from './clock.ts';
import { turns } from './turns.ts';

/**
 * Runs something at most once per frame: the first request after a quiet time runs at once (in the
 * next macrotask, so that all that happens in this turn goes into one frame), later ones when a
 * frame's time has passed since the last run.
 */
export class FrameScheduler {
  readonly #clock: Clock;
  readonly #frameMs: () => number;
  readonly #run: () => void;
  #last = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | null = null;
  #closed = false;

  /** @param frameMs the least time between two runs (ms), asked anew for each frame */
  constructor(clock: Clock, frameMs: () => number, run: () => void) {
    this.#clock = clock;
    this.#frameMs = frameMs;
    this.#run = run;
  }

  /** Asks for a run in the next frame. */
  request(): void {
    if (this.#cancel !== null || this.#closed) return;
    const wait = Math.max(0, this.#last + this.#frameMs() - this.#clock.now());
    this.#cancel = this.#clock.after(wait, () => this.#fire());
  }

  /** Runs now what was asked for, without waiting for the frame; nothing where nothing was. */
  flush(): void {
    if (this.#cancel === null) return;
    this.#cancel();
    this.#fire();
  }

  /** Ends it: nothing runs any more. */
  close(): void {
    this.#closed = true;
    this.#cancel?.();
    this.#cancel = null;
  }

  #fire(): void {
    this.#cancel = null;
    this.#last = this.#clock.now();
    turns.count();
    this.#run();
  }
}
