/** What the header counts beside what it reads for its own sake. */
import { expect, it } from 'vitest';
import { IDLE } from '../../../src/domain/status.ts';
import { addons } from '../../../src/domain/tables/addons.ts';
import { Store } from '../../../src/store/index.ts';
import { HeaderSource } from '../../../src/ui/header-source.ts';
import type { UiConnection, UiSession } from '../../../src/ui/session.ts';
import { resources } from '../../support/resources.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

it('counts add-ons, and those with a problem, while something reads them and no longer', () => {
  const clock = new VirtualClock();
  const store = new Store({ clock });
  const session = { fleet: new Store({ clock }) } as unknown as UiSession;
  const connection = {
    ...{ store, namespace: '', subscribe: () => () => undefined, need: () => () => undefined },
  } as unknown as UiConnection;
  const header = new HeaderSource(session, resources);
  header.follow([connection]);
  const told = () => {
    store.flushNow();
    const { counts, problems } = header.counts;
    return [counts.find(({ one }) => one === 'add-on')?.n ?? null, problems];
  };
  expect(told()).toEqual([null, 0]);
  const sink = store.sink('addons');
  sink.relist();
  const blank = { ...addons.blank, created: 0 };
  sink.put([
    { ...blank, uid: 'a', name: 'coredns', status: 'ACTIVE' },
    { ...blank, uid: 'b', name: 'vpc-cni', status: 'DEGRADED' },
  ]);
  sink.synced();
  sink.status({ ...IDLE, state: 'live', synced: true });
  expect(told()).toEqual([2, 1]);
  sink.status(IDLE);
  expect(told()).toEqual([null, 0]);
  header.close();
});
