import { describe, expect, it } from 'vitest';
import { plain } from '../../../../src/core/styled.ts';
import type { Chart } from '../../../../src/domain/charts/chart.ts';
import type { Series } from '../../../../src/domain/charts/series.ts';
import { legend } from '../../../../src/ui/charts/legend.ts';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 9, 14, 12);

const chart = (...labels: readonly string[]): Chart => ({
  ...{ title: 'Requests', unit: 'count', perSecond: true, finest: 60, quiet: '' },
  lines: labels.map((label) => ({
    label,
    metric: { namespace: 'AWS/EKS', name: label, dimensions: {}, stat: 'Sum' },
  })),
});

const series = (...values: readonly (number | null)[]): Series => ({
  ...{ from: NOW - values.length * MINUTE, to: NOW, period: MINUTE, values },
});

const said = (of: Chart, all: readonly Series[], width = 200): string =>
  plain(legend(of, all, width, NOW));

describe('what is said of lines', () => {
  it('is all of it where there is one and room', () => {
    expect(said(chart('all'), [series(10, 30, 20)])).toBe('20/s now, 10 to 30, mean 20');
  });

  it('is less where there is less room, the newest value to the last', () => {
    const all = [series(10, 30, 20), series(1, 2, 3)];
    const of = chart('all', 'bad');
    expect(said(of, all)).toBe('a all 20/s (10–30, ø 20)  b bad 3/s (1–3, ø 2)');
    expect(said(of, all, 40)).toBe('a all 20/s (10–30)  b bad 3/s (1–3)');
    expect(said(of, all, 30)).toBe('a all 20/s  b bad 3/s');
    expect(said(of, all, 5)).toBe('a 20/s  b 3/s');
  });

  it('has every value where labels are long, and as much of each label as fits', () => {
    const of = chart(
      ...['read-requests-of-the-first-zone', 'read-requests-of-the-second-zone'],
      ...['writes-of-the-first-zone', 'writes-of-the-second-zone'],
    );
    const all = [series(10, 30), series(1, 2), series(3, 4), series(5, 6)];
    for (const width of [150, 90, 66, 50]) {
      const text = said(of, all, width);
      expect(text.length).toBeLessThanOrEqual(width);
      expect(text).toMatch(/^a r.* 30\/s {2}b r.* 2\/s {2}c w.* 4\/s {2}d w.* 6\/s$/);
    }
    expect(said(of, all, 40)).toBe('a 30/s  b 2/s  c 4/s  d 6/s');
  });

  it('has no range where nothing moved, and nothing where there is no point', () => {
    const all = [series(7, 7, 7), series(null, null, null)];
    expect(said(chart('all', 'bad'), all)).toBe('a all 7/s, steady  b bad none');
    // That it is steady is the first to go: the lines after it say more.
    expect(said(chart('all', 'bad'), all, 25)).toBe('a all 7/s  b bad none');
  });

  it('tells how old a value is that is not of now', () => {
    const old = series(1, 2, null, null, null, null, null);
    expect(said(chart('all'), [old])).toBe('2/s now 5m ago, 1 to 2, mean 1.5');
  });

  it('holds nothing that a terminal could act on', () => {
    const text = said(chart('x\u001b[31my\nz', 'b'), [series(1), series(1)]);
    expect(text).toBe('a xy⏎z 1/s, steady  b b 1/s, steady');
  });
});
