/** Regular expressions that somebody typed, run so that none of them holds up the program. */
import { patiently, TooSlow } from './patience.ts';

/** How long a pattern may work in one go (ms); what is looked through in one go takes a fraction of it. */
const PATIENCE = 500;
/** What can be repeated can be repeated in ever more ways; other patterns end soon on any text. */
const REPEATS = /[*+?{]/;
/** Text on both sides of a window (UTF-16 units) in which a match that reaches into it may begin or end. */
const MARGIN = 1024;

/** Said of a pattern that was given up. */
export const TOO_SLOW = 'takes too long on this text: repeat less, as in a+ for (a+)+';

/** A match: UTF-16 units [start, end). */
export type Range = readonly [start: number, end: number];

export class Pattern {
  /** As it was typed. */
  readonly source: string;
  readonly #regex: RegExp;
  readonly #patience: number;
  readonly #isRisky: boolean;
  #isTooSlow = false;

  /**
   * Case counts only where the pattern has a capital letter.
   * @param patience how long {@link run} lets it work (ms)
   * @throws Error that says what is wrong with the pattern
   */
  constructor(source: string, patience = PATIENCE) {
    this.source = source;
    this.#patience = patience;
    this.#isRisky = REPEATS.test(source);
    const flags = /\p{Lu}/u.test(source) ? 'g' : 'gi';
    try {
      this.#regex = new RegExp(source, flags);
    } catch (error) {
      throw new Error((error as Error).message.replace(/^Invalid regular expression: /, ''), {
        cause: error,
      });
    }
  }

  /** It was given up: it would take for ever on some text. */
  get isTooSlow(): boolean {
    return this.#isTooSlow;
  }

  /**
   * Does work that calls {@link test} and {@link ranges}, as long as there is patience for it; a
   * pattern that exhausted it is not tried again. Broken-off work must leave nothing half done.
   * @throws TooSlow
   */
  run<T>(work: () => T): T {
    if (this.#isTooSlow) throw new TooSlow(TOO_SLOW);
    if (!this.#isRisky) return work();
    try {
      return patiently(this.#patience, work);
    } catch (error) {
      if (!(error instanceof TooSlow)) throw error;
      this.#isTooSlow = true;
      throw new TooSlow(TOO_SLOW, { cause: error });
    }
  }

  /** Whether it is found in the text. */
  test(text: string): boolean {
    this.#regex.lastIndex = 0;
    return this.#regex.test(text);
  }

  /**
   * The matches that show in the window [from, to) of a text, of at least one character. No more of
   * the text than the window and its margins is looked at.
   */
  ranges(text: string, from: number, to: number): readonly Range[] {
    const regex = this.#regex;
    // One unit more in front, so that the text does not seem to begin there.
    const start = Math.max(0, from - MARGIN);
    const offset = Math.max(0, start - 1);
    const end = Math.min(text.length, to + MARGIN);
    const part = text.slice(offset, end);
    const found: Range[] = [];
    regex.lastIndex = start - offset;
    for (let match = regex.exec(part); match !== null; match = regex.exec(part)) {
      const at = offset + match.index;
      const stop = at + match[0].length;
      if (at >= to) break;
      if (match[0] === '') regex.lastIndex++;
      else if (stop > from) found.push([at, stop]);
    }
    return found;
  }
}

/** Like {@link Pattern.run} for what may do without the pattern: null where it is given up. */
export function tryRun<T>(pattern: Pattern, work: () => T): T | null {
  try {
    return pattern.run(work);
  } catch (error) {
    if (error instanceof TooSlow) return null;
    throw error;
  }
}
