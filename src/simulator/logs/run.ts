import { hash, noise } from '../random.ts';
import type { Run, Style } from './style.ts';
import { STYLES } from './styles.ts';

/** Lines that were written in one moment: most entries have one, a stack trace has many. */
export interface Entry {
  /** ms */
  readonly time: number;
  readonly lines: readonly string[];
}

/** The kubelet rotates logs at 10 MiB: of older entries nothing is left. */
const KEPT = 20_000;
/** Banner entries follow each other at this distance, in ms. */
const BANNER_STEP = 130;

/**
 * The log of a run: nothing is stored, every entry follows from the run's id and its number. Entry
 * numbers grow with time, so that any stretch of any age can be told at once.
 */
export class RunLog {
  private readonly run: Run;
  private readonly seed: number;
  private readonly banner: readonly string[];
  private readonly words: readonly string[];
  private readonly style: Style;

  /** @param style how it is written, where that is no image's own way */
  constructor(run: Run, style = STYLES[run.logging.style]) {
    this.run = run;
    this.seed = hash(run.id);
    this.style = style;
    this.banner = style.banner(run);
    this.words = run.endedAt === null || run.exitCode === 0 ? [] : style.lastWords(run);
  }

  /** How many entries there are up to a moment, in ms. */
  countUntil(time: number): number {
    const { endedAt, startedAt } = this.run;
    const end = endedAt === null ? time : Math.min(time, endedAt);
    const banner = Math.floor((end - startedAt) / BANNER_STEP) + 1;
    if (banner < this.banner.length) return Math.max(0, banner);
    let regular = Math.max(0, Math.floor(((end - this.base) * this.rate) / 1000));
    // An entry is somewhere within its slot; the last slot may not have come to it.
    while (regular > 0 && this.timeOf(this.banner.length + regular - 1) > end) regular--;
    const last = endedAt !== null && time >= endedAt && this.words.length > 0 ? 1 : 0;
    return this.banner.length + regular + last;
  }

  /** The oldest entry that rotation has left. */
  oldest(count: number): number {
    return Math.max(0, count - KEPT);
  }

  /** The first entry at or after a moment, in ms. */
  indexAt(time: number, count: number): number {
    let low = this.oldest(count);
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.timeOf(middle, count) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  entry(index: number, count: number): Entry {
    const time = this.timeOf(index, count);
    if (index < this.banner.length) return { time, lines: [this.banner[index] ?? ''] };
    if (this.isLast(index, count)) return { time, lines: this.words };
    const chance = (n: number): number => noise(this.seed + index * 97, n);
    return { time, lines: this.style.entry({ ...this.run, time, index, chance }) };
  }

  /** When an entry was, or will be, written (ms). */
  timeOf(index: number, count = Infinity): number {
    if (index < this.banner.length) return this.run.startedAt + index * BANNER_STEP;
    if (this.isLast(index, count)) return this.run.endedAt ?? 0;
    const slot = index - this.banner.length;
    return Math.floor(this.base + ((slot + 0.85 * noise(this.seed, slot)) * 1000) / this.rate);
  }

  private isLast(index: number, count: number): boolean {
    return this.words.length > 0 && this.run.endedAt !== null && index === count - 1;
  }

  private get base(): number {
    return this.run.startedAt + this.banner.length * BANNER_STEP;
  }

  private get rate(): number {
    return this.run.logging.rate;
  }
}
