/** Pods that leave: which of them somebody deleted, and which go with what is told anyway. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { NodeRow, PodRow, WorkloadRow } from '../../../src/domain/rows.ts';
import { container, nodeRow, podRow, workloadRow } from '../../support/rows.ts';
import { MINUTE, RecorderBench } from './recorder-bench.ts';

let bench: RecorderBench;
let list: RecorderBench['list'];
let put: RecorderBench['put'];
let now: number;

beforeEach(() => {
  bench = new RecorderBench();
  ({ list, put, now } = bench);
});

const IN = { namespace: 'shop', uid: '' } as const;
const deployment = (given: Partial<WorkloadRow> = {}) =>
  workloadRow('Deployment', { ...IN, uid: 'd', name: 'api', desired: 3, revision: '4', ...given });
const set = (given: Partial<WorkloadRow> = {}) =>
  workloadRow('ReplicaSet', {
    ...IN,
    uid: 's',
    name: 'api-4',
    desired: 3,
    revision: '4',
    ...given,
  });

const pod = (given: Partial<PodRow> = {}) =>
  podRow({
    ...{
      ...IN,
      uid: 'p',
      name: 'api-4-x',
      node: 'n1',
      ownerKind: 'ReplicaSet',
      ownerName: 'api-4',
    },
    ...{ workloadKind: 'Deployment', workload: 'api', deleting: now + 29_000, asked: now - 1000 },
    ...given,
  });

/** What is told when that pod has left. */
async function told(given: Partial<PodRow> = {}) {
  const row = pod(given);
  list('pods', row);
  bench.store.sink('pods').remove([{ uid: row.uid }]);
  const lines = await bench.lines();
  return lines.filter(({ change }) => change === 'deleted');
}

describe('a pod of a deployment', () => {
  it('was deleted by somebody where nothing makes it go: at the time that it was asked for', async () => {
    list('deployments', deployment());
    list('replicasets', set());
    expect(await told()).toMatchObject([
      {
        ...{ kind: 'Pod', name: 'api-4-x', ownerKind: 'Deployment', ownerName: 'api', who: '' },
        ...{ what: 'from n1', at: now - 1000, level: 'warn', watched: true },
      },
    ]);
  });

  it('was deleted although its containers took the signal well', async () => {
    list('deployments', deployment());
    list('replicasets', set());
    const lastExit = { reason: 'Completed', exitCode: 0, at: now, message: '' };
    const containers = [container({ name: 'api', state: 'terminated', lastExit })];
    expect(await told({ phase: 'Succeeded', containers })).toHaveLength(1);
  });

  it.each<readonly [string, Partial<WorkloadRow>, Partial<WorkloadRow>, Partial<PodRow>]>([
    ['a rollout takes away', { revision: '5' }, {}, {}],
    ['a rollout has replaced', {}, { desired: 0 }, {}],
    ['goes with what it is of', {}, { deleting: 1 }, {}],
    ['had failed before', {}, {}, { phase: 'Failed', status: 'Evicted' }],
    ['was evicted', {}, {}, { causeWord: 'EvictionByEvictionAPI', cause: 'EvictionByEvictionAPI' }],
    [
      'went with its node',
      {},
      {},
      { causeWord: 'DeletionByPodGC', cause: 'DeletionByPodGC: gone' },
    ],
    ['is kept by an unheard kind', {}, {}, { workloadKind: 'Rollout' }],
  ])('that %s is no news of its own', async (_what, above, keeper, given) => {
    list('deployments', deployment(above));
    list('replicasets', set(keeper));
    expect(await told(given)).toEqual([]);
  });

  it('that a scaling takes away is no news, although it was scaled out since', async () => {
    const sized = (desired: number) =>
      deployment({ desired, generation: 10 - desired, resourceVersion: String(desired) });
    list('deployments', sized(6));
    list('replicasets', set());
    put('deployments', sized(3));
    put('deployments', { ...sized(4), generation: 8 });
    expect(await told()).toEqual([]);
  });

  it('that a scaling takes away is no news however long it took to end', async () => {
    list('deployments', deployment({ desired: 6, generation: 1, resourceVersion: '6' }));
    list('replicasets', set());
    list('pods', pod());
    put('deployments', deployment({ desired: 3, generation: 2, resourceVersion: '3' }));
    bench.clock.advance(5 * MINUTE);
    const ended = bench.store.now();
    // What the API server tells at the end (1.33 and later): the time of the kubelet's own deletion.
    const last = pod({ deleting: ended, asked: ended, resourceVersion: '9' });
    put('pods', last);
    bench.store.sink('pods').remove([{ uid: 'p', last }]);
    const lines = await bench.lines();
    expect(lines.filter(({ change }) => change === 'deleted')).toEqual([]);
  });

  it('was deleted where the last scaling was long before, or only made more', async () => {
    const sized = (desired: number, generation: number) =>
      deployment({ desired, generation, resourceVersion: String(generation) });
    list('deployments', sized(6, 1));
    list('replicasets', set());
    put('deployments', sized(3, 2));
    bench.clock.advance(5 * MINUTE);
    put('deployments', sized(8, 3));
    expect(await told({ asked: bench.store.now() })).toHaveLength(1);
  });

  it('is no news where what it goes for may have been before anybody looked', async () => {
    bench.liveSince = now;
    list('deployments', deployment());
    list('replicasets', set());
    expect(await told()).toEqual([]);
    expect(await told({ uid: 'q', asked: now + 20_000 })).toHaveLength(1);
  });

  it.each<readonly [string, readonly NodeRow[]]>([
    ['is emptied', [nodeRow({ name: 'n1', cordoned: true })]],
    ['has left', [nodeRow({ name: 'n2' })]],
  ])('is no news where its node %s', async (_what, nodes) => {
    list('nodes', ...nodes);
    list('deployments', deployment());
    list('replicasets', set());
    expect(await told()).toEqual([]);
  });

  it('was deleted where its node stays as it is', async () => {
    list('nodes', nodeRow({ name: 'n1' }));
    list('deployments', deployment());
    list('replicasets', set());
    expect(await told()).toHaveLength(1);
  });

  it('is no news where its owner is of a kind that is not heard', async () => {
    const of = { ownerKind: 'Workflow', ownerName: 'nightly', workloadKind: '', workload: '' };
    expect(await told(of)).toEqual([]);
  });

  it('is no news while nobody knows what keeps it', async () => {
    expect(await told()).toEqual([]);
  });
});

describe('a pod of a set', () => {
  const of = (kind: 'StatefulSet' | 'DaemonSet') => ({
    ...{ ownerKind: kind, ownerName: 'db', workloadKind: kind, workload: 'db' },
  });

  it.each([
    ['of the template that is in force', 'db-2', 'RollingUpdate', 1],
    ['of an old one that is replaced', 'db-1', 'RollingUpdate', 0],
    ['of an old one that only a hand replaces', 'db-1', 'OnDelete', 1],
    ['of an old one that the rollout leaves alone', 'db-1', 'RollingUpdate', 1, 2],
  ])('that is stateful, %s', async (_what, revision, strategy, count, partition = 0) => {
    const stateful = { ...IN, uid: 'w', name: 'db', desired: 3, updateRevision: 'db-2' };
    list('statefulsets', workloadRow('StatefulSet', { ...stateful, strategy, partition }));
    const labels = { 'controller-revision-hash': revision };
    expect(await told({ ...of('StatefulSet'), name: 'db-1', labels })).toHaveLength(count);
  });

  it.each([
    ['of the template that is in force', '7', 1],
    ['of an old one that is replaced', '6', 0],
  ])('of all nodes, %s', async (_what, generation, count) => {
    const daemon = { ...IN, uid: 'w', name: 'db', desired: 3, revision: '7' };
    list('daemonsets', workloadRow('DaemonSet', { ...daemon, strategy: 'RollingUpdate' }));
    const labels = { 'pod-template-generation': generation };
    expect(await told({ ...of('DaemonSet'), labels })).toHaveLength(count);
  });
});

it('says of a pod on its own that nobody makes it anew', async () => {
  const own = { ownerKind: '', ownerName: '', workloadKind: '', workload: '' };
  expect(await told(own)).toMatchObject([
    { what: 'from n1, it has no owner that makes it anew', ownerKind: '' },
  ]);
});

it('counts the pods of one workload', async () => {
  list('deployments', deployment());
  list('replicasets', set());
  const rows = ['a', 'b', 'c'].map((uid) => pod({ uid, name: `api-4-${uid}` }));
  list('pods', ...rows);
  bench.store.sink('pods').remove(rows.map(({ uid }) => ({ uid })));
  expect(await bench.lines()).toMatchObject([{ change: 'deleted', name: 'api', count: 3 }]);
});
