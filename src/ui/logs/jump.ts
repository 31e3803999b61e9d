/** Going from line to line: to those that match, to errors. */
import type { LogBuffer, LogLevel } from '../../core/log-buffer.ts';
import type { LogScroll, ScrollScreen } from './scroll.ts';

/** Lines before an error that are looked at for what it goes on with. */
const TRACE = 200;

export class LogJump {
  readonly #buffer: LogBuffer;
  readonly #scroll: LogScroll;
  #found = -1;

  constructor(buffer: LogBuffer, scroll: LogScroll) {
    this.#buffer = buffer;
    this.#scroll = scroll;
  }

  /** Sequence number of the line that was found last, -1 for none. */
  get found(): number {
    return this.#found;
  }

  /**
   * Goes to the next shown line that is sought: from the one found last on where the screen shows
   * it, else from the edge of the screen.
   * @param isSought of the shown line at an index
   * @returns whether there is one
   */
  to(step: 1 | -1, isSought: (index: number) => boolean, screen: ScrollScreen): boolean {
    const scroll = this.#scroll;
    for (let i = this.#start(step, screen) + step; i >= 0 && i < scroll.length; i += step) {
      if (!isSought(i)) continue;
      this.#found = scroll.seqAt(i);
      scroll.goTo(i);
      return true;
    }
    return false;
  }

  /**
   * Goes to the next error, to the next warning where no shown line is an error. A trace is one.
   * @returns what to say of it; empty: it was found
   */
  toProblem(step: 1 | -1, screen: ScrollScreen): string {
    const where = step > 0 ? 'below' : 'above';
    const go = (level: LogLevel): boolean => this.to(step, (i) => this.#begins(i, level), screen);
    if (go('error')) return '';
    if (this.#has('error')) return `no error ${where}`;
    if (go('warn')) return 'no error here: a warning';
    return this.#has('warn')
      ? `no error here, no warning ${where}`
      : 'no error and no warning here';
  }

  #start(step: 1 | -1, screen: ScrollScreen): number {
    const { index, row } = this.#scroll.top(screen);
    let last = index;
    let rows = screen.height(index) - row;
    while (rows < screen.rows && last < this.#scroll.length - 1) rows += screen.height(++last);
    for (let i = index; i <= last; i++) if (this.#scroll.seqAt(i) === this.#found) return i;
    return step > 0 ? index - 1 : last + 1;
  }

  #has(level: LogLevel): boolean {
    for (let i = 0; i < this.#scroll.length; i++) if (this.#line(i)?.level === level) return true;
    return false;
  }

  /** Whether the shown line is of a level, and does not go on with one that is. */
  #begins(index: number, level: LogLevel): boolean {
    const line = this.#line(index);
    if (line?.level !== level) return false;
    let isTrace = line.continues;
    for (let i = index - 1; isTrace && i >= Math.max(0, index - TRACE); i--) {
      const before = this.#line(i);
      if (before?.source !== line.source) continue;
      if (before.level === level) return false;
      isTrace = before.continues;
    }
    return true;
  }

  #line(index: number) {
    return this.#buffer.at(this.#scroll.seqAt(index));
  }
}
