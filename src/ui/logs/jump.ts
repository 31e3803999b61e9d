/** Going from line to line: to those that match, to errors. */
import type { LogProblems } from '../../core/log-problems.ts';
import type { LogScroll, ScrollScreen } from './scroll.ts';

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
   * @returns what to say of it; empty: it was found
   */
  toProblem(step: 1 | -1, screen: ScrollScreen): string {
    const where = step > 0 ? 'below' : 'above';
    const go = (level: 'error' | 'warn'): boolean => {
      const found = this.#problems.of(level);
      return this.to(step, (i) => found.has(this.#scroll.seqAt(i)), screen);
    };
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

  #has(level: 'error' | 'warn'): boolean {
    const found = this.#problems.of(level);
    for (let i = 0; i < found.length; i++) if (this.#scroll.shows(found.at(i))) return true;
    return false;
  }
}
