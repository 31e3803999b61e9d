import { expect, it } from 'vitest';
import { arnKey, contextKey } from '../../../src/domain/cluster-key.ts';
import { IDLE } from '../../../src/domain/status.ts';
import { OwnCluster } from '../../../src/session/own-cluster.ts';
import { Store } from '../../../src/store/index.ts';
import { clusterRow } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

it('has the row of the cluster as one of the connection, and leaves that of the fleet as it is', () => {
  const arn = 'arn:aws:eks:eu-central-1:111122223333:cluster/prod';
  const clock = new VirtualClock();
  const cluster = contextKey('prod');
  const store = new Store({ clock, now: () => clock.now(), frameMs: () => 16, cluster });
  const row = clusterRow({ name: 'prod', uid: arn, id: arnKey(arn), cluster: arnKey(arn) });
  const eks = { name: 'prod', arn, profile: '', region: 'eu-central-1' };
  new OwnCluster(store).hear({ ...IDLE, state: 'live', synced: true }, [row], eks);
  expect([...store.rows('clusters')].map((each) => each.cluster)).toEqual([cluster]);
  expect(row.cluster).toBe(arnKey(arn));
});
