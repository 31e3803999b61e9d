import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareNatural } from '../../../src/core/compare.ts';
import { contextKey } from '../../../src/domain/cluster-key.ts';
import type { PodRow } from '../../../src/domain/rows.ts';
import { IDLE } from '../../../src/domain/status.ts';
import { Store } from '../../../src/store/index.ts';
import { MergedView } from '../../../src/store/merged-view.ts';
import { podRow } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const NAMES = ['eu', 'us', 'ap'];

/** The same few names and uids in every cluster. */
const pod = fc
  .record({ id: fc.nat(9), restarts: fc.nat(3), isReady: fc.boolean() })
  .map(({ id, restarts, isReady }) =>
    podRow({
      name: `p-${id % 7}`,
      namespace: id % 3 === 0 ? 'shop' : 'default',
      uid: `uid-${id}`,
      restarts,
      isReady,
    }),
  );

const at = <T>(record: fc.Arbitrary<T>) => fc.tuple(fc.nat(NAMES.length - 1), record);
const event = fc.oneof(
  { weight: 6, arbitrary: fc.record({ put: at(fc.array(pod, { maxLength: 4 })) }) },
  { weight: 3, arbitrary: fc.record({ remove: at(pod) }) },
  { weight: 3, arbitrary: fc.record({ wait: fc.constantFrom(0, 50, 100, 400, 60_001) }) },
  { weight: 1, arbitrary: fc.record({ look: fc.nat(5) }) },
);

const compares = [
  (a: PodRow, b: PodRow) => a.restarts - b.restarts,
  (a: PodRow, b: PodRow) => compareNatural(b.name, a.name),
];
const filters = [undefined, (row: PodRow) => row.isReady, (row: PodRow) => row.restarts > 1];
const none = (): number => 0;
const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function setUp(steady: boolean, clusters = NAMES) {
  const clock = new VirtualClock();
  const stores = clusters.map((name) => new Store({ clock, cluster: contextKey(name) }));
  const compare = compares[0] ?? none;
  const views = stores.map((store) =>
    store.view({ table: 'pods', compare, steady, gone: 'recent' as const }),
  );
  const parts = views.map((view, i) => ({ cluster: contextKey(clusters[i] ?? ''), view }));
  return { clock, stores, views, merged: new MergedView(parts, compare, () => IDLE) };
}

describe('a merged view', () => {
  it('is the sorted union of its parts, whatever comes in which order', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 50 }), (events) => {
        const { clock, stores, views, merged } = setUp(false);
        let look = 0;
        for (const step of events) {
          if ('put' in step) stores[step.put[0]]?.sink('pods').put(structuredClone(step.put[1]));
          else if ('remove' in step) {
            stores[step.remove[0]]?.sink('pods').remove([{ uid: step.remove[1].uid }]);
          } else if ('look' in step) {
            look = step.look;
            merged.update({ compare: compares[look % 2] ?? none, filter: filters[look % 3] });
          } else clock.advance(step.wait);
          for (const store of stores) store.flushNow();
          const compare = compares[look % 2] ?? none;
          const all = views.flatMap((view) => view.window(0, view.length));
          const part = ({ cluster }: PodRow): number =>
            NAMES.findIndex((name) => contextKey(name) === cluster);
          const want = all.toSorted(
            (a, b) =>
              Number(a.gone > 0) - Number(b.gone > 0) ||
              b.gone - a.gone ||
              compare(a, b) ||
              text(a.namespace, b.namespace) ||
              compareNatural(a.name, b.name) ||
              part(a) - part(b) ||
              text(a.uid, b.uid),
          );
          expect(merged.window(0, merged.length)).toEqual(want);
          expect(merged.length).toBe(want.length);
          for (const [i, row] of want.entries()) {
            expect(merged.at(i)).toBe(row);
            expect(merged.indexOf(merged.keyOf(row))).toBe(i);
          }
          const middle = want.length >> 1;
          expect(merged.window(middle, middle + 3)).toEqual(want.slice(middle, middle + 3));
          expect(merged.total).toBe(views.reduce((sum, { total }) => sum + total, 0));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('lists each row once while an order waits to settle', () => {
    const { clock, stores, merged } = setUp(true, ['eu', 'us']);
    for (const [i, store] of stores.entries()) {
      store.sink('pods').put([0, 1, 2].map((n) => podRow({ uid: `u${n}`, name: `p${i}${n}` })));
      store.flushNow();
    }
    clock.advance(1000);
    stores[0]?.sink('pods').put([podRow({ uid: 'u0', name: 'p00', restarts: 1 })]);
    stores[0]?.flushNow();
    stores[0]?.sink('pods').put([podRow({ uid: 'u0', name: 'p00', restarts: 9 })]);
    stores[0]?.flushNow();
    stores[0]?.sink('pods').put([podRow({ uid: 'u1', name: 'p01', restarts: 5 })]);
    stores[0]?.flushNow();
    const rows = merged.window(0, merged.length);
    expect(new Set(rows.map((row) => merged.keyOf(row))).size).toBe(6);
    for (const [i, row] of rows.entries()) expect(merged.indexOf(merged.keyOf(row))).toBe(i);
  });

  it('finds a screen of many rows without looking at all of them', () => {
    const { stores, views, merged } = setUp(false, ['eu', 'us']);
    for (const store of stores) {
      store
        .sink('pods')
        .put(Array.from({ length: 5000 }, (_, i) => podRow({ uid: `u${i}`, name: `p-${i}` })));
      store.flushNow();
    }
    let looks = 0;
    for (const view of views) {
      const placedAt = view.placedAt.bind(view);
      view.placedAt = (index) => {
        looks++;
        return placedAt(index);
      };
    }
    expect(merged.window(6000, 6040)).toHaveLength(40);
    // Two searches within searches, and two heads for each row.
    expect(looks).toBeLessThan(2 * 14 * 15 + 2 * 40 + 20);
    looks = 0;
    expect(merged.window(6010, 6050)).toHaveLength(40);
    expect(looks).toBeLessThan(2 * 60);
  });
});

it('knows of a row that a filter hides, and of none that is gone or another cluster has', () => {
  const { clock, stores, merged } = setUp(false, ['eu', 'us']);
  const hidden = podRow({ name: 'web', uid: 'uid-1', isReady: false });
  stores[0]?.sink('pods').put([hidden]);
  merged.update({ filter: ({ isReady }) => isReady });
  clock.advance(100);
  const keyIn = (name: string) => merged.keyOf({ ...hidden, cluster: contextKey(name) });
  expect(merged.indexOf(keyIn('eu'))).toBe(-1);
  expect(merged.isThere(keyIn('eu'))).toBe(true);
  expect(merged.isThere(keyIn('us'))).toBe(false);
  stores[0]?.sink('pods').remove([{ uid: 'uid-1' }]);
  clock.advance(100);
  expect(merged.isThere(keyIn('eu'))).toBe(false);
});
