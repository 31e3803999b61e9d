/** What has one cause and comes in numbers: two hundred pods that were restarted are one line. */

/** What is counted together is at most so far apart (ms). */
const APART = 10 * 60_000;
/** So many lines of one cause are told one by one; more become one line. */
const FEW = 5;
/** How many causes, and of one flood how many subjects, are remembered. */
const MOST = 1_000;
/** How many floods of one cause are remembered: what was is told in any order. */
const MOST_FLOODS = 5;

/** The lines of one cause: by subject (a workload) while they are few, then one for all. */
class Flood<Line> {
  readonly #isThere: (line: Line) => boolean;
  readonly #bySubject = new Map<string, Line>();
  /** The one line that stands for all; null while they are few. */
  whole: Line | null = null;
  /** When it happened first and last (ms). */
  #first: number;
  #last: number;

  constructor(at: number, isThere: (line: Line) => boolean) {
    this.#first = this.#last = at;
    this.#isThere = isThere;
  }

  /** Whether what happened then is a part of it. */
  isAbout(at: number): boolean {
    return at >= this.#first - APART && at <= this.#last + APART;
  }

  takeIn(at: number): void {
    this.#first = Math.min(this.#first, at);
    this.#last = Math.max(this.#last, at);
  }

  /** How many subjects there are, as far as they are remembered. */
  get subjects(): number {
    return this.#bySubject.size;
  }

  /** The lines that shall be one from now on; null: none. */
  get many(): readonly Line[] | null {
    if (this.whole !== null || this.#bySubject.size <= FEW) return null;
    return [...this.#bySubject.values()].filter(this.#isThere);
  }

  /** The line that counts what happens to a subject; null where one is to be begun. */
  lineOf(subject: string): Line | null {
    const line = this.whole ?? this.#bySubject.get(subject);
    if (line === undefined || !this.#isThere(line)) return null;
    if (this.whole !== null) this.begun(subject, line);
    return line;
  }

  begun(subject: string, line: Line): void {
    if (this.#bySubject.size < MOST) this.#bySubject.set(subject, line);
  }
}

/** The floods by their causes. */
export class Floods<Line> {
  readonly #isThere: (line: Line) => boolean;
  /** Those of each cause, the one that was told of last at the end. */
  readonly #byCause = new Map<string, readonly Flood<Line>[]>();

  /** @param isThere a line may have been given up since it was begun */
  constructor(isThere: (line: Line) => boolean) {
    this.#isThere = isThere;
  }

  /** That of a cause at that time; a new one where all others were long before or after. */
  of(cause: string, at: number): Flood<Line> {
    const known = this.#byCause.get(cause) ?? [];
    const flood = known.find((each) => each.isAbout(at)) ?? new Flood(at, this.#isThere);
    flood.takeIn(at);
    const others = known.filter((each) => each !== flood);
    this.#byCause.delete(cause);
    this.#byCause.set(cause, [...others, flood].slice(-MOST_FLOODS));
    if (this.#byCause.size > MOST) {
      const [oldest] = this.#byCause.keys();
      if (oldest !== undefined) this.#byCause.delete(oldest);
    }
    return flood;
  }
}
