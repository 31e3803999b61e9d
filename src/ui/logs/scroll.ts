/**
 * Which lines of a buffer are on the screen. The place is a sequence number, so that it stays with
 * its line while others arrive, are filtered away or are dropped.
 */
import type { LogBuffer } from '../../core/log-buffer.ts';
import type { LogFilter } from '../../core/log-filter.ts';

/** A row of the screen: of the shown line at `index`, the row with that number. */
export interface ScrollPlace {
  readonly index: number;
  readonly row: number;
}

/** The screen that is scrolled. */
export interface ScrollScreen {
  readonly rows: number;
  /** Rows that the shown line at `index` takes, at least 1; more than `most` need not be counted. */
  readonly height: (index: number, most?: number) => number;
}

export class LogScroll {
  readonly #buffer: LogBuffer;
  #filter: LogFilter | null = null;
  #following = true;
  /** Sequence number of the line on top, and its rows that are above the screen. */
  #top = 0;
  #row = 0;
  /** Sequence number after the newest line when following stopped. */
  #pausedAt = 0;

  constructor(buffer: LogBuffer) {
    this.#buffer = buffer;
  }

  /** Shows only what a filter lets through; null shows all. */
  setFilter(filter: LogFilter | null): void {
    this.#filter = filter;
  }

  get following(): boolean {
    return this.#following;
  }

  /** Lines that arrived since following stopped. */
  get behind(): number {
    return this.#following ? 0 : this.#buffer.end - this.#pausedAt;
  }

  /** Was the line on top of a paused screen dropped, so that the buffer cannot show it any more. */
  get isTopDropped(): boolean {
    const isKnown = this.#top < this.#buffer.end;
    return !this.#following && isKnown && this.#buffer.at(this.#top) === undefined;
  }

  /** Lines that can be shown. */
  get length(): number {
    return this.#filter?.length ?? this.#buffer.length;
  }

  /** Sequence number of the shown line at `index`. */
  seqAt(index: number): number {
    return this.#filter?.seqAt(index) ?? this.#buffer.seqAt(index);
  }

  /** Is the line of that number shown, or would be. */
  shows(seq: number): boolean {
    const index = this.#filter?.indexFrom(seq) ?? this.#buffer.indexFrom(seq);
    return seq >= 0 && this.seqAt(index) === seq;
  }

  /** What is on top of the screen; the end of the log never leaves it half empty. */
  top(screen: ScrollScreen): ScrollPlace {
    const bottom = this.#bottom(screen);
    if (this.#following) return bottom;
    const from = this.#filter?.indexFrom(this.#top) ?? this.#buffer.indexFrom(this.#top);
    if (from > bottom.index) return bottom;
    // The line may be another where its own was filtered away, and take fewer rows than before.
    const isSame = this.seqAt(from) === this.#top;
    const row = isSame ? Math.min(this.#row, screen.height(from, this.#row + 1) - 1) : 0;
    return from === bottom.index && row > bottom.row ? bottom : { index: from, row };
  }

  /** Runs a command that scrolls up or down. False: it is none. */
  run(command: string, screen: ScrollScreen): boolean {
    const page = screen.rows - 1;
    switch (command) {
      case 'scroll.up':
        this.move(-1, screen);
        return true;
      case 'scroll.down':
        if (!this.following) this.move(1, screen);
        return true;
      case 'scroll.pageUp':
        this.move(-page, screen);
        return true;
      case 'scroll.pageDown':
        if (!this.following && this.move(page, screen)) this.follow();
        return true;
      case 'scroll.top':
        this.goTo(0);
        return true;
      case 'scroll.bottom':
        this.follow();
        return true;
      default:
        return false;
    }
  }

  /** Moves by rows of the screen and stops following. @returns whether the end is reached */
  move(rows: number, screen: ScrollScreen): boolean {
    let { index, row } = this.top(screen);
    row += rows;
    while (row < 0 && index > 0) row += screen.height(--index);
    while (index < this.length - 1) {
      const height = screen.height(index, row + 1);
      if (row < height) break;
      row -= height;
      index++;
    }
    this.goTo(index, Math.max(0, row));
    const { index: last, row: lastRow } = this.#bottom(screen);
    if (index < last || (index === last && row < lastRow)) return false;
    this.goTo(last, lastRow);
    return true;
  }

  /** Puts a row of the line at `index` on top and stops following. */
  goTo(index: number, row = 0): void {
    const bounded = Math.max(0, Math.min(index, Math.max(0, this.length - 1)));
    this.#top = this.seqAt(bounded);
    this.#row = row;
    if (this.#following) this.#pausedAt = this.#buffer.end;
    this.#following = false;
  }

  /** Keeps what is on the screen now, whatever arrives. */
  pause(screen: ScrollScreen): void {
    if (!this.#following) return;
    const { index, row } = this.top(screen);
    this.goTo(index, row);
  }

  follow(): void {
    this.#following = true;
  }

  /** The place from which on the screen shows the last rows. */
  #bottom({ rows, height }: ScrollScreen): ScrollPlace {
    let left = rows;
    for (let index = this.length - 1; index >= 0; index--) {
      left -= height(index);
      if (left <= 0) return { index, row: -left };
    }
    return { index: 0, row: 0 };
  }
}
