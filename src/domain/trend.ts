/** What was seen of a figure since it was first looked at: bounded, however long that is. */

/** The figures of one moment; null: not known then. */
export interface Sample {
  /** Milliseconds. */
  readonly at: number;
  readonly values: readonly (number | null)[];
}

/** What was seen, oldest first. What is not seen changing stays as it was. */
export interface Trend {
  /** When it was first looked at (ms). */
  readonly since: number;
  readonly samples: readonly Sample[];
}

/** So many samples are kept; beyond, neighbours become one. */
const MOST = 128;

const highest = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.max(one, other);

/** Takes samples in: those of a long time become coarser, and keep their peaks. */
export class Series implements Trend {
  readonly since: number;
  #samples: Sample[] = [];

  constructor(since: number) {
    this.since = since;
  }

  get samples(): readonly Sample[] {
    return this.#samples;
  }

  /** @returns whether it differs from the last one, and was kept */
  add(at: number, values: readonly (number | null)[]): boolean {
    const last = this.#samples.at(-1);
    if (last?.values.every((value, i) => value === values[i]) === true) return false;
    if (this.#samples.length >= MOST) this.#samples = this.#halved();
    this.#samples.push({ at, values });
    return true;
  }

  #halved(): Sample[] {
    const halved: Sample[] = [];
    for (let i = 0; i < this.#samples.length; i += 2) {
      const [first, second] = this.#samples.slice(i, i + 2);
      if (first === undefined) continue;
      const values = first.values.map((value, j) => highest(value, second?.values[j] ?? null));
      halved.push({ at: first.at, values });
    }
    return halved;
  }
}

/** Widths of a cell (ms): one after the other as time goes on, so that the line stands still between. */
const STEPS: readonly number[] = [5, 15, 30, 60, 120, 300, 600, 1800, 3600, 10_800, 43_200].map(
  (seconds) => seconds * 1000,
);

/**
 * One of its figures in equal spans of time up to now, at most so many: the highest of each span, or
 * what it was before where nothing was seen in it.
 * @param which of the values of the samples
 */
export function spans(
  { since, samples }: Trend,
  which: number,
  now: number,
  most: number,
): readonly (number | null)[] {
  const fits = (step: number): boolean => Math.floor(now / step) - Math.floor(since / step) < most;
  const step = STEPS.find(fits) ?? Math.ceil((now - since + 1) / (most - 1));
  const first = Math.floor(since / step);
  const shown: (number | null)[] = [];
  let i = 0;
  let carried: number | null = null;
  for (let span = first; span <= Math.floor(now / step); span++) {
    let peak: number | null = null;
    for (let next = samples[i]; next !== undefined && Math.floor(next.at / step) <= span;) {
      carried = next.values[which] ?? null;
      peak = highest(peak, carried);
      next = samples[++i];
    }
    shown.push(peak ?? carried);
  }
  return shown;
}

/** The lowest and the highest that was seen of a figure; null: it was never known. */
export function extremes(
  { samples }: Trend,
  which: number,
): { readonly low: number; readonly high: number } | null {
  const known = samples.map(({ values }) => values[which] ?? null).filter((each) => each !== null);
  return known.length === 0 ? null : { low: Math.min(...known), high: Math.max(...known) };
}

/** Since when a figure has been at least that without a break; null: it is not now. */
export function atLeastSince({ samples }: Trend, which: number, bound: number): number | null {
  let since: number | null = null;
  for (const { at, values } of samples) {
    const value = values[which] ?? null;
    if (value === null || value < bound) since = null;
    else since ??= at;
  }
  return since;
}
