/** Waiting this long (ms) for bytes says how fast they come. */
const LONG_ENOUGH = 1_000;
/** Fewer bytes than this for each millisecond that was waited for them (1 MB/s), and the link is slow. */
const SLOW = 1_000;

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
  #bodies = 0;
  #from = 0;
  #bytes = 0;
  #slow = false;

  /** @param idle for how long (ms) the event loop has waited since the start */
  constructor(idle: () => number = () => performance.eventLoopUtilization().idle) {
    this.#idle = idle;
  }

  /** From the first time that it was: lists are asked for in pages, compressed. */
  get isSlow(): boolean {
    return this.#slow;
  }

  /** A list that is not compressed begins to come. @returns to be told when it is here, or will not come */
  begin(): () => void {
    if (this.#bodies++ === 0) this.#reset();
    let isOver = false;
    return () => {
      if (!isOver) this.#bodies--;
      isOver = true;
    };
  }

  /** So much of it came. */
  took(bytes: number): void {
    this.#bytes += bytes;
    const waited = this.#idle() - this.#from;
    if (waited < LONG_ENOUGH) return;
    if (this.#bytes / waited < SLOW) this.#slow = true;
    this.#reset();
  }

  #reset(): void {
    this.#from = this.#idle();
    this.#bytes = 0;
  }
}
