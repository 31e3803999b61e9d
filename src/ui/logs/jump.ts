/** Going from line to line: to those that match, to errors. */
import type { LogProblems } from '../../core/log-problems.ts';
import type { LogScroll, ScrollScreen } from './scroll.ts';

const NO_ERROR = 'no error here: a warning';

export class LogJump {
  readonly #problems: LogProblems;
  readonly #scroll: LogScroll;
  #found = -1;

  constructor(problems: LogProblems, scroll: LogScroll) {
    this.#problems = problems;
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
   * Who has found none yet, and there is none on that side, is taken to the nearest on the other:
   * logs open at their end.
   * @returns what to say of it; empty: it was found
   */
  toProblem(step: 1 | -1, screen: ScrollScreen): string {
    const where = step > 0 ? 'below' : 'above';
    const back = step > 0 ? -1 : 1;
    const go = (level: 'error' | 'warn', way: 1 | -1): boolean => {
      const found = this.#problems.of(level);
      return this.to(way, (i) => found.has(this.#scroll.seqAt(i)), screen);
    };
    if (go('error', step)) return '';
    if (this.#has('error')) {
      const none = `no error ${where}`;
      return !this.#isFoundShown(screen) && go('error', back) ? `${none}: the nearest` : none;
    }
    if (go('warn', step)) return NO_ERROR;
    if (!this.#isFoundShown(screen) && go('warn', back)) return NO_ERROR;
    return this.#has('warn')
      ? `no error here, no warning ${where}`
      : 'no error and no warning here';
  }

  /** Is the line that was found last on the screen. */
  #isFoundShown(screen: ScrollScreen): boolean {
    const { first, last } = this.#shown(screen);
    return this.#foundIn(first, last) >= 0;
  }

  #start(step: 1 | -1, screen: ScrollScreen): number {
    const { first, last } = this.#shown(screen);
    const found = this.#foundIn(first, last);
    if (found >= 0) return found;
    return step > 0 ? first - 1 : last + 1;
  }

  /** The index of the line that was found last, of those from one to another; -1: it is none of them. */
  #foundIn(first: number, last: number): number {
    for (let i = first; i <= last; i++) if (this.#scroll.seqAt(i) === this.#found) return i;
    return -1;
  }

  /** The shown lines of which something is on the screen. */
  #shown(screen: ScrollScreen): { readonly first: number; readonly last: number } {
    const { index, row } = this.#scroll.top(screen);
    let last = index;
    let rows = screen.height(index) - row;
    while (rows < screen.rows && last < this.#scroll.length - 1) rows += screen.height(++last);
    return { first: index, last };
  }

  #has(level: 'error' | 'warn'): boolean {
    const found = this.#problems.of(level);
    for (let i = 0; i < found.length; i++) if (this.#scroll.shows(found.at(i))) return true;
    return false;
  }
}
