import { describe, expect, it } from 'vitest';
import { atLeastSince, extremes, Series, spans } from '../../../src/domain/trend.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 26, 14, 2);

/** A figure, seen every so many milliseconds. */
function seen(values: readonly (number | null)[], every = 5_000): Series {
  const series = new Series(START);
  values.forEach((value, i) => series.add(START + i * every, [value]));
  return series;
}

describe('what was seen of a figure', () => {
  it('is kept only where it changed', () => {
    expect(seen([1, 1, 1, 2, 2]).samples.map(({ values }) => values[0])).toEqual([1, 2]);
  });

  it('stays bounded, and keeps its peaks', () => {
    const series = seen(Array.from({ length: 10_000 }, (_, i) => (i === 500 ? 99 : i % 7)));
    expect(series.samples.length).toBeLessThanOrEqual(128);
    expect(extremes(series, 0)).toEqual({ low: expect.any(Number) as number, high: 99 });
  });

  it('is told in spans that hold what it was before where nothing changed', () => {
    const series = seen([1, 3, 2, null]);
    expect(spans(series, 0, START + 14_000, 30)).toEqual([1, 3, 2]);
    expect(spans(series, 0, START + 25_000, 30)).toEqual([1, 3, 2, null, null, null]);
    expect(spans(new Series(START), 0, START, 30)).toEqual([null]);
  });

  it('takes wider spans as time goes on, and stands still between', () => {
    const series = seen([1, 3, 2]);
    expect(spans(series, 0, START + 5 * MINUTE, 30)).toHaveLength(21);
    expect(spans(series, 0, START + 5 * MINUTE + 14_000, 30)).toHaveLength(21);
    expect(spans(series, 0, START + 20 * MINUTE, 30)).toHaveLength(21);
    for (const days of [1, 10, 100, 1_000]) {
      expect(spans(series, 0, START + days * 1440 * MINUTE, 30).length).toBeLessThanOrEqual(30);
    }
  });

  it('tells since when it has been at a bound', () => {
    expect(atLeastSince(seen([9, 10, 9, 10, 11]), 0, 10)).toBe(START + 15_000);
    expect(atLeastSince(seen([10, 9]), 0, 10)).toBeNull();
  });
});
