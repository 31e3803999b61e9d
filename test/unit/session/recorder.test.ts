import { beforeEach, describe, expect, it } from 'vitest';
import type { Worker } from '../../../src/core/work.ts';
import type { Tables } from '../../../src/domain/tables/index.ts';
import { recordersOf } from '../../../src/session/recorder.ts';
import {
  container,
  eventRow,
  hpaRow,
  nodeRow,
  podRow,
  rowOf,
  workloadRow,
} from '../../support/rows.ts';
import { MINUTE, NO_WRITES, RecorderBench } from './recorder-bench.ts';

let bench: RecorderBench;
let list: RecorderBench['list'];
let put: RecorderBench['put'];
let follow: RecorderBench['follow'];
let lines: RecorderBench['lines'];
let now: number;

beforeEach(() => {
  bench = new RecorderBench();
  ({ list, put, follow, lines, now } = bench);
});

const api = (given: Partial<Tables['deployments']> = {}) =>
  workloadRow('Deployment', {
    name: 'api',
    namespace: 'shop',
    uid: 'api',
    resourceVersion: `${given.generation ?? 1}/${given.revision ?? ''}`,
    desired: 3,
    revision: '4',
    containers: [{ name: 'api', image: 'shop/api:v1' }],
    ...given,
  });

describe('what is watched', () => {
  it('is nothing of the first list, and starts no source', async () => {
    list('deployments', api());
    expect(bench.needed).toEqual([]);
    expect(await lines()).toEqual([]);
  });

  it('is a scaling, with who did it', async () => {
    list('deployments', api());
    const replicas = { by: 'kubectl', at: 0, subresource: 'scale' };
    put('deployments', api({ generation: 2, desired: 6, writes: { ...NO_WRITES, replicas } }));
    expect(await lines()).toMatchObject([
      { change: 'scaled', name: 'api', who: 'kubectl', what: 'replicas 3 → 6', watched: true },
    ]);
  });

  it('is a scaling by an autoscaler, and why', async () => {
    list(
      'hpas',
      hpaRow({ name: 'web', namespace: 'shop', targetKind: 'Deployment', targetName: 'api' }),
    );
    list('deployments', api());
    list('events');
    bench.store.flushNow();
    const replicas = { by: 'kube-controller-manager', at: 0, subresource: 'scale' };
    put('deployments', api({ generation: 2, desired: 6, writes: { ...NO_WRITES, replicas } }));
    const message =
      'New size: 6; reason: cpu resource utilization (percentage of request) above target';
    const about = { objectKind: 'HorizontalPodAutoscaler', objectName: 'web', last: now };
    put(
      'events',
      eventRow({ name: 'e', namespace: 'shop', reason: 'SuccessfulRescale', message, ...about }),
    );
    expect(await lines()).toMatchObject([
      { who: 'HPA web', what: 'replicas 3 → 6', why: 'cpu above target' },
    ]);
  });

  it('is a rollout, one line for what is written one after another', async () => {
    list('deployments', api());
    const template = { by: 'kubectl-set', at: now, subresource: '' };
    const writes = { ...NO_WRITES, template };
    const containers = [{ name: 'api', image: 'shop/api:v2' }];
    put('deployments', api({ generation: 2, containers, writes }));
    put('deployments', api({ generation: 2, containers, writes, revision: '5' }));
    expect(await lines()).toMatchObject([
      {
        change: 'rollout',
        who: 'kubectl-set',
        what: 'shop/api:v1 → v2, revision 4 → 5',
        before: '4',
        after: '5',
      },
    ]);
  });

  it('is a restart with its exit code', async () => {
    const main = container({ name: 'app', restarts: 1 });
    const pod = podRow({ name: 'api-0', restarts: 1, containers: [main] });
    list('pods', pod);
    const lastExit = { reason: 'OOMKilled', exitCode: 137, at: now - 1000, message: '' };
    const again = { ...main, restarts: 2, lastExit, state: 'running' as const, since: now };
    put('pods', { ...pod, resourceVersion: '2', restarts: 2, containers: [again] });
    expect(await lines()).toMatchObject([
      {
        change: 'restarted',
        kind: 'Pod',
        name: 'api-0',
        what: 'OOMKilled 137',
        level: 'bad',
        at: now,
      },
    ]);
  });

  it('is a node that left, and why', async () => {
    list('nodes', nodeRow({ name: 'ip-1', uid: 'n' }));
    list('events');
    const about = { objectKind: 'Node', objectName: 'ip-1', last: now };
    const event = { reason: 'SpotInterrupted', message: 'two minutes', source: 'karpenter' };
    put('events', eventRow({ name: 'e', ...about, ...event }));
    await lines();
    bench.store.sink('nodes').remove([{ uid: 'n' }]);
    expect((await lines()).map(({ change, who, what }) => [change, who, what])).toEqual([
      ['disrupted', 'karpenter', 'SpotInterrupted: two minutes'],
      ['left', 'karpenter', 'SpotInterrupted: two minutes · web m7g.large on-demand eu-central-1a'],
    ]);
  });

  it('is which keys of a secret changed, and no value', async () => {
    const key = { name: 'password', size: 5, binary: false };
    const secret = rowOf('secrets', { name: 'db', namespace: 'shop', keys: [key] });
    list('secrets', secret);
    const keys = [
      { ...key, size: 9 },
      { ...key, name: 'user' },
    ];
    put('secrets', {
      ...secret,
      resourceVersion: '2',
      keys,
      written: { by: 'vault', at: now, subresource: '' },
    });
    expect(await lines()).toMatchObject([
      { change: 'edited', kind: 'Secret', what: 'password, + user', who: 'vault' },
    ]);
  });

  it('is a release of Helm, once', async () => {
    const release = (revision: number, resourceVersion = '1') =>
      rowOf('secrets', {
        name: `sh.helm.release.v1.web.v${revision}`,
        namespace: 'shop',
        resourceVersion,
      });
    list('secrets', release(1));
    put('secrets', release(2));
    put('secrets', release(1, '2'));
    expect(await lines()).toMatchObject([
      { change: 'released', who: 'helm', what: 'Helm release web, revision 2' },
    ]);
  });

  it('is what a list after a gap shows, which nobody saw', async () => {
    list('deployments', api());
    list('deployments', api({ generation: 2, desired: 1 }));
    expect(await lines()).toMatchObject([{ what: 'replicas 3 → 1', watched: false }]);
  });

  it('is no end of an event, and no change of status', async () => {
    list('events', eventRow({ name: 'e' }));
    list('deployments', api());
    bench.store.sink('events').remove([{ uid: 'e' }]);
    put('deployments', api({ resourceVersion: '9', ready: 3, updated: 2 }));
    expect(await lines()).toEqual([]);
  });
});

it('a scaling is nobody’s whose last write was long before', async () => {
  const replicas = { by: 'helm', at: now - 365 * 24 * 60 * MINUTE, subresource: '' };
  const writes = { ...NO_WRITES, replicas };
  list('deployments', api({ desired: 3, generation: 1, writes }));
  put('deployments', api({ desired: 6, generation: 2, writes }));
  expect(await lines()).toMatchObject([{ change: 'scaled', who: '', what: 'replicas 3 → 6' }]);
});

describe('what is still told', () => {
  const set = (name: string, given: Partial<Tables['replicasets']>) =>
    workloadRow('ReplicaSet', {
      name,
      namespace: 'shop',
      ownerKind: 'Deployment',
      ownerName: 'api',
      created: now - 5 * MINUTE,
      ...given,
    });
  const image = (tag: string) => ({ containers: [{ name: 'api', image: `shop/api:${tag}` }] });

  it('is a rollout of the last half hour, by its replica sets', async () => {
    list('deployments', api());
    list(
      'replicasets',
      set('api-3', { revision: '3', ...image('v0'), created: now - 300 * MINUTE }),
      set('api-4', { revision: '4', ...image('v1') }),
    );
    await follow();
    expect(await lines()).toMatchObject([
      {
        change: 'rollout',
        at: now - 5 * MINUTE,
        what: 'shop/api:v0 → v1, revision 3 → 4',
        watched: false,
      },
    ]);
  });

  it('is a rollout that was taken back, when an event tells when', async () => {
    list('deployments', api({ revision: '5' }));
    const old = { revision: '5', pastRevisions: '3', ...image('v0'), created: now - 300 * MINUTE };
    list('replicasets', set('api-3', old), set('api-4', { revision: '4', ...image('v1') }));
    const about = { objectKind: 'Deployment', objectName: 'api', reason: 'ScalingReplicaSet' };
    const message = 'Scaled up replica set api-3 from 0 to 1';
    list(
      'events',
      eventRow({ name: 'e', namespace: 'shop', ...about, message, last: now - MINUTE }),
    );
    await follow();
    expect((await lines()).map(({ at, what }) => [now - at, what])).toEqual([
      [5 * MINUTE, 'shop/api:v0 → v1, revision 3 → 4'],
      [MINUTE, 'shop/api:v1 → v0, revision 4 → 5'],
    ]);
  });

  it('is a scaling, from how many to how many', async () => {
    const replicas = { by: 'keda', at: 0, subresource: 'scale' };
    list('deployments', api({ desired: 6, writes: { ...NO_WRITES, replicas } }));
    const about = { objectKind: 'Deployment', objectName: 'api', reason: 'ScalingReplicaSet' };
    const message = 'Scaled up replica set api-4 from 3 to 6';
    list(
      'events',
      eventRow({ name: 'e', namespace: 'shop', ...about, message, last: now - MINUTE }),
    );
    await follow();
    expect(await lines()).toMatchObject([
      { change: 'scaled', who: 'keda', what: 'replicas 3 → 6' },
    ]);
  });

  it('is a scaling by whom only where it can have been that one', async () => {
    const name = (count: number, from: number, to: number, ago: number) =>
      eventRow({
        ...{ name: `e${count}`, namespace: 'shop', objectKind: 'Deployment', objectName: 'api' },
        ...{ reason: 'ScalingReplicaSet', last: now - ago * MINUTE },
        message: `Scaled replica set api-4 from ${from} to ${to}`.replace('Scaled', 'Scaled up'),
      });
    const told = async (at: number) => {
      bench = new RecorderBench();
      ({ list, follow, lines } = bench);
      const replicas = { by: 'helm', at, subresource: at === 0 ? 'scale' : '' };
      list('deployments', api({ desired: 6, writes: { ...NO_WRITES, replicas } }));
      list('events', name(1, 3, 6, 20), name(2, 6, 4, 10), name(3, 4, 6, 5));
      await follow();
      return (await lines()).map(({ who }) => who);
    };
    // Who owns the scale, which has no time, was the last to change it.
    expect(await told(0)).toEqual(['', '', 'helm']);
    expect(await told(now - 5 * MINUTE)).toEqual(['', '', 'helm']);
    // Who wrote it a year ago did not do so since: another did, whom nobody names.
    expect(await told(now - 365 * 24 * 60 * MINUTE)).toEqual(['', '', '']);
  });

  describe('of an autoscaler that came to one size several times, which is one event', () => {
    const scaled = (from: number, to: number, ago: number) =>
      eventRow({
        ...{ name: `${from}-${to}-${ago}`, namespace: 'shop', reason: 'ScalingReplicaSet' },
        ...{ objectKind: 'Deployment', objectName: 'api', last: now - ago * MINUTE },
        message: `Scaled ${to > from ? 'up' : 'down'} replica set api-4 from ${from} to ${to}`,
      });
    const rescaled = (to: number, count: number, first: number, last: number) =>
      eventRow({
        ...{ name: `to-${to}`, namespace: 'shop', reason: 'SuccessfulRescale', count },
        ...{ objectKind: 'HorizontalPodAutoscaler', objectName: 'web' },
        message: `New size: ${to}; reason: All metrics below target`,
        ...{ first: now - first * MINUTE, last: now - last * MINUTE },
      });
    const told = async (...events: readonly Tables['events'][]) => {
      const target = { targetKind: 'Deployment', targetName: 'api' };
      list('hpas', hpaRow({ name: 'web', namespace: 'shop', ...target }));
      list('deployments', api({ desired: 9 }));
      list('events', ...events);
      await follow();
      return (await lines()).map(({ at, who, what, count }) => [
        ...[(now - at) / MINUTE, who],
        ...[what, count],
      ]);
    };

    it('is the first and the last of them', async () => {
      expect(
        await told(scaled(8, 3, 25), scaled(3, 6, 20), scaled(6, 3, 12), rescaled(3, 2, 25, 12)),
      ).toEqual([
        [25, 'HPA web', 'replicas 8 → 3', 1],
        [20, '', 'replicas 3 → 6', 1],
        [12, 'HPA web', 'replicas 6 → 3', 1],
      ]);
    });

    it('is those between where each is accounted for', async () => {
      expect(
        await told(scaled(8, 3, 20), scaled(7, 3, 15), scaled(9, 3, 10), rescaled(3, 3, 20, 10)),
      ).toEqual([[10, 'HPA web', 'replicas 9 → 3 · 3 times, between 3 and 9', 3]]);
    });

    it('is not those between where one may have been done by somebody else', async () => {
      const all = [scaled(8, 3, 20), scaled(7, 3, 15), scaled(6, 3, 12), scaled(9, 3, 10)];
      expect(await told(...all, rescaled(3, 3, 20, 10))).toEqual([
        [20, 'HPA web', 'replicas 8 → 3', 1],
        [15, '', 'replicas 7 → 3', 1],
        [12, '', 'replicas 6 → 3', 1],
        [10, 'HPA web', 'replicas 9 → 3', 1],
      ]);
    });

    it('is nothing of what was before', async () => {
      expect(await told(scaled(9, 3, 10), rescaled(3, 2, 50, 10))).toEqual([
        [10, 'HPA web', 'replicas 9 → 3', 1],
      ]);
    });
  });

  it('is nothing that is older, and nothing twice', async () => {
    list('nodes', nodeRow({ name: 'old' }), nodeRow({ name: 'new', created: now - MINUTE }));
    await follow();
    await follow();
    expect((await lines()).map(({ change, name }) => [change, name])).toEqual([['joined', 'new']]);
  });
});

describe('how complete it is', () => {
  it('waits for all that it asks', async () => {
    bench.recorder.follow();
    bench.store.flushNow();
    expect(bench.store.status('changes')).toMatchObject({ state: 'loading', synced: false });
    await follow();
    expect(bench.store.status('changes')).toMatchObject({
      state: 'live',
      synced: true,
      reason: '',
    });
  });

  it('names what may not be read, and tells the rest', async () => {
    list('nodes', nodeRow({ name: 'new', created: now - MINUTE }));
    await follow('secrets');
    expect(bench.store.status('changes')).toMatchObject({
      state: 'live',
      reason: 'without secrets: secrets is forbidden',
    });
    expect(await lines()).toHaveLength(1);
  });

  it('is denied where nothing may be read', async () => {
    bench.recorder.follow();
    await follow(...bench.needed);
    expect(bench.store.status('changes')).toMatchObject({ state: 'denied', synced: false });
  });
});

it('goes through many events in pieces, each time that it does', () => {
  let steps = 0;
  const worker: Worker = {
    piece: 10,
    run(work, done) {
      let step = work.next();
      for (; step.done !== true; step = work.next()) steps++;
      done(step.value);
      return () => undefined;
    },
  };
  const recorder = recordersOf({
    clock: bench.clock,
    store: bench.store,
    worker,
    need: bench.need,
  }).changes;
  recorder.follow();
  const events = Array.from({ length: 1_000 }, (_, i) => eventRow({ uid: `e${i}`, name: `e${i}` }));
  list('events', ...events);
  for (const table of bench.needed) if (table !== 'events') list(table);
  // Workloads of three kinds, rollouts and scalings look into the events, and the events themselves.
  expect(steps).toBeGreaterThanOrEqual((6 * 1_000) / 10);
});
