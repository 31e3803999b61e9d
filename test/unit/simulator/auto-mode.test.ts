import { beforeEach, expect, it } from 'vitest';
import { createSimulation, type LiveCluster } from '../../../src/simulator/simulation.ts';
import { conditionOf, type KubeObject } from '../../../src/simulator/world/objects.ts';
import { NOW } from './small-world.ts';

const CLAIMS = 'nodeclaims.karpenter.sh';
const POOLS = 'nodepools.karpenter.sh';

let staging: LiveCluster;
beforeEach(() => {
  const options = { seed: 3, now: NOW, speed: 1, nodes: 8, pods: 60, caData: '' };
  const found = createSimulation(options).clusters[1];
  if (!found) throw new Error('a region without a second cluster');
  staging = found;
});

const statusOf = (object: KubeObject | undefined): Record<string, unknown> =>
  (object?.status ?? {}) as Record<string, unknown>;

it('has a node for each claim, which EKS runs: named by its instance, without its daemon sets', () => {
  const { store, cluster } = staging.world;
  const claims = store.list(CLAIMS);
  expect(claims).toHaveLength(3);
  for (const claim of claims) {
    const { nodeName, conditions } = statusOf(claim);
    expect(conditionOf(conditions as never, 'Ready')?.status).toBe('True');
    const node = store.get('nodes', '', String(nodeName));
    expect(node?.metadata.labels).toMatchObject({
      'eks.amazonaws.com/compute-type': 'auto',
      'karpenter.sh/nodepool': claim.metadata.labels?.['karpenter.sh/nodepool'],
    });
    expect(cluster.instances.get(String(nodeName))?.claim?.name).toBe(claim.metadata.name);
    const daemons = store.podsOn(String(nodeName)).map(({ metadata }) => metadata.name);
    expect(daemons.some((name) => name.startsWith('node-exporter-'))).toBe(true);
    expect(daemons.some((name) => name.startsWith('aws-node-'))).toBe(false);
  }
  const pool = store.get(POOLS, '', 'general-purpose');
  expect(statusOf(pool)['resources']).toMatchObject({ cpu: '8', nodes: '2' });
});

it('drains and ends the instance of a claim that is deleted', () => {
  const { store, cluster, clock } = staging.world;
  const [claim] = store.list(CLAIMS);
  const node = String(statusOf(claim)['nodeName']);
  store.remove(CLAIMS, '', claim?.metadata.name ?? '');
  clock.advanceTo(clock.now() + 200_000);
  expect(store.get('nodes', '', node)).toBeUndefined();
  expect(cluster.instances.get(node)?.state).toBe('terminated');
  expect(statusOf(store.get(POOLS, '', 'general-purpose'))['resources']).toMatchObject({
    nodes: '1',
  });
});

it('launches nodes for pods that no node takes, and lets them run there', () => {
  const { store, clock } = staging.world;
  const before = store.list(CLAIMS).length;
  const names = Array.from({ length: 9 }, (_, i) => `big-${i}`);
  for (const name of names) {
    store.create('pods', {
      metadata: { name, namespace: 'default', labels: {} },
      spec: {
        containers: [
          { name: 'app', image: 'app:1', resources: { requests: { cpu: '1500m', memory: '1Gi' } } },
        ],
        nodeSelector: { 'karpenter.sh/nodepool': 'general-purpose', 'kubernetes.io/arch': 'amd64' },
      },
      status: { phase: 'Pending' },
    });
  }
  clock.advanceTo(clock.now() + 120_000);
  const nodes = names.map((name) => store.get('pods', 'default', name)?.spec.nodeName ?? '');
  expect(nodes.every((name) => name.startsWith('i-'))).toBe(true);
  // As few as take them all: four cores have room for two, and those that are there have some.
  expect(store.list(CLAIMS).length - before).toBeGreaterThanOrEqual(2);
  expect(store.list(CLAIMS).length - before).toBeLessThanOrEqual(5);
  const told = store.list('events').filter(({ reason }) => reason === 'Nominated');
  expect(told.length).toBeGreaterThan(0);
  for (const { message } of told) {
    expect(message).toMatch(/^Pod should schedule on: nodeclaim\/general-purpose-/);
  }
});

it('means pods that come meanwhile for nodes that are on their way', () => {
  const { store, clock } = staging.world;
  const before = store.list(CLAIMS).length;
  const wanting = (name: string): void =>
    void store.create('pods', {
      metadata: { name, namespace: 'default', labels: {} },
      spec: {
        containers: [
          { name: 'app', image: 'app:1', resources: { requests: { cpu: '1700m', memory: '1Gi' } } },
        ],
        nodeSelector: { 'karpenter.sh/nodepool': 'general-purpose' },
      },
      status: { phase: 'Pending' },
    });
  // Those that are there take so many at most; the next has a node launched for it.
  let made = 0;
  while (store.list(CLAIMS).length === before) {
    wanting(`early-${made++}`);
    clock.advanceTo(clock.now() + 11_000);
  }
  wanting('late');
  clock.advanceTo(clock.now() + 120_000);
  expect(store.get('pods', 'default', 'late')?.spec.nodeName).toMatch(/^i-/);
  expect(store.list(CLAIMS)).toHaveLength(before + 1);
});

it('launches none for pods that no pool may take', () => {
  const { store, clock } = staging.world;
  const before = store.list(CLAIMS).length;
  store.create('pods', {
    metadata: { name: 'odd', namespace: 'default', labels: {} },
    spec: { containers: [{ name: 'app', image: 'app:1' }], nodeSelector: { gpu: 'yes' } },
    status: { phase: 'Pending' },
  });
  clock.advanceTo(clock.now() + 60_000);
  expect(store.get('pods', 'default', 'odd')?.spec.nodeName).toBeUndefined();
  expect(store.list(CLAIMS)).toHaveLength(before);
});

it('replaces its nodes one after another once the cluster is of another version', () => {
  const { store, cluster, clock } = staging.world;
  const before = store.list(CLAIMS).map(({ metadata }) => metadata.name);
  cluster.version = '1.35';
  clock.advanceTo(clock.now() + 15_000);
  const first = store.list(CLAIMS);
  // One of each pool is replaced at a time, and its successor comes first.
  expect(first).toHaveLength(before.length + 2);
  const drifted = first.filter(
    (claim) => conditionOf(statusOf(claim)['conditions'] as never, 'Drifted')?.status === 'True',
  );
  expect(drifted.map(({ metadata }) => metadata.name).sort()).toEqual([...before].sort());
  clock.advanceTo(clock.now() + 900_000);
  const after = store.list(CLAIMS);
  expect(after).toHaveLength(before.length);
  for (const claim of after) {
    expect(before).not.toContain(claim.metadata.name);
    const node = store.get('nodes', '', String(statusOf(claim)['nodeName']));
    expect(node?.status.nodeInfo.kubeletVersion).toMatch(/^v1\.35\./);
  }
});
