import { describe, expect, it } from 'vitest';
import type { PodRow } from '../../../src/domain/rows.ts';
import { Store } from '../../../src/store/index.ts';
import { podRow } from '../../support/rows.ts';
import { SlowWorker } from '../../support/slow-worker.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

function opened(
  keyOf: (row: PodRow, now: number) => string | null,
  worker?: SlowWorker,
  before: Parameters<typeof podRow>[0][] = [],
) {
  const clock = new VirtualClock(0);
  const store = new Store({ clock, worker });
  const pods = store.sink('pods');
  const put = (...rows: Parameters<typeof podRow>[0][]): void => {
    pods.put(rows.map(podRow));
    clock.advance(100);
  };
  put(...before);
  let counted = 0;
  let asked = 0;
  const tally = store.tally(
    'pods',
    (row) => {
      asked++;
      return keyOf(row, clock.now());
    },
    () => counted++,
  );
  const sizes = () =>
    Object.fromEntries([...tally.groups].map(([key, { rows }]) => [key, rows.size]));
  return { clock, pods, put, tally, sizes, counted: () => counted, asked: () => asked };
}

const byStatus = ({ status }: PodRow) => (status === 'Running' ? null : status);

describe('rows by a key', () => {
  it('are put together as they come, change and leave; what has no key is in no group', () => {
    const { clock, pods, put, sizes } = opened(byStatus, undefined, [
      { name: 'a', status: 'Pending' },
    ]);
    expect(sizes()).toEqual({ Pending: 1 });
    put({ name: 'b', status: 'Pending' }, { name: 'c' });
    expect(sizes()).toEqual({ Pending: 2 });
    put({ name: 'a', status: 'Error' }, { name: 'b' });
    expect(sizes()).toEqual({ Error: 1 });
    pods.remove([{ uid: 'uid-default-a' }]);
    clock.advance(100);
    expect(sizes()).toEqual({});
  });

  it('costs a change one look at its row, whatever there is', () => {
    const many = Array.from({ length: 500 }, (_, i) => ({ name: `p${i}` }));
    const { put, asked } = opened(byStatus, undefined, many);
    const before = asked();
    put({ name: 'p7', status: 'Error' });
    expect(asked() - before).toBe(1);
  });

  it('has another version where a row of a group changed, and only there', () => {
    const { put, tally } = opened(byStatus, undefined, [
      { name: 'a', status: 'Pending' },
      { name: 'b', status: 'Error' },
    ]);
    const versions = () => [...tally.groups].map(([key, { version }]) => [key, version]);
    const before = Object.fromEntries(versions()) as Record<string, number>;
    put({ name: 'a', status: 'Pending', cause: 'no room' });
    const after = Object.fromEntries(versions()) as Record<string, number>;
    expect(after['Pending']).not.toBe(before['Pending']);
    expect(after['Error']).toBe(before['Error']);
  });

  it('are looked at anew after half a minute: what they go by may depend on the time', () => {
    const { clock, put, sizes, counted } = opened((_, now) => (now > 20_000 ? 'old' : null));
    put({ name: 'a' });
    expect(sizes()).toEqual({});
    clock.advance(30_000);
    expect(sizes()).toEqual({ old: 1 });
    expect(counted()).toBe(2);
  });

  it('stay as they were while very many are looked at anew, and follow what changes meanwhile', () => {
    const worker = new SlowWorker();
    const rows = Array.from({ length: 6 }, (_, i) => ({ name: `p${i}`, status: 'Pending' }));
    const { put, sizes, tally, counted } = opened(byStatus, worker, rows);
    expect(sizes()).toEqual({});
    for (let i = 0; i < 3; i++) worker.step();
    expect(sizes()).toEqual({ Pending: 6 });
    tally.recount();
    put({ name: 'p0', status: 'Error' });
    expect(sizes()).toEqual({ Pending: 5, Error: 1 });
    for (let i = 0; i < 3; i++) worker.step();
    expect(sizes()).toEqual({ Pending: 5, Error: 1 });
    expect(counted()).toBe(2);
  });

  it('are looked at no more once it is closed', () => {
    const { clock, put, tally, asked } = opened(byStatus);
    tally.close();
    const before = asked();
    put({ name: 'a', status: 'Error' });
    clock.advance(60_000);
    expect(asked()).toBe(before);
  });
});
