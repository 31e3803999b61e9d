/**
 * Which lines of a buffer are on the screen. The place is a sequence number, so that it stays with
 * its line while others arrive, are filtered away or are dropped.
 */
import type { LogBuffer, LogFilter } from '../../core/log-buffer.ts';

export class LogScroll {
  readonly #buffer: LogBuffer;
  #filter: LogFilter | null = null;
  #following = true;
  #top = 0;
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
    return !this.#following && this.#top < this.#buffer.first;
  }

  /** Lines that can be shown. */
  get length(): number {
    return this.#filter?.length ?? this.#buffer.end - this.#buffer.first;
  }

  /** Sequence number of the shown line at `index`. */
  seqAt(index: number): number {
    return this.#filter?.seqAt(index) ?? this.#buffer.first + index;
  }

  /** Index of the line that is first on a screen of `rows` unwrapped lines. */
  topIndex(rows: number): number {
    const last = Math.max(0, this.length - rows);
    if (this.#following) return last;
    const from = this.#filter?.indexFrom(this.#top) ?? this.#top - this.#buffer.first;
    return Math.max(0, Math.min(from, Math.max(0, this.length - 1)));
  }

  /** Puts the line at `index` on top and stops following. */
  goTo(index: number): void {
    const bounded = Math.max(0, Math.min(index, Math.max(0, this.length - 1)));
    this.#top = this.seqAt(bounded);
    this.#stop();
  }

  /** Keeps what is on the screen now, whatever arrives. */
  pause(rows: number): void {
    if (this.#following) this.goTo(this.topIndex(rows));
  }

  follow(): void {
    this.#following = true;
  }

  #stop(): void {
    if (this.#following) this.#pausedAt = this.#buffer.end;
    this.#following = false;
  }
}
