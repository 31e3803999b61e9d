import { expect, it } from 'vitest';
import type { BaseRow } from '../../../src/domain/rows.ts';
import { Trends } from '../../../src/session/trends.ts';
import { Store } from '../../../src/store/index.ts';
import { podRow } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const pod = (i: number, restarts = 0) => podRow({ uid: `p${i}`, name: `p${i}`, restarts });

it('looks at the rows that it is told of, and at no others', () => {
  const clock = new VirtualClock();
  const store = new Store({ clock, frameMs: () => 0 });
  const sink = store.sink('pods');
  const trends = new Trends(store);
  const looked: string[] = [];
  const figures = (row: BaseRow) => {
    looked.push(row.name);
    return [(row as ReturnType<typeof pod>).restarts];
  };
  sink.put([...Array(1_000).keys()].map((i) => pod(i)));
  store.flushNow();
  const stop = trends.follow('pods', figures, () => [store.get('pods', 'p7') ?? pod(7)]);
  clock.advance(1_000);
  sink.put([...Array(1_000).keys()].map((i) => ({ ...pod(i, 1), resourceVersion: '2' })));
  clock.advance(1_000);
  expect(looked).toEqual(['p7', 'p7']);
  expect(trends.of('pods', 'p7')?.samples.map(({ values }) => values[0])).toEqual([0, 1]);
  expect(trends.of('pods', 'p8')).toBeNull();
  stop();
});

it('forgets those that were looked at long ago', () => {
  const store = new Store({ clock: new VirtualClock(), frameMs: () => 0 });
  const trends = new Trends(store);
  for (let i = 0; i < 1_000; i++)
    trends.follow(
      'pods',
      () => [i],
      () => [pod(i)],
    )();
  expect(trends.of('pods', 'p0')).toBeNull();
  expect(trends.of('pods', 'p999')).not.toBeNull();
});
