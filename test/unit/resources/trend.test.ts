import { expect, it } from 'vitest';
import { plain } from '../../../src/core/styled.ts';
import { Series } from '../../../src/domain/trend.ts';
import { hpas } from '../../../src/resources/hpas.ts';
import { pods } from '../../../src/resources/pods.ts';
import { bars, figuresOf, trendSection } from '../../../src/resources/trend.ts';
import type { TrendDef } from '../../../src/resources/trend-def.ts';
import type { BaseRow } from '../../../src/domain/rows.ts';
import { hpaRow, podRow } from '../../support/rows.ts';

const START = Date.UTC(2026, 10, 26, 14, 2);

function told<Row extends BaseRow>(trend: TrendDef<Row> | undefined, rows: readonly Row[]) {
  const last = rows.at(-1);
  if (trend === undefined || last === undefined) return null;
  const series = new Series(START);
  rows.forEach((row, i) => series.add(START + i * 15_000, figuresOf(trend)(row)));
  const ctx = { now: START + rows.length * 15_000, time: 'utc' } as const;
  const section = trendSection(trend, last, series, ctx);
  const lines = section?.lines.map((line) =>
    typeof line === 'string' ? line : `${String(line[0])}: ${plain(line[1] as never)}`,
  );
  return [section?.title, ...(lines ?? [])];
}

it('draws from nothing to full, and what is not known as a dot', () => {
  expect(bars([0, 0.1, 4, 7.9, 8, null], 8)).toBe('▁▂▄▇█·');
  expect(bars([0, 0], 0)).toBe('▁▁');
});

it('tells the course of a pod with its extremes', () => {
  const MI = 2 ** 20;
  const rows = [100, 200, 400].map((memory) =>
    podRow({ name: 'api', cpu: null, memory: memory * MI, restarts: 1 }),
  );
  expect(told(pods.trend, rows)).toEqual([
    'Trend, as seen since 14:02:00 UTC (45s)',
    expect.stringMatching(/^Memory: [▁-█]+ {2}400Mi now, 100Mi to 400Mi seen$/) as string,
    'Restarts: 1 now, the same all the time',
  ]);
});

it('tells replicas and load of an autoscaler, and that it is at its maximum', () => {
  const rows = [2, 5, 6, 6].map((current, i) =>
    hpaRow({
      name: 'api',
      min: 2,
      max: 6,
      current,
      metrics: [{ name: 'cpu', current: '', target: '60%', ratio: i === 0 ? 0.5 : 1.5 }],
    }),
  );
  const [, replicas, load] = told(hpas.trend, rows) ?? [];
  expect(replicas).toMatch(/6 now, 2 to 6 seen, at its maximum for 30s$/);
  expect(load).toMatch(/150% now, 50% to 150% seen, over 100% for 45s$/);
});
