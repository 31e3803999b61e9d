/** Waiting this long (ms) for this many bytes says how fast they come. */
const LONG_ENOUGH = 1_000;
const ENOUGH = 128 * 1024;
/** Fewer bytes than this for each millisecond that was waited for them (1 MB/s), and the link is slow. */
const SLOW = 1_000;
/** A silence longer than this (ms) is the server's, which has nothing to send yet, not the link's. */
const SILENCE = 1_000;

/**
 * How fast bytes come from one API server. Lists of pods shrink to a tenth by gzip, which costs
 * either end some 10 ms for each MB: that pays on a slow link alone, and only pages can be had so,
 * no streaming list.
 *
 * What counts is the time for which this program had nothing else to do than wait: while it is
 * busy it cannot tell.
 */
export class Link {
  readonly #idle: () => number;
  #slow = false;

  /** @param idle for how long (ms) the event loop has waited since the start */
  constructor(idle: () => number = () => performance.eventLoopUtilization().idle) {
    this.#idle = idle;
  }

  /** From the first time that it was: lists are asked for in pages, compressed. */
  get isSlow(): boolean {
    return this.#slow;
  }

  /** What to tell of each piece (bytes) of one list that is not compressed. */
  meter(): (bytes: number) => void {
    let last: number | null = null;
    let waited = 0;
    let size = 0;
    return (bytes) => {
      const now = this.#idle();
      const gap = last === null ? Infinity : now - last;
      last = now;
      if (gap > SILENCE) return;
      waited += gap;
      size += bytes;
      if (waited < LONG_ENOUGH || size < ENOUGH) return;
      if (size / waited < SLOW) this.#slow = true;
      waited = size = 0;
    };
  }
}
