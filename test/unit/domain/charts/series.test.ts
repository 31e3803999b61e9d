import { describe, expect, it } from 'vitest';
import { seriesOf, summaryOf, zeroWhere } from '../../../../src/domain/charts/series.ts';
import { SPANS, windowOf } from '../../../../src/domain/charts/span.ts';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 9, 14, 12, 0, 30);
const HOUR = SPANS[0];

describe('a window', () => {
  it('ends with the last whole period', () => {
    expect(windowOf(HOUR, 60, NOW)).toEqual({
      from: Date.UTC(2026, 9, 14, 11, 0),
      to: Date.UTC(2026, 9, 14, 12, 0),
      period: MINUTE,
    });
  });

  it('has periods no finer than its points come', () => {
    const { from, to, period } = windowOf(HOUR, 300, NOW + 4 * MINUTE);
    expect([from, to, period]).toEqual([
      Date.UTC(2026, 9, 14, 11, 0),
      Date.UTC(2026, 9, 14, 12, 0),
      5 * MINUTE,
    ]);
  });

  it('has no more points than CloudWatch keeps that fine, and than a screen shows', () => {
    for (const { length, period } of SPANS) {
      expect(length / (period * 1000)).toBeLessThanOrEqual(300);
      if (period < 300) expect(length).toBeLessThanOrEqual(15 * 1440 * MINUTE);
    }
  });
});

describe('a series', () => {
  const window = windowOf({ id: 'x', length: 5 * MINUTE, period: 60 }, 60, NOW);
  const at = (minute: number): number => window.from + minute * MINUTE;

  it('has nothing where there is no point, and drops what is outside or no number', () => {
    const series = seriesOf(
      { Timestamps: [at(-1), at(0), null, at(3), at(4), at(5)], Values: [9, 60, 9, 120, null, 9] },
      window,
      false,
    );
    expect(series.values).toEqual([60, null, null, 120, null]);
    expect(summaryOf(series)).toEqual({
      ...{ last: 120, lastAt: at(4), low: 60, high: 120, mean: 90 },
    });
  });

  it('of sums tells what they are in a second', () => {
    const { values } = seriesOf({ Timestamps: [at(1)], Values: [120] }, window, true);
    expect(values).toEqual([null, 2, null, null, null]);
  });

  it('without any point has no figures', () => {
    expect(summaryOf(seriesOf({ Timestamps: [], Values: [] }, window, false))).toBe(null);
  });
});

it('reads what is not sent as 0 where there was something to count', () => {
  const window = { from: 120_000, to: 300_000, period: 60_000 };
  const series = { ...window, values: [2, null, null] };
  const other = { from: 60_000, to: 300_000, period: 60_000, values: [1, 9, 9, null] };
  expect(zeroWhere(series, other).values).toEqual([2, 0, null]);
  expect(zeroWhere(series, { ...other, period: 300_000 })).toEqual(series);
});
