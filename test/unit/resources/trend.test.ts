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
  const shown = trendSection(trend, last, series, ctx);
  if (shown === null) return null;
  const lines = shown.section.lines.map((line) =>
    typeof line === 'string' ? line : `${String(line[0])}: ${plain(line[1] as never)}`,
  );
  return [...(shown.isNews ? ['news'] : []), shown.section.title, ...lines];
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
  ]);
});

it('says nothing of what did not move', () => {
  const calm = podRow({ name: 'api', cpu: 5, memory: 1, restarts: 3 });
  expect(told(pods.trend, [calm, { ...calm }, { ...calm }])).toBeNull();
});

it('tells restarts that grow as news', () => {
  const rows = [3, 4].map((restarts) => podRow({ name: 'api', cpu: null, memory: null, restarts }));
  const [news, , restarts] = told(pods.trend, rows) ?? [];
  expect(news).toBe('news');
  expect(restarts).toMatch(/^Restarts: [▁-█]+ {2}4 now, 3 to 4 seen$/);
});

it('tells an autoscaler that has been at its maximum all the time', () => {
  const row = hpaRow({ name: 'api', min: 2, max: 6, current: 6, metrics: [] });
  expect(told(hpas.trend, [row, { ...row }])).toEqual([
    'news',
    'Trend, as seen since 14:02:00 UTC (30s)',
    'Replicas: 6 now, at its maximum all the time',
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
  const [, , replicas, load] = told(hpas.trend, rows) ?? [];
  expect(replicas).toMatch(/6 now, 2 to 6 seen, at its maximum for 30s$/);
  expect(load).toMatch(/150% now, 50% to 150% seen, over 100% for 45s$/);
});
