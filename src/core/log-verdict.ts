import type { LogLine } from './log-buffer.ts';

/** What lines are asked. */
export interface LogTest {
  /** Called once for a line at most. */
  readonly test: (line: LogLine) => boolean;
  /** What it holds for is hidden; else shown. */
  readonly excludes: boolean;
}

/** What a line and those that go on with it are asked. */
export interface LogQuestion {
  readonly wanted: readonly LogTest[];
  readonly excluded: readonly LogTest[];
}

/** @param tests all of which have to hold */
export const logQuestion = (tests: readonly LogTest[]): LogQuestion => ({
  wanted: tests.filter(({ excludes }) => !excludes),
  excluded: tests.filter(({ excludes }) => excludes),
});

/** Whether a line and those that go on with it pass, as far as they have come. */
export class LogVerdict {
  readonly #excluded: readonly LogTest[];
  /** Tests that hold for none of the lines so far. */
  #unmet: readonly LogTest[];
  #isExcluded = false;

  constructor({ wanted, excluded }: LogQuestion) {
    this.#unmet = wanted;
    this.#excluded = excluded;
  }

  /** They are hidden, whatever comes. */
  get isExcluded(): boolean {
    return this.#isExcluded;
  }

  /** They are shown, unless a line comes that is excluded. */
  get passes(): boolean {
    return !this.#isExcluded && this.#unmet.length === 0;
  }

  /** Nothing that comes can change it. */
  get isFinal(): boolean {
    return this.#isExcluded || (this.#excluded.length === 0 && this.#unmet.length === 0);
  }

  /** Hears the next line. */
  hear(line: LogLine): void {
    this.#isExcluded ||= this.#excluded.some(({ test }) => test(line));
    if (!this.#isExcluded && this.#unmet.length > 0) {
      this.#unmet = this.#unmet.filter(({ test }) => !test(line));
    }
  }
}
