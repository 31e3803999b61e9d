import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareNatural } from '../../../src/core/compare.ts';
import type { PodRow } from '../../../src/domain/rows.ts';
import { Store } from '../../../src/store/index.ts';
import type { ViewSpec } from '../../../src/store/view-types.ts';
import { podRow } from '../../support/rows.ts';
import { SlowWorker } from '../../support/slow-worker.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** A few names, so that events meet the same rows again and again. */
const pod = fc
  .record({ id: fc.nat(11), restarts: fc.nat(3), isReady: fc.boolean() })
  .map(({ id, restarts, isReady }) =>
    podRow({
      name: `p-${id}`,
      namespace: id % 3 === 0 ? 'shop' : 'default',
      uid: `uid-${id}`,
      restarts,
      isReady,
    }),
  );

const event = fc.oneof(
  { weight: 6, arbitrary: fc.record({ put: fc.array(pod, { maxLength: 4 }) }) },
  { weight: 3, arbitrary: fc.record({ remove: pod, last: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ list: fc.array(pod, { maxLength: 12 }) }) },
  { weight: 3, arbitrary: fc.record({ wait: fc.constantFrom(0, 50, 100, 400, 600_000) }) },
  { weight: 1, arbitrary: fc.record({ look: fc.nat(5) }) },
);

const compares = [
  (a: PodRow, b: PodRow) => a.restarts - b.restarts,
  (a: PodRow, b: PodRow) => compareNatural(b.name, a.name),
];
const filters = [undefined, (row: PodRow) => row.isReady, (row: PodRow) => row.restarts > 1];

/** What a full sort of a full filter gives. */
function expected(store: Store, look: number, gone: Gone, now: number): PodRow[] {
  const compare = compares[look % 2] ?? (() => 0);
  const filter = filters[look % 3] ?? (() => true);
  const since = { none: now + 1, recent: now - 60_000, all: 0 }[gone];
  return [...store.rows('pods')]
    .filter((row) => (row.gone === 0 || row.gone > since) && filter(row))
    .sort(
      (a, b) =>
        Number(a.gone > 0) - Number(b.gone > 0) ||
        b.gone - a.gone ||
        compare(a, b) ||
        (a.namespace < b.namespace ? -1 : a.namespace > b.namespace ? 1 : 0) ||
        compareNatural(a.name, b.name),
    );
}

type Gone = ViewSpec<'pods'>['gone'];
const gones = fc.constantFrom<Gone>('none', 'recent', 'all');

describe('any order of events', () => {
  it('ends in the rows of the final list, every view sorted and filtered at each frame', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), gones, (events, gone) => {
        const clock = new VirtualClock();
        const store = new Store({ clock });
        const sink = store.sink('pods');
        const model = new Map<string, PodRow>();
        let look = 0;
        const view = store.view({
          table: 'pods',
          compare: compares[0] ?? (() => 0),
          steady: false,
          gone,
        });
        const settling = store.view({
          table: 'pods',
          compare: compares[0] ?? (() => 0),
          steady: true,
          gone,
        });
        for (const step of events) {
          if ('put' in step) {
            sink.put(structuredClone(step.put));
            for (const row of step.put) model.set(row.uid, row);
          } else if ('remove' in step) {
            const { uid } = step.remove;
            sink.remove([step.last ? { uid, last: structuredClone(step.remove) } : { uid }]);
            model.delete(uid);
          } else if ('list' in step) {
            sink.relist();
            sink.put(structuredClone(step.list));
            sink.synced();
            model.clear();
            for (const row of step.list) model.set(row.uid, row);
          } else if ('look' in step) {
            look = step.look;
            view.update({
              compare: compares[look % 2] ?? (() => 0),
              filter: filters[look % 3],
            });
          } else clock.advance(step.wait);
          if (!('wait' in step || 'look' in step)) continue;
          store.flushNow();
          const want = expected(store, look, gone, clock.now());
          expect(view.window(0, view.length)).toEqual(want);
          expect(view.matched).toBe(want.filter((row) => row.gone === 0).length);
          expect(view.total).toBe(model.size);
          for (const [i, row] of want.entries()) expect(view.indexOf(row.uid)).toBe(i);
        }
        const present = [...store.rows('pods')].filter((row) => row.gone === 0);
        const said = ({ uid, restarts, isReady }: PodRow) => `${uid} ${restarts} ${isReady}`;
        expect(present.map(said).sort()).toEqual([...model.values()].map(said).sort());
        expect(store.size('pods')).toBe(model.size);
        clock.advance(1_000);
        expect(settling.window(0, settling.length)).toEqual(expected(store, 0, gone, clock.now()));
      }),
      { numRuns: 300 },
    );
  });

  it('is also what lists end in that are made while the rows change', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), gones, (events, gone) => {
        const clock = new VirtualClock();
        const worker = new SlowWorker();
        const store = new Store({ clock, worker });
        const sink = store.sink('pods');
        let look = 0;
        const compare = compares[0] ?? (() => 0);
        const view = store.view({ table: 'pods', compare, steady: false, gone });
        for (const step of events) {
          if ('put' in step) sink.put(structuredClone(step.put));
          else if ('remove' in step) sink.remove([{ uid: step.remove.uid }]);
          else if ('list' in step) {
            sink.relist();
            sink.put(structuredClone(step.list));
            sink.synced();
          } else if ('look' in step) {
            look = step.look;
            view.update({
              compare: compares[look % 2] ?? (() => 0),
              filter: filters[look % 3],
            });
          } else clock.advance(step.wait);
          store.flushNow();
          worker.step();
          // Whatever is listed, is listed once and found where it is.
          const shown = view.window(0, view.length);
          expect(shown.map(({ uid }) => view.indexOf(uid))).toEqual([...shown.keys()]);
        }
        view.finish();
        store.flushNow();
        expect(view.window(0, view.length)).toEqual(expected(store, look, gone, clock.now()));
      }),
      { numRuns: 300 },
    );
  });
});
