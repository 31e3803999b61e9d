/** What has one cause and comes in numbers: two hundred pods that were restarted are one line. */
import { grouped } from '../../core/grouped.ts';

/** What is counted together is at most so far apart (ms). */
const APART = 10 * 60_000;
/** So many lines of one cause are told one by one; more become one line. */
const FEW = 5;
/** As are so many of several floods that are small by themselves: some pods of each of some nodes. */
const MANY = 2 * FEW;
/** How many causes, and of one flood how many subjects, are remembered. */
const MOST = 1_000;
/** How many floods of one cause are remembered: what was is told in any order. */
const MOST_FLOODS = 5;

/**
 * The lines of one cause: by subject (a workload) while they are few, then one for all. What is a
 * flood in itself may be a subject too: the pods of one node, where many nodes fall.
 */
export class Flood<Line> {
  readonly #isThere: (line: Line) => boolean;
  readonly #bySubject = new Map<string, Line | Flood<Line>>();
  #whole: Line | null = null;
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

  /** The one line that stands for all; null while they are few, and where it was given up. */
  get whole(): Line | null {
    return this.#whole !== null && this.#isThere(this.#whole) ? this.#whole : null;
  }

  /** Its lines became one. */
  set whole(line: Line | null) {
    this.#whole = line;
  }

  /** How many subjects there are: `12`, or `1,000+` where no more are remembered. */
  get subjects(): string {
    const { size } = this.#bySubject;
    return `${grouped(size)}${size < MOST ? '' : '+'}`;
  }

  /** The lines that are there. */
  get lines(): readonly Line[] {
    if (this.whole !== null) return [this.whole];
    return [...this.#bySubject.values()]
      .flatMap((each) => (each instanceof Flood ? each.lines : [each]))
      .filter(this.#isThere);
  }

  /** The lines that shall be one from now on; null: none. */
  get many(): readonly Line[] | null {
    if (this.whole !== null) return null;
    const { lines } = this;
    return this.#bySubject.size > FEW || lines.length > MANY ? lines : null;
  }

  /** The line that counts what happens to a subject; null where one is to be begun. */
  lineOf(subject: string): Line | null {
    const { whole } = this;
    if (whole !== null) {
      this.begun(subject, whole);
      return whole;
    }
    const line = this.#bySubject.get(subject);
    return line === undefined || line instanceof Flood || !this.#isThere(line) ? null : line;
  }

  begun(subject: string, of: Line | Flood<Line>): void {
    if (this.#bySubject.size < MOST) this.#bySubject.set(subject, of);
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
