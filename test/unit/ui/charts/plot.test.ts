import { describe, expect, it } from 'vitest';
import { plain } from '../../../../src/core/styled.ts';
import { textWidth } from '../../../../src/core/text.ts';
import type { Series } from '../../../../src/domain/charts/series.ts';
import { plot, type PlotOptions } from '../../../../src/ui/charts/plot.ts';

const MINUTE = 60_000;
const FROM = Date.UTC(2026, 9, 14, 11, 0);

const seriesOf = (values: readonly (number | null)[]): Series => ({
  ...{ from: FROM, to: FROM + values.length * MINUTE, period: MINUTE, values },
});

const lines = (
  all: readonly (readonly (number | null)[])[],
  change: Partial<PlotOptions> = {},
): readonly string[] => {
  const series = all.map(seriesOf);
  const window = series[0] ?? seriesOf([]);
  return plot({
    ...{ series, window, unit: 'count', columns: 24, rows: 6, zone: 'utc', marks: 'ascii' },
    ...change,
  }).map(plain);
};

describe('a plot', () => {
  it('has a scale, a line, and times below', () => {
    const climb = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, ...Array.from({ length: 10 }, () => 10)];
    expect(lines([climb])).toEqual([
      "10+         .'''''''''''",
      "  |       .'            ",
      " 5+    ..'              ",
      "  |  .'                 ",
      " 0+.'                   ",
      '                        ',
    ]);
  });

  it('draws no line over what is not known', () => {
    const [top] = lines([[5, 5, null, null, null, null, 5, 5, null, 5]], { columns: 13, rows: 3 });
    expect(top).toBe("5+''     '' '");
  });

  it('lets the letters of lines stand where they end', () => {
    const drawn = lines(
      [
        [1, 1],
        [10, 10],
        [10, null],
      ],
      { columns: 20 },
    );
    expect(drawn[0]).toMatch(/bc $/);
    expect(drawn.at(-2)).toMatch(/a {2}$/);
  });

  it.each([
    [24, 6],
    [10, 3],
    [80, 20],
    [3, 2],
  ])('is as large as it is told: %i×%i', (columns, rows) => {
    const drawn = lines(
      [
        [1, 200, 3],
        [4, null, 6],
      ],
      { columns, rows, marks: 'braille' },
    );
    expect(drawn).toHaveLength(rows);
    if (columns > 8) for (const line of drawn) expect(textWidth(line)).toBe(columns);
  });

  it('tells times only where they have room', () => {
    const hour = Array.from({ length: 60 }, () => 1);
    expect(lines([hour], { columns: 60 }).at(-1)).toMatch(/11:15 +11:30 +11:45/);
    expect(lines([hour], { columns: 60 }).at(-1)).toHaveLength(60);
  });
});
