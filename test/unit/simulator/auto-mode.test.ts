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
