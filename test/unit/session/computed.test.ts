/** Tables that are computed from others, while some of these do not come. */
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { COMPUTATIONS } from '../../../src/domain/computations.ts';
import { IDLE, type SourceStatus } from '../../../src/domain/status.ts';
import { COMPUTED_TABLES, type ComputedTableId } from '../../../src/domain/tables/index.ts';
import { followComputed } from '../../../src/session/computed.ts';
import { Store } from '../../../src/store/index.ts';
import { nodeRow, podRow } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const LIVE: SourceStatus = { ...IDLE, state: 'live', synced: true };
const LOADING: SourceStatus = { ...IDLE, state: 'loading' };

function bench(table: ComputedTableId) {
  const clock = new VirtualClock();
  const store = new Store({ clock });
  followComputed(table, { store, clock, need: () => () => undefined });
  const [late = 'nodes', ...others] = [...COMPUTATIONS[table].needs].reverse();
  for (const each of others) {
    store.sink(each).relist();
    store.sink(each).synced();
    store.sink(each).status(LIVE);
  }
  const tell = async (status: SourceStatus): Promise<SourceStatus> => {
    if (status.synced) store.sink(late).synced();
    store.sink(late).status(status);
    store.flushNow();
    await turn();
    clock.advance(60_000);
    store.flushNow();
    return store.status(table);
  };
  return { store, tell };
}

it.each(Object.keys(COMPUTED_TABLES) as ComputedTableId[])(
  '%s are made of what there is where one table does not come, and say what they wait for',
  async (table) => {
    const { tell } = bench(table);
    expect(await tell(LOADING)).toMatchObject({ state: 'loading', reason: '', synced: false });
    const slow = await tell({ ...LOADING, reason: 'waiting for eks:ListAddons' });
    expect(slow).toMatchObject({ state: 'loading', synced: false });
    expect(slow.reason).toContain('waiting for eks:ListAddons');
    expect(await tell(LIVE)).toMatchObject({ state: 'live', reason: '', synced: true });
  },
);

it('shows the checks that can be made without it', async () => {
  const { store, tell } = bench('checks');
  await tell(LOADING);
  expect(store.size('checks')).toBe(0);
  await tell({ ...LOADING, reason: 'waiting for eks:ListAddons' });
  expect(store.size('checks')).toBeGreaterThan(0);
});

it.each(['costs', 'zones'] as const)(
  '%s are not known, and not none, where nodes are not',
  (table) => {
    const clock = new VirtualClock();
    const store = new Store({ clock });
    followComputed(table, { store, clock, need: () => () => undefined });
    const denied = { ...IDLE, state: 'denied', reason: 'nodes is forbidden' } as const;
    for (const each of COMPUTATIONS[table].needs) {
      const isNodes = each === 'nodes';
      if (!isNodes) store.sink(each).synced();
      store.sink(each).status(isNodes ? denied : LIVE);
    }
    store.flushNow();
    expect(store.size(table)).toBe(0);
    expect(store.status(table)).toMatchObject(denied);
  },
);

it('keeps the objects of workloads that would lose what they would have lost before', () => {
  const clock = new VirtualClock();
  const store = new Store({ clock });
  followComputed('zones', { store, clock, need: () => () => undefined });
  for (const each of COMPUTATIONS.zones.needs) {
    if (each === 'nodes') store.sink(each).put([nodeRow({ name: 'n1', zone: 'eu-west-1a' })]);
    const pod = { node: 'n1', nodeName: 'n1', isReady: true };
    if (each === 'pods') {
      store.sink(each).put([podRow({ ...pod, name: 'a' }), podRow({ ...pod, name: 'b' })]);
    }
    store.sink(each).synced();
    store.sink(each).status(LIVE);
  }
  const losses = () => {
    store.flushNow();
    clock.advance(60_000);
    store.flushNow();
    const [zone] = store.rows('zones');
    return new Map(zone?.losses.map((loss) => [loss.name, loss]));
  };
  const before = losses();
  expect([...before.keys()]).toEqual(['a', 'b']);
  const pods = store.sink('pods');
  pods.put([podRow({ name: 'c', node: 'n1' })]);
  const after = losses();
  expect([...after.keys()]).toEqual(['a', 'b', 'c']);
  expect(after.get('a')).toBe(before.get('a'));
  expect(after.get('b')).toBe(before.get('b'));
});
