/** Rows in one frame that are more than anybody follows with the eye. */
const FLOOD = 128;
/** The least time (ms) between frames of a flood. */
const FLOOD_MS = 100;

/**
 * How often views are told. While a list of tens of thousands arrives, every frame that shows a
 * little more of it keeps the rest waiting: from a flood of rows on, frames come ten times a second.
 */
export class Pace {
  readonly #frameMs: () => number;
  #rows = 0;
  #flood = false;

  /** @param frameMs the least time (ms) between two frames otherwise */
  constructor(frameMs: () => number) {
    this.#frameMs = frameMs;
  }

  /** So many rows were written. */
  wrote(rows: number): void {
    this.#rows += rows;
  }

  /** A frame is shown. */
  shown(): void {
    this.#flood = this.#rows > FLOOD;
    this.#rows = 0;
  }

  /** The least time (ms) until the next frame. */
  readonly ms = (): number => (this.#flood ? Math.max(FLOOD_MS, this.#frameMs()) : this.#frameMs());
}
