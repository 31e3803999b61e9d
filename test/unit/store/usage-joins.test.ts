import { expect, it } from 'vitest';
import type { PodRow, UsageRow } from '../../../src/domain/rows.ts';
import { Store } from '../../../src/store/index.ts';
import { container, podRow, usageRow } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

function opened() {
  const store = new Store({ clock: new VirtualClock() });
  const usage = store.sink('podusage');
  return {
    store,
    put: (rows: readonly PodRow[]) => store.sink('pods').put(rows),
    measure: (...rows: readonly UsageRow[]) => usage.put(rows),
    list: (...rows: readonly UsageRow[]) => {
      usage.relist();
      usage.put(rows);
      usage.synced();
    },
    pod: (name: string) => store.get('pods', `uid-default-${name}`),
  };
}

it('a pod has the usage of each of its containers in their place', () => {
  const { put, measure, pod } = opened();
  const containers = ['constructor', 'api', 'proxy'].map((name) => container({ name }));
  put([podRow({ name: 'a', containers })]);
  const measured = [
    { name: 'proxy', cpu: 0.1, memory: 1 },
    { name: 'api', cpu: 0.2, memory: 2 },
  ];
  measure({ ...usageRow('default', 'a', 0.3, 3), containers: measured });
  expect(pod('a')?.usage).toEqual([NaN, NaN, 0.2, 2, 0.1, 1]);
});

it('a pod has no usage any more that a full list does not tell', () => {
  const { put, measure, list, pod } = opened();
  put([podRow({ name: 'a' }), podRow({ name: 'b' })]);
  list(usageRow('default', 'a', 1, 1), usageRow('default', 'b', 2, 1));
  measure(usageRow('default', 'a', 3, 1));
  expect([pod('a')?.cpu, pod('b')?.cpu]).toEqual([3, 2]);
  put([podRow({ name: 'a', resourceVersion: '2' })]);
  list(usageRow('default', 'b', 2, 1));
  expect([pod('a')?.cpu, pod('b')?.cpu]).toEqual([null, 2]);
  put([podRow({ name: 'b', resourceVersion: '2' })]);
  expect(pod('b')?.cpu).toBe(2);
});

it('a pod is what keeps usage: no row of it is left, and what is not there has none', () => {
  const { store, list, put, pod } = opened();
  list(usageRow('default', 'a', 1, 1));
  expect([...store.rows('podusage')]).toEqual([]);
  expect(store.size('podusage')).toBe(1);
  put([podRow({ name: 'a' })]);
  expect(pod('a')?.cpu).toBeNull();
});
