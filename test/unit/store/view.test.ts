import { describe, expect, it } from 'vitest';
import type { PodRow } from '../../../src/domain/rows.ts';
import { IDLE } from '../../../src/domain/status.ts';
import { Store } from '../../../src/store/index.ts';
import type { View, ViewSpec } from '../../../src/store/view-types.ts';
import { podRow } from '../../support/rows.ts';
import { SlowWorker } from '../../support/slow-worker.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const byRestarts = (a: PodRow, b: PodRow) => b.restarts - a.restarts;
const byNothing = () => 0;

function opened(look: Partial<ViewSpec<'pods'>> = {}) {
  const clock = new VirtualClock();
  const store = new Store({ clock });
  const pods = store.sink('pods');
  const put = (...rows: Parameters<typeof podRow>[0][]) => pods.put(rows.map(podRow));
  const view = store.view({
    table: 'pods',
    compare: byNothing,
    steady: false,
    gone: 'all',
    ...look,
  });
  return { clock, store, pods, put, view };
}

const listed = (view: View<'pods'>) => view.window(0, view.length).map(({ name }) => name);

describe('order', () => {
  it('is by the comparator, then namespace, name as people count, and uid', () => {
    const { clock, put, view } = opened({ compare: byRestarts });
    put(
      { name: 'web-10' },
      { name: 'web-2' },
      { name: 'zz', namespace: 'app' },
      { name: 'hot', restarts: 3 },
      { name: 'web-2', uid: 'later' },
    );
    clock.advance(0);
    expect(listed(view)).toEqual(['hot', 'zz', 'web-2', 'web-2', 'web-10']);
    expect(view.at(2)?.uid).toBe('later');
    expect(view.at(5)).toBeUndefined();
    expect(view.window(1, 3).map(({ name }) => name)).toEqual(['zz', 'web-2']);
    expect(view.window(-2, 1)).toHaveLength(1);
  });

  it('tells where a uid stands, also after it moved', () => {
    const { clock, put, view } = opened({ compare: byRestarts });
    put({ name: 'a' }, { name: 'b' }, { name: 'c' });
    clock.advance(0);
    expect(view.indexOf('uid-default-c')).toBe(2);
    put({ name: 'c', restarts: 1 });
    clock.advance(100);
    expect(view.indexOf('uid-default-c')).toBe(0);
    expect(view.indexOf('uid-default-a')).toBe(1);
    expect(view.indexOf('nobody')).toBe(-1);
  });

  it('finds rows even where the comparator is not to be trusted', () => {
    let turn = 1;
    const { clock, put, pods, view } = opened({ compare: (a, b) => turn * byRestarts(a, b) });
    put(...Array.from({ length: 20 }, (_, i) => ({ name: `p${i}`, restarts: i })));
    clock.advance(0);
    turn = -1;
    pods.remove([{ uid: 'uid-default-p3' }]);
    view.update({ gone: 'none' });
    pods.remove([{ uid: 'uid-default-p4' }]);
    turn = 1;
    clock.advance(100);
    expect(view.length).toBe(18);
    expect(new Set(listed(view)).size).toBe(18);
  });
});

describe('filter', () => {
  const ready = ({ isReady }: PodRow) => isReady;

  it('narrows what is listed; `only` narrows what there is', () => {
    const { clock, put, view } = opened({
      only: ({ namespace }) => namespace === 'shop',
      filter: ready,
    });
    put(
      { name: 'a', namespace: 'shop' },
      { name: 'b', namespace: 'shop', isReady: false },
      { name: 'c' },
    );
    clock.advance(0);
    expect([view.matched, view.total, view.length]).toEqual([1, 2, 1]);
    expect(view.indexOf('uid-shop-b')).toBe(-1);
    put({ name: 'b', namespace: 'shop' });
    put({ name: 'a', namespace: 'shop', isReady: false });
    clock.advance(100);
    expect(listed(view)).toEqual(['b']);
  });

  it('changes at once, and is taken away by undefined', () => {
    const { clock, put, view } = opened({ filter: ready });
    put({ name: 'a', isReady: false }, { name: 'b' });
    clock.advance(0);
    expect(listed(view)).toEqual(['b']);
    view.update({ filter: undefined });
    expect(listed(view)).toEqual(['a', 'b']);
    view.update({ filter: ({ name }) => name === 'a' });
    expect(listed(view)).toEqual(['a']);
    view.update({ only: ({ name }) => name === 'b', filter: undefined, compare: byRestarts });
    expect(listed(view)).toEqual(['b']);
    expect(view.total).toBe(1);
  });

  it('tells of its own change in the next frame, or at once after a key', () => {
    const { store, put, view } = opened();
    put({ name: 'a' });
    store.flushNow();
    let told = 0;
    view.subscribe(() => told++);
    view.update({ filter: () => false });
    store.flushNow();
    expect(told).toBe(1);
    view.update({});
    store.flushNow();
    expect(told).toBe(1);
  });
});

describe('rows that are gone', () => {
  it('come last, the latest first, whatever the order, and are not counted', () => {
    const { clock, put, pods, view } = opened({ compare: byRestarts });
    put({ name: 'a', restarts: 9 }, { name: 'b', restarts: 8 }, { name: 'c' }, { name: 'd' });
    clock.advance(0);
    pods.remove([{ uid: 'uid-default-a' }]);
    clock.advance(100);
    pods.remove([{ uid: 'uid-default-b' }]);
    clock.advance(100);
    expect(listed(view)).toEqual(['c', 'd', 'b', 'a']);
    expect(view.at(2)?.gone).toBeGreaterThan(0);
    expect([view.matched, view.total, view.length]).toEqual([2, 2, 4]);
    view.update({ compare: (x, y) => x.restarts - y.restarts });
    expect(listed(view)).toEqual(['c', 'd', 'b', 'a']);
    put({ name: 'a', restarts: 1 });
    clock.advance(100);
    expect(listed(view)).toEqual(['c', 'd', 'a', 'b']);
  });

  it('leave the list after a minute, and the table after the window', () => {
    const { clock, store, put, pods, view } = opened({ gone: 'recent' });
    put({ name: 'a' }, { name: 'b' }, { name: 'c' });
    clock.advance(0);
    pods.remove([{ uid: 'uid-default-b' }]);
    clock.advance(59_000);
    expect(listed(view)).toEqual(['a', 'c', 'b']);
    clock.advance(2_000);
    expect(listed(view)).toEqual(['a', 'c']);
    view.update({ gone: 'all' });
    expect(listed(view)).toEqual(['a', 'c', 'b']);
    view.update({ gone: 'recent' });
    expect(listed(view)).toEqual(['a', 'c']);
    put({ name: 'b' });
    clock.advance(100);
    expect(listed(view)).toEqual(['a', 'b', 'c']);
    pods.remove([{ uid: 'uid-default-b' }]);
    clock.advance(100);
    view.update({ gone: 'none' });
    expect(listed(view)).toEqual(['a', 'c']);
    clock.advance(15 * 60_000);
    expect(store.get('pods', 'uid-default-b')).toBeUndefined();
  });
});

describe('settling', () => {
  it('shows values at once, and moves rows at most twice a second', () => {
    const { clock, put, view } = opened({ compare: byRestarts, steady: true });
    put({ name: 'a', restarts: 2 }, { name: 'b', restarts: 1 }, { name: 'c' });
    clock.advance(0);
    put({ name: 'c', restarts: 3 });
    clock.advance(100);
    expect(listed(view)).toEqual(['c', 'a', 'b']);
    put({ name: 'b', restarts: 9 });
    clock.advance(100);
    expect(listed(view)).toEqual(['c', 'a', 'b']);
    expect(view.at(2)?.restarts).toBe(9);
    expect(view.indexOf('uid-default-b')).toBe(2);
    put({ name: 'd', restarts: 2 });
    clock.advance(100);
    expect(listed(view)).toEqual(['c', 'a', 'd', 'b']);
    clock.advance(300);
    expect(listed(view)).toEqual(['b', 'c', 'a', 'd']);
  });

  it('moves what has left at once, and counts it no more', () => {
    const { clock, pods, put, view } = opened({ compare: byRestarts, steady: true });
    put({ name: 'a', restarts: 2 }, { name: 'b', restarts: 1 }, { name: 'c' });
    clock.advance(0);
    put({ name: 'c', restarts: 3 });
    clock.advance(100);
    pods.remove([{ uid: 'uid-default-c' }]);
    clock.advance(100);
    expect(listed(view)).toEqual(['a', 'b', 'c']);
    expect([view.matched, view.total]).toEqual([2, 2]);
    put({ name: 'c', restarts: 3 });
    clock.advance(100);
    expect(listed(view)).toEqual(['c', 'a', 'b']);
    expect([view.matched, view.total]).toEqual([3, 3]);
  });

  it('goes on moving rows while others leave all the time', () => {
    const { clock, pods, put, view } = opened({ compare: byRestarts, steady: true });
    put({ name: 'a', restarts: 2 }, { name: 'b', restarts: 1 });
    for (let i = 0; i < 20; i++) put({ name: `gone-${i}` });
    clock.advance(0);
    put({ name: 'a', restarts: 3 }, { name: 'b', restarts: 4 });
    for (let i = 0; i < 5; i++) {
      pods.remove([{ uid: `uid-default-gone-${i}` }]);
      clock.advance(100);
    }
    put({ name: 'a', restarts: 9 });
    for (let i = 5; i < 15; i++) {
      pods.remove([{ uid: `uid-default-gone-${i}` }]);
      clock.advance(100);
    }
    expect(listed(view).slice(0, 2)).toEqual(['a', 'b']);
  });

  it('does not wake for rows that came back to where they stand', () => {
    const { clock, put, view } = opened({ compare: byRestarts, steady: true });
    put({ name: 'a', restarts: 2 }, { name: 'b', restarts: 1 });
    clock.advance(0);
    put({ name: 'b', restarts: 5 });
    clock.advance(100);
    put({ name: 'a', restarts: 6 });
    clock.advance(100);
    put({ name: 'a', restarts: 2 });
    let told = 0;
    clock.advance(100);
    view.subscribe(() => told++);
    clock.advance(1_000);
    expect(told).toBe(0);
    expect(listed(view)).toEqual(['b', 'a']);
  });
});

describe('telling', () => {
  it('is silent about what is neither listed nor counted', () => {
    const { clock, put, view } = opened({
      only: ({ namespace }) => namespace === 'shop',
      filter: ({ isReady }) => isReady,
    });
    put({ name: 'a', namespace: 'shop', isReady: false });
    clock.advance(0);
    let told = 0;
    view.subscribe(() => told++);
    put({ name: 'a', namespace: 'shop', isReady: false, restarts: 1 }, { name: 'b' });
    clock.advance(100);
    expect(told).toBe(0);
    put({ name: 'c', namespace: 'shop', isReady: false });
    clock.advance(100);
    expect(told).toBe(1);
    put({ name: 'a', namespace: 'shop', restarts: 2 });
    clock.advance(100);
    expect(told).toBe(2);
  });

  it('tells the status of its table', () => {
    const { clock, pods, view } = opened();
    let told = 0;
    view.subscribe(() => told++);
    clock.advance(100);
    const before = told;
    pods.status({ ...IDLE, state: 'denied', reason: 'pods is forbidden' });
    clock.advance(100);
    expect(told).toBe(before + 1);
    expect(view.status.reason).toBe('pods is forbidden');
  });

  it('ends with close', () => {
    const { clock, put, view } = opened();
    let told = 0;
    view.subscribe(() => told++);
    view.close();
    put({ name: 'a' });
    clock.advance(100);
    expect(told).toBe(0);
  });
});

describe('a list that is made in pieces', () => {
  it('by another filter has rows where they belong that moved meanwhile', () => {
    const clock = new VirtualClock();
    const worker = new SlowWorker();
    const store = new Store({ clock, worker });
    const pods = store.sink('pods');
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    pods.put(names.map((name) => podRow({ name })));
    const shape = { compare: byRestarts, steady: false, gone: 'all' } as const;
    const view = store.view({ table: 'pods', ...shape });
    view.finish();
    expect(listed(view)).toEqual(names);
    view.update({ filter: () => true });
    worker.step();
    pods.put([podRow({ name: 'g', restarts: 2 })]);
    clock.advance(100);
    view.finish();
    expect(listed(view)).toEqual(['g', 'a', 'b', 'c', 'd', 'e', 'f', 'h']);
  });
});
