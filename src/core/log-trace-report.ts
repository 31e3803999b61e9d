/**
 * What a program writes over many lines about one error, with blank lines between: Spring's report of
 * a start that failed, the statement that SQLAlchemy could not run.
 */

/** Above and below the title of Spring's report. */
const RULE = /^\*{10,}$/;
const TITLE = 'APPLICATION FAILED TO START';
/** Its last heading, behind which come a blank line, what to do, and a blank line. */
const LAST = 'Action:';
const STATEMENT = /^\[(?:SQL|parameters): /;

/** Whether a line may be the first of a report. */
export const beginsReport = (text: string): boolean => RULE.test(text) || STATEMENT.test(text);

/** Follows the lines of an error. */
export class ErrorReport {
  #isTitled = false;
  /** Blank lines until it is over. */
  #blanks = 0;
  #isStatement = false;

  /** Does one go on behind the lines that were seen. */
  get isOpen(): boolean {
    return this.#isTitled || this.#blanks > 0 || this.#isStatement;
  }

  /** Sees the next line of the error, as a whole. */
  see(line: string): void {
    if (line.trim() === '') this.#blanks = Math.max(0, this.#blanks - 1);
    else if (line === TITLE) this.#blanks = Infinity;
    else if (line === LAST && this.#blanks > 0) this.#blanks = 2;
    this.#isTitled = this.#blanks === 0 && RULE.test(line);
    if (this.#isStatement || STATEMENT.test(line)) this.#isStatement = !line.endsWith(']');
  }
}
