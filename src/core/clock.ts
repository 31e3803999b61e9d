/** Time and timers, injected so that tests run on a virtual clock. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * Runs `fn` once after `ms`, at most {@link LONGEST_DELAY}; returns how to cancel it. Timers
   * never keep the process alive.
   */
  after(ms: number, fn: () => void): () => void;
}

/** The longest wait of a timer (ms, 24.8 days): beyond it Node's timers run at once instead. */
export const LONGEST_DELAY = 2 ** 31 - 1;

/** A wait that timers can keep: 0 for a negative one, the longest one for what is no number. */
export function clampDelay(ms: number): number {
  return ms <= LONGEST_DELAY ? Math.max(0, ms) : LONGEST_DELAY;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, fn) => {
    const timer = setTimeout(fn, clampDelay(ms));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
