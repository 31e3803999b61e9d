import { describe, expect, it } from 'vitest';
import type { PodRow } from '../../../src/domain/rows.ts';
import { IDLE } from '../../../src/domain/status.ts';
import { claimusage } from '../../../src/domain/tables/claimusage.ts';
import { Store } from '../../../src/store/index.ts';
import { AT_ONCE } from '../../../src/core/work.ts';
import { nodeRow, podRow } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const MINUTE = 60_000;

function opened() {
  const clock = new VirtualClock();
  const store = new Store({ clock });
  return { clock, store, pods: store.sink('pods') };
}

const names = (store: Store) =>
  [...store.rows('pods')].map((row) => (row.gone > 0 ? `(${row.name})` : row.name)).sort();

describe('tables', () => {
  it('finds rows by uid and by name', () => {
    const { store, pods } = opened();
    pods.put([podRow({ name: 'a' }), podRow({ name: 'a', namespace: 'shop' })]);
    expect(store.get('pods', 'uid-shop-a')?.namespace).toBe('shop');
    expect(store.named('pods', 'default', 'a')?.uid).toBe('uid-default-a');
    expect(store.named('pods', 'nowhere', 'a')).toBeUndefined();
    expect(store.size('pods')).toBe(2);
  });

  it('keeps a row that is gone, uncounted and unnamed, with its last state', () => {
    const { clock, store, pods } = opened();
    pods.put([podRow({ name: 'a', status: 'Running' }), podRow({ name: 'b' })]);
    pods.remove([
      { uid: 'uid-default-a', last: podRow({ name: 'a', status: 'Error' }) },
      { uid: 'uid-default-b' },
      { uid: 'uid-never-seen' },
    ]);
    expect(store.size('pods')).toBe(0);
    expect(store.named('pods', 'default', 'a')).toBeUndefined();
    expect(store.get('pods', 'uid-default-a')).toMatchObject({
      status: 'Error',
      gone: clock.now(),
    });
    expect(names(store)).toEqual(['(a)', '(b)']);
  });

  it('keeps the first of the times that the API moves on while an object lasts', () => {
    const { store, pods } = opened();
    const pod = (deleting: number, asked: number) => podRow({ name: 'a', deleting, asked });
    pods.put([pod(0, 0)]);
    pods.put([pod(41_000, 11_000)]);
    // The kubelet has ended it: it is to be gone by now, without any grace.
    pods.put([pod(90_000, 90_000)]);
    expect(store.get('pods', 'uid-default-a')).toMatchObject({ deleting: 90_000, asked: 11_000 });
    pods.remove([{ uid: 'uid-default-a', last: pod(90_000, 90_000) }]);
    expect(store.get('pods', 'uid-default-a')?.asked).toBe(11_000);
  });

  it.each([600_000, -600_000])(
    'dates what leaves by the clock of what fills it, %i ms off',
    (off) => {
      const clock = new VirtualClock();
      const store = new Store({ clock, now: () => clock.now() + off });
      const view = store.view({ table: 'pods', compare: () => 0, steady: false, gone: 'recent' });
      store.sink('pods').put([podRow({ name: 'a' })]);
      store.sink('pods').remove([{ uid: 'uid-default-a' }]);
      clock.advance(0);
      expect(view.at(0)?.gone).toBe(clock.now() + off);
      clock.advance(59_000);
      expect(view.length).toBe(1);
      clock.advance(2_000);
      expect(view.length).toBe(0);
      expect(store.get('pods', 'uid-default-a')).toBeDefined();
      clock.advance(14 * 60_000);
      expect(store.get('pods', 'uid-default-a')).toBeUndefined();
    },
  );

  it('drops what has been gone for the window, and only that', () => {
    const { clock, store, pods } = opened();
    pods.put(['a', 'b', 'c'].map((name) => podRow({ name })));
    pods.remove([{ uid: 'uid-default-a' }]);
    clock.advance(10 * MINUTE);
    pods.remove([{ uid: 'uid-default-b' }]);
    clock.advance(5 * MINUTE - 1);
    expect(names(store)).toEqual(['(a)', '(b)', 'c']);
    clock.advance(1);
    expect(names(store)).toEqual(['(b)', 'c']);
    clock.advance(10 * MINUTE);
    expect(names(store)).toEqual(['c']);
    clock.advance(60 * MINUTE);
    expect(names(store)).toEqual(['c']);
  });

  it('knows a row that comes back from one that is made again under its name', () => {
    const { clock, store, pods } = opened();
    pods.put([podRow({ name: 'a' })]);
    pods.remove([{ uid: 'uid-default-a' }]);
    pods.put([podRow({ name: 'a', uid: 'second' })]);
    expect(names(store)).toEqual(['(a)', 'a']);
    expect(store.named('pods', 'default', 'a')?.uid).toBe('second');
    pods.put([podRow({ name: 'a' })]);
    expect(store.size('pods')).toBe(2);
    clock.advance(20 * MINUTE);
    expect(names(store)).toEqual(['a', 'a']);
  });

  it('keeps none that are gone where that is no news, or where the window is 0', () => {
    const { store, pods } = opened();
    const claims = store.sink('claimusage');
    claims.put([{ ...claimusage.blank, uid: 'default/a' }]);
    claims.remove([{ uid: 'default/a' }]);
    expect([...store.rows('claimusage')]).toEqual([]);
    pods.put([podRow({ name: 'a' }), podRow({ name: 'b' })]);
    pods.remove([{ uid: 'uid-default-a' }]);
    store.setGoneWindow(0);
    pods.remove([{ uid: 'uid-default-b' }]);
    expect(names(store)).toEqual([]);
  });

  it('bounds how many are kept that are gone', () => {
    const { store, pods } = opened();
    for (let i = 0; i < 5_010; i++) {
      pods.put([podRow({ name: `job-${i}` })]);
      pods.remove([{ uid: `uid-default-job-${i}` }]);
    }
    expect(names(store)).toHaveLength(5_000);
    expect(store.get('pods', 'uid-default-job-9')).toBeUndefined();
    expect(store.get('pods', 'uid-default-job-10')?.gone).toBeGreaterThan(0);
  });

  it('takes what a full list does not have for gone, when the list is complete', () => {
    const { store, pods } = opened();
    pods.put(['a', 'b', 'c'].map((name) => podRow({ name })));
    pods.synced();
    expect(names(store)).toEqual(['a', 'b', 'c']);
    pods.relist();
    pods.put([podRow({ name: 'b' }), podRow({ name: 'd' })]);
    expect(names(store)).toEqual(['a', 'b', 'c', 'd']);
    pods.synced();
    expect(names(store)).toEqual(['(a)', '(c)', 'b', 'd']);
  });

  it('keeps the object of a row that a full list brings unchanged', () => {
    const { store, pods } = opened();
    pods.put([podRow({ name: 'a', labels: { app: 'x' } })]);
    const before = store.get('pods', 'uid-default-a');
    pods.relist();
    pods.put([podRow({ name: 'a', labels: { app: 'x' } })]);
    pods.synced();
    expect(store.get('pods', 'uid-default-a')).toBe(before);
    pods.put([podRow({ name: 'a', labels: { app: 'y' } })]);
    expect(store.get('pods', 'uid-default-a')?.labels).toEqual({ app: 'y' });
  });

  it('never changes an object that was read', () => {
    const { store, pods } = opened();
    pods.put([podRow({ name: 'a', node: 'n' })]);
    const before = store.get('pods', 'uid-default-a');
    store.sink('nodes').put([nodeRow({ name: 'n' })]);
    expect(store.get('pods', 'uid-default-a')?.zone).toBe('eu-central-1a');
    expect(before?.zone).toBeNull();
  });
});

describe('reset', () => {
  it('forgets rows, status and what was listed, and hears the former sink no more', () => {
    const { clock, store, pods } = opened();
    pods.put([podRow({ name: 'a' }), podRow({ name: 'b' })]);
    pods.remove([{ uid: 'uid-default-b' }]);
    pods.status({ ...IDLE, state: 'live', synced: true });
    store.reset('pods');
    expect(names(store)).toEqual([]);
    expect(store.size('pods')).toBe(0);
    expect(store.status('pods')).toEqual(IDLE);
    pods.put([podRow({ name: 'late' })]);
    pods.status({ ...IDLE, state: 'stale' });
    expect(names(store)).toEqual([]);
    expect(store.status('pods')).toEqual(IDLE);
    store.sink('pods').put([podRow({ name: 'b' })]);
    clock.advance(20 * MINUTE);
    expect(names(store)).toEqual(['b']);
  });
});

describe('delivery', () => {
  it('tells once a frame, at once after quiet, and not when nothing changed', () => {
    const { clock, store, pods } = opened();
    const told: number[] = [];
    const start = clock.now();
    const stop = store.onChange(['pods', 'nodes'], () => told.push(clock.now() - start));
    pods.put([podRow({ name: 'a' })]);
    store.sink('nodes').put([nodeRow({ name: 'n' })]);
    expect(told).toEqual([]);
    clock.advance(0);
    expect(told).toEqual([0]);
    clock.advance(10);
    pods.put([podRow({ name: 'b' })]);
    clock.advance(10);
    pods.put([podRow({ name: 'c' })]);
    clock.advance(1_000);
    expect(told).toEqual([0, 100]);
    store.sink('events').synced();
    pods.put([podRow({ name: 'c' })]);
    clock.advance(1_000);
    expect(told).toEqual([0, 100]);
    stop();
    pods.put([podRow({ name: 'd' })]);
    clock.advance(1_000);
    expect(told).toEqual([0, 100]);
  });

  it('tells at once what waits when a key came', () => {
    const { clock, store, pods } = opened();
    let told = 0;
    store.onChange(['pods'], () => told++);
    pods.put([podRow({ name: 'a' })]);
    clock.advance(0);
    pods.put([podRow({ name: 'b' })]);
    store.flushNow();
    expect(told).toBe(2);
    store.flushNow();
    expect(told).toBe(2);
  });

  it('tells a status, but not that the rows are still true', () => {
    const { clock, store, pods } = opened();
    let told = 0;
    store.onChange(['pods'], () => told++);
    pods.status({ ...IDLE, state: 'live', asOf: 1 });
    clock.advance(100);
    pods.status({ ...IDLE, state: 'live', asOf: 2 });
    clock.advance(100);
    expect(told).toBe(1);
    expect(store.status('pods').asOf).toBe(2);
    pods.status({ ...IDLE, state: 'stale', asOf: 2, reason: 'connection reset' });
    clock.advance(100);
    expect(told).toBe(2);
  });

  it('is silent once closed', () => {
    const { clock, store, pods } = opened();
    let told = 0;
    store.onChange(['pods'], () => told++);
    pods.put([podRow({ name: 'a' })]);
    store.close();
    pods.put([podRow({ name: 'b' })]);
    clock.advance(60 * MINUTE);
    expect(told).toBe(0);
    expect(clock.pending).toBe(0);
  });

  it('lets a listener read what other views have', () => {
    const { store, pods } = opened();
    const spec = { table: 'pods', compare: () => 0, steady: false, gone: 'none' } as const;
    const [first, second] = [store.view(spec), store.view(spec)];
    const seen: (PodRow | undefined)[] = [];
    first.subscribe(() => seen.push(second.at(0)));
    pods.put([podRow({ name: 'a' })]);
    store.flushNow();
    expect(seen.map((row) => row?.name)).toEqual(['a']);
  });
});

it('joins in one turn what takes no more rows than a piece, however few rows that changes', () => {
  const clock = new VirtualClock();
  const store = new Store({ clock, worker: { ...AT_ONCE, piece: 10 } });
  const nodes = ['n1', 'n2', 'n3', 'n4'];
  store.sink('nodes').put(nodes.map((name) => nodeRow({ name })));
  const pods = nodes.flatMap((node) =>
    ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => podRow({ name: `${node}-${letter}`, node })),
  );
  const counted = () => nodes.map((name) => store.get('nodes', `uid--${name}`)?.pods);
  expect(counted()).toEqual([null, null, null, null]);
  store.sink('pods').put(pods);
  store.sink('pods').synced();
  expect(counted()).toEqual([6, 6, null, null]);
  clock.advance(0);
  expect(counted()).toEqual([6, 6, 6, 6]);
});

it('tells the log of states that change, and of nothing that goes on', () => {
  const told: unknown[] = [];
  const store = new Store({
    clock: new VirtualClock(),
    log: (level, event, fields) => told.push([level, event, fields]),
  });
  const sink = store.sink('pods');
  const denied = { ...IDLE, state: 'denied', reason: 'pods is forbidden' } as const;
  sink.status({ ...IDLE, state: 'loading' });
  sink.status(denied);
  sink.status({ ...denied, retryAt: 5 });
  expect(told).toMatchObject([
    ['info', 'source', { table: 'pods', before: 'idle', state: 'loading' }],
    ['warn', 'source', { before: 'loading', state: 'denied', reason: 'pods is forbidden' }],
  ]);
});
