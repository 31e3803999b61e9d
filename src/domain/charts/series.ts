/** What CloudWatch has of a metric, laid out over whole periods. */
import type { Window } from './span.ts';

/** A value for each period of a window, oldest first; null: there is none. */
export interface Series extends Window {
  readonly values: readonly (number | null)[];
}

/** Points as they come: a time (ms) and a value at each place; what is null is left out. */
export interface Points {
  readonly Timestamps: readonly (number | null)[];
  readonly Values: readonly (number | null)[];
}

/**
 * Lays points out; what lies outside the window or is no number is dropped.
 *
 * @param perSecond sums over a period become what they are for each second of it
 */
export function seriesOf(points: Points, window: Window, perSecond: boolean): Series {
  const { from, to, period } = window;
  const values = Array.from<number | null>({ length: Math.round((to - from) / period) }).fill(null);
  points.Timestamps.forEach((at, i) => {
    const value = points.Values[i] ?? null;
    if (at === null || value === null || at < from || at >= to) return;
    values[Math.floor((at - from) / period)] = perSecond ? value / (period / 1000) : value;
  });
  return { ...window, values };
}

/**
 * A series of what is sent only where it is more than none: no value is 0 where another series has
 * one of the same period.
 */
export function zeroWhere(series: Series, other: Series): Series {
  if (other.period !== series.period) return series;
  const shift = (series.from - other.from) / series.period;
  const values = series.values.map((value, i) =>
    value === null && typeof other.values[i + shift] === 'number' ? 0 : value,
  );
  return { ...series, values };
}

/** A series in a few figures. */
export interface Summary {
  /** The newest value that there is, and the end of its period (ms). */
  readonly last: number;
  readonly lastAt: number;
  readonly low: number;
  readonly high: number;
  readonly mean: number;
}

/** Null: it has no value at all. */
export function summaryOf({ values, from, period }: Series): Summary | null {
  const known = values.filter((value) => value !== null);
  const at = values.findLastIndex((value) => value !== null);
  const last = values[at];
  if (last === undefined || last === null) return null;
  return {
    last,
    lastAt: from + (at + 1) * period,
    low: known.reduce((low, value) => Math.min(low, value)),
    high: known.reduce((high, value) => Math.max(high, value)),
    mean: known.reduce((sum, value) => sum + value, 0) / known.length,
  };
}
