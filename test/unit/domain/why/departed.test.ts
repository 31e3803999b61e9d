import { expect, it } from 'vitest';
import { departed } from '../../../../src/domain/why/pod/departed.ts';
import type { PodRow } from '../../../../src/domain/rows.ts';
import { container, nodeRow, podRow, workloadRow } from '../../../support/rows.ts';
import { NOW, worldOf } from './world.ts';

const OWNED = {
  ...{ ownerKind: 'ReplicaSet', ownerName: 'api-1', workloadKind: 'Deployment', workload: 'api' },
  ...{ name: 'api-1-x', namespace: 'shop', node: 'n1', gone: NOW - 60_000, status: 'Running' },
} as const;

/** Eighty seconds ago, with thirty to end. */
const ASKED = { deleting: NOW - 50_000, asked: NOW - 80_000 } as const;
const ended = (at: number) =>
  container({
    ...{ name: 'api', state: 'terminated' },
    lastExit: { reason: 'Error', exitCode: 143, at, message: '' },
  });

type World = Parameters<typeof worldOf>[0];

const nodes = [nodeRow({ name: 'n1' })];
const set = (desired: number) =>
  workloadRow('ReplicaSet', { name: 'api-1', namespace: 'shop', desired });

const found = (pod: Partial<PodRow>, world: World = {}) =>
  departed(podRow({ ...OWNED, ...pod }), worldOf({ rows: { nodes }, ...world }));

it.each<readonly [string, Partial<PodRow>, World, string, string]>([
  [
    'evicted',
    { causeWord: 'EvictionByEvictionAPI', cause: 'EvictionByEvictionAPI: Eviction API: evicting' },
    {},
    'said',
    'it was evicted from n1, as a drain does: Eviction API: evicting',
  ],
  ['done', { phase: 'Succeeded' }, {}, 'said', 'it had done its work, and was cleared away'],
  [
    'failed',
    { phase: 'Failed', cause: 'exit 1 (Error)' },
    {},
    'said',
    'it had failed, and was cleared away: exit 1 (Error)',
  ],
  [
    'told to end, which its containers did well',
    { phase: 'Succeeded', ...ASKED, containers: [ended(NOW - 80_000)] },
    { rows: { nodes, replicasets: [set(3)] } },
    'deduced',
    'it was deleted while its ReplicaSet api-1 wants 3: scaled in, or by somebody’s hand',
  ],
  [
    'told to end, which its containers did by the signal',
    { phase: 'Failed', ...ASKED, containers: [ended(NOW - 70_000)] },
    { rows: { nodes, replicasets: [set(0)] } },
    'deduced',
    'its ReplicaSet api-1 was scaled to nothing',
  ],
  [
    'done before it was cleared away',
    { phase: 'Succeeded', ...ASKED, containers: [ended(NOW - 81_000)] },
    {},
    'said',
    'it had done its work, and was cleared away',
  ],
  [
    'lost with its node',
    {},
    { rows: { nodes: [] } },
    'deduced',
    'its node n1 has left the cluster too',
  ],
  [
    'drained',
    {},
    { rows: { nodes: [nodeRow({ name: 'n1', cordoned: true })] } },
    'deduced',
    'its node n1 is cordoned, and was being emptied',
  ],
  [
    'replaced by a rollout',
    {},
    {
      rows: {
        nodes,
        replicasets: [set(0)],
        deployments: [workloadRow('Deployment', { name: 'api', namespace: 'shop', desired: 3 })],
      },
    },
    'deduced',
    'a rollout of deployment api has replaced it',
  ],
  [
    'scaled to nothing',
    {},
    { rows: { nodes, replicasets: [set(0)] } },
    'deduced',
    'its ReplicaSet api-1 was scaled to nothing',
  ],
  [
    'deleted',
    {},
    { rows: { nodes, replicasets: [set(3)] } },
    'deduced',
    'it was deleted while its ReplicaSet api-1 wants 3: scaled in, or by somebody’s hand',
  ],
  ['gone with its owner', {}, {}, 'deduced', 'its ReplicaSet api-1 is gone too'],
  [
    'of nobody',
    { ownerKind: '', ownerName: '' },
    {},
    'unknown',
    'it was deleted, and nothing that is left says why',
  ],
  [
    'of a kind that is called like what every object has',
    { ownerKind: 'constructor', ownerName: 'x' },
    {},
    'unknown',
    'it was deleted, and nothing that is left says why',
  ],
])('a pod that is gone says that it was %s', (_what, pod, world, certainty, sentence) => {
  expect(found(pod, world)).toMatchObject({ certainty, sentence });
});

it('knows the last pods of a set that was scaled in', () => {
  const statefulsets = [workloadRow('StatefulSet', { name: 'db', namespace: 'shop', desired: 2 })];
  const of = { ownerKind: 'StatefulSet', ownerName: 'db' };
  const world = { rows: { nodes, statefulsets } };
  expect(found({ ...of, name: 'db-2' }, world).sentence).toBe(
    'its StatefulSet db wants 2 pods by now: it was scaled in',
  );
  expect(found({ ...of, name: 'db-1' }, world).sentence).toContain('it was deleted while');
});

it('says what could not be read, and concludes nothing from it', () => {
  const unread = { nodes: 'forbidden', replicasets: 'forbidden' };
  expect(found({}, { rows: {}, unread })).toMatchObject({
    certainty: 'unknown',
    unread: ['its node: forbidden', 'its ReplicaSet: forbidden'],
  });
});

it.each<readonly [string, Partial<PodRow>, object, string]>([
  ['was scaled in', {}, { replicasets: [set(2)] }, 'its ReplicaSet api-1 was scaled in'],
  ['was scaled in, and is gone too', {}, {}, 'its ReplicaSet api-1 took it away'],
  [
    'was replaced',
    {},
    {
      replicasets: [set(0)],
      deployments: [workloadRow('Deployment', { name: 'api', namespace: 'shop', desired: 3 })],
    },
    'a rollout of deployment api has replaced it',
  ],
  [
    'was scaled in by number',
    { ownerKind: 'StatefulSet', ownerName: 'api-1', name: 'api-2' },
    {
      statefulsets: [workloadRow('StatefulSet', { name: 'api-1', namespace: 'shop', desired: 2 })],
    },
    'its StatefulSet api-1 was scaled in to 2',
  ],
  [
    'was updated',
    { ownerKind: 'DaemonSet', ownerName: 'api-1' },
    { daemonsets: [workloadRow('DaemonSet', { name: 'api-1', namespace: 'shop' })] },
    'its DaemonSet api-1 took it away: for one of a newer template, or its node is not meant any more',
  ],
])('what its owner says comes before a node that is gone by now: it %s', (_, pod, rows, said) => {
  const { ownerKind, name } = { ...OWNED, ...pod };
  const event = { reason: 'SuccessfulDelete', message: `Deleted pod: ${name}`, at: NOW - 61_000 };
  const world = (given: object): World => ({
    rows: { nodes: [], ...rows },
    events: { [`${ownerKind}/shop/api-1`]: [{ ...event, ...given }] },
  });
  const created = NOW - 600_000;
  expect(found({ ...pod, created }, world({}))).toMatchObject({
    certainty: 'said',
    sentence: said,
  });
  for (const other of [{ at: created - 1 }, { message: `Deleted pod: ${name}x` }]) {
    expect(found({ ...pod, created }, world(other)).certainty).toBe('deduced');
  }
});

it('a node of Fargate leaves with its pod, and is no cause', () => {
  const rows = { nodes: [], replicasets: [set(3)] };
  expect(found({ node: 'fargate-ip-10-0-1-2' }, { rows }).sentence).toContain(
    'it was deleted while',
  );
});
