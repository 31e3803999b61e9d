/** What of a buffer is shown, hidden and marked: pattern, context, problems only. */
import { LogFilter, type LogBuffer } from '../../core/log-buffer.ts';
import type { LogPattern } from './pattern.ts';
import type { LogScroll } from './scroll.ts';

/** How many lines around each match are shown, in the order in which the key steps through them. */
const CONTEXTS = [0, 2, 5, 20];

export class LogLens {
  readonly #buffer: LogBuffer;
  readonly #scroll: LogScroll;
  #pattern: LogPattern | null = null;
  #hides = true;
  #context = 0;
  #problems = false;
  #filter: LogFilter | null = null;

  constructor(buffer: LogBuffer, scroll: LogScroll) {
    this.#buffer = buffer;
    this.#scroll = scroll;
  }

  get pattern(): LogPattern | null {
    return this.#pattern;
  }

  /** Lines that do not match are hidden; else matches are only marked. */
  get hides(): boolean {
    return this.#hides;
  }

  get context(): number {
    return this.#context;
  }

  get problems(): boolean {
    return this.#problems;
  }

  /** Lines let through, null where all are. */
  get filter(): LogFilter | null {
    return this.#filter;
  }

  setPattern(pattern: LogPattern | null): void {
    this.#pattern = pattern;
    this.refresh();
  }

  toggleHides(): void {
    this.#hides = !this.#hides;
    this.refresh();
  }

  toggleProblems(): void {
    this.#problems = !this.#problems;
    this.refresh();
  }

  nextContext(): void {
    this.#context = CONTEXTS[(CONTEXTS.indexOf(this.#context) + 1) % CONTEXTS.length] ?? 0;
    this.refresh();
  }

  /** Shows everything again; false where everything was shown. */
  clear(): boolean {
    if (this.#pattern === null && !this.#problems) return false;
    this.#pattern = null;
    this.#problems = false;
    this.refresh();
    return true;
  }

  /** Looks the whole buffer through anew. */
  refresh(): void {
    const pattern = this.#hides ? this.#pattern : null;
    const problems = this.#problems;
    this.#filter =
      pattern === null && !problems
        ? null
        : new LogFilter(
            this.#buffer,
            (line) =>
              (pattern === null || pattern.match(line)) &&
              (!problems || line.level === 'error' || line.level === 'warn'),
            this.#context,
          );
    this.#scroll.setFilter(this.#filter);
  }

  /** Is the shown line at `index` there only for what surrounds it. */
  isContext(index: number): boolean {
    return this.#filter !== null && !this.#filter.isMatch(index);
  }
}
