/** What of a log is shown, hidden and marked: pattern, context, problems only, one of several clusters only. */
import type { LogLine } from '../../core/log-buffer.ts';
import { LogFilter, passesAlone } from '../../core/log-filter.ts';
import type { LogTest } from '../../core/log-verdict.ts';
import { tryRun, type Pattern } from '../../core/pattern.ts';
import type { LogSession } from '../../session/index.ts';
import type { LogMember } from './member.ts';
import type { LogPattern } from './pattern.ts';
import type { LogScroll } from './scroll.ts';

/** How many lines around each match are shown, in the order in which the key steps through them. */
const CONTEXTS = [0, 2, 5, 20];

/** Text that is looked through between two keys (UTF-16 units): some milliseconds' worth. */
const BUDGET = 8 * 1024 * 1024;
/** The same where lines are taken apart. */
const APART_BUDGET = BUDGET / 8;

const isProblem = ({ level }: LogLine): boolean => level === 'error' || level === 'warn';

export class LogNarrowing {
  readonly #session: Pick<LogSession, 'buffer' | 'clusterOf'>;
  /** The clusters that are shown together; empty: there is one. */
  readonly #beside: readonly LogMember[];
  readonly #scroll: LogScroll;
  #pattern: LogPattern | null = null;
  #hides = true;
  #context = 0;
  #problems = false;
  #only: LogMember | null = null;
  #filter: LogFilter | null = null;
  /** The pattern that the filter tests. */
  #tested: Pattern | null = null;

  constructor(
    session: Pick<LogSession, 'buffer' | 'clusterOf'>,
    beside: readonly LogMember[],
    scroll: LogScroll,
  ) {
    this.#session = session;
    this.#beside = beside;
    this.#scroll = scroll;
  }

  get pattern(): LogPattern | null {
    return this.#pattern;
  }

  /** What is marked in lines; null where nothing is. */
  get highlight(): Pattern | null {
    return this.#pattern?.highlight ?? null;
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

  /** The cluster of several whose lines are shown alone; null: those of all are. */
  get only(): LogMember | null {
    return this.#only;
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

  /** Only the lines of the next cluster; after the last, those of all again. */
  nextCluster(): void {
    const index = this.#only === null ? -1 : this.#beside.indexOf(this.#only);
    this.#only = this.#beside[index + 1] ?? null;
    this.refresh();
  }

  nextContext(): void {
    this.#context = CONTEXTS[(CONTEXTS.indexOf(this.#context) + 1) % CONTEXTS.length] ?? 0;
    this.refresh();
  }

  /** Shows everything again; false where everything was shown. */
  clear(): boolean {
    if (this.#pattern === null && !this.#problems && this.#only === null) return false;
    this.#pattern = null;
    this.#only = null;
    this.#problems = false;
    this.refresh();
    return true;
  }

  /** Looks the whole buffer through anew, as far as there is time for it now. */
  refresh(): void {
    const pattern = this.#hides && this.#pattern?.pattern.isTooSlow !== true ? this.#pattern : null;
    const problems = this.#problems;
    const session = this.#session;
    const only = this.#only?.cluster ?? null;
    this.#tested = pattern?.pattern ?? null;
    const tests: LogTest[] = [...(pattern?.tests ?? [])];
    if (only !== null) {
      tests.unshift({ test: (line) => session.clusterOf(line) === only, excludes: false });
    }
    if (problems) tests.unshift({ test: isProblem, excludes: false });
    this.#filter = tests.length === 0 ? null : new LogFilter(session.buffer, tests, this.#context);
    this.#scroll.setFilter(this.#filter);
    this.advance();
  }

  /** Looks through what came since the last call. @returns whether all has been looked through */
  advance(): boolean {
    const filter = this.#filter;
    if (filter === null) return true;
    const budget = this.#pattern?.takesApart === true ? APART_BUDGET : BUDGET;
    const test = (): boolean => filter.advance(budget);
    if (this.#tested === null) return test();
    const done = tryRun(this.#tested, test);
    // What is given up hides nothing: lines that were not looked at must not seem not to be there.
    if (done === null) this.refresh();
    return done ?? true;
  }

  /** Is the shown line at `index` one to go to: where a trace passes as a whole, what is marked in it. */
  isFound(index: number): boolean {
    const pattern = this.#pattern;
    const line = this.#session.buffer.at(this.#scroll.seqAt(index));
    if (pattern === null || line === undefined || this.isContext(index)) return false;
    if (this.#filter === null || !this.#hides) return passesAlone(line, pattern.tests);
    return pattern.highlight?.test(line.text) ?? !line.continues;
  }

  /** Is the shown line at `index` there only for what surrounds it. */
  isContext(index: number): boolean {
    return this.#filter !== null && !this.#filter.isMatch(index);
  }
}
