/** Updates of node groups and control planes, carried out in the world. */
import { describe, expect, it } from 'vitest';
import type { EksUpdate, Nodegroup } from '../../../src/simulator/region.ts';
import { isReady } from '../../../src/simulator/world/objects.ts';
import { type SmallWorld, smallWorld, workload } from './small-world.ts';

const NEW = '1.35.4-20261124';

function update(small: SmallWorld, more: Partial<EksUpdate> = {}) {
  const [group] = small.world.cluster.nodegroups;
  if (!group) throw new Error('no group');
  const begun: EksUpdate = {
    ...{ id: 'u-1', type: 'VersionUpdate', status: 'InProgress', createdAt: small.clock.date() },
    params: { Version: '1.35', ReleaseVersion: NEW },
    ...more,
  };
  group.rolling = { version: '1.35', releaseVersion: NEW };
  group.status = 'UPDATING';
  group.updates.push(begun);
  return { group, begun };
}

const kubelets = (small: SmallWorld): readonly (string | undefined)[] =>
  small.world.store.list('nodes').map(({ status }) => status.nodeInfo['kubeletVersion']);

const standsAs = ({ status, releaseVersion, rolling }: Nodegroup) => ({
  status,
  releaseVersion,
  rolling,
});

describe('the update of a node group', () => {
  it('replaces every node, and ends as large as it was', () => {
    const small = smallWorld({ nodes: 2 });
    small.add('deployments', 'web', workload('web', 4));
    small.run(30);
    const before = new Set(small.world.store.list('nodes').map(({ metadata }) => metadata.name));
    const { group, begun } = update(small);
    small.run(900);
    expect(begun.status).toBe('Successful');
    expect(standsAs(group)).toEqual({ status: 'ACTIVE', releaseVersion: NEW, rolling: null });
    const nodes = small.world.store.list('nodes');
    expect(nodes).toHaveLength(2);
    expect(nodes.filter(({ metadata }) => before.has(metadata.name))).toEqual([]);
    expect(new Set(kubelets(small))).toEqual(new Set([expect.stringContaining('v1.35.4')]));
    expect(small.pods().filter(isReady)).toHaveLength(4);
  });

  it('fails where a budget keeps a pod for a quarter of an hour, and leaves the nodes open', () => {
    const small = smallWorld({ nodes: 2 });
    small.add('deployments', 'web', workload('web', 2));
    const selector = { matchLabels: { 'app.kubernetes.io/name': 'web' } };
    small.add('poddisruptionbudgets', 'web', { minAvailable: '100%', selector });
    small.run(30);
    const { group, begun } = update(small);
    small.run(600);
    expect(begun.status).toBe('InProgress');
    expect(small.world.store.list('nodes').flatMap(({ spec }) => spec.taints ?? [])).toContainEqual(
      expect.objectContaining({ key: 'eks.amazonaws.com/nodegroup' }),
    );
    small.run(900);
    expect(begun).toMatchObject({
      status: 'Failed',
      errors: [{ errorCode: 'PodEvictionFailure' }],
    });
    expect(standsAs(group)).toMatchObject({ status: 'ACTIVE', releaseVersion: '1.35.3-20261110' });
    expect(small.world.store.list('nodes').flatMap(({ spec }) => spec.taints ?? [])).toEqual([]);
    small.run(300);
    expect(small.group.instanceIds.size).toBe(2);
  });

  it('ends such a pod where it is forced', () => {
    const small = smallWorld({ nodes: 1 });
    small.add('deployments', 'web', workload('web', 1));
    const selector = { matchLabels: { 'app.kubernetes.io/name': 'web' } };
    small.add('poddisruptionbudgets', 'web', { minAvailable: '100%', selector });
    small.run(30);
    const { begun } = update(small, { force: true });
    small.run(1800);
    expect(begun.status).toBe('Successful');
  });

  it('fails where EC2 has no instances for it', () => {
    const small = smallWorld({ nodes: 1 });
    small.fleet.starved.add(small.group.name);
    const { begun } = update(small);
    small.run(1000);
    expect(begun).toMatchObject({
      status: 'Failed',
      errors: [{ errorCode: 'NodeCreationFailure' }],
    });
    expect(small.group.desired).toBe(1);
  });
});

describe('the update of a control plane', () => {
  it('takes minutes, and then is about the version after it and the way back', () => {
    const small = smallWorld({ nodes: 1 });
    const { cluster } = small.world;
    cluster.status = 'UPDATING';
    cluster.updates.push({
      ...{ id: 'u-2', type: 'VersionUpdate', status: 'InProgress', createdAt: small.clock.date() },
      params: { Version: '1.36', PlatformVersion: 'eks.4' },
    });
    small.run(300);
    expect(cluster.version).toBe('1.35');
    small.run(300);
    expect(cluster).toMatchObject({ version: '1.36', platformVersion: 'eks.4', status: 'ACTIVE' });
    expect(
      new Set(cluster.insights.map(({ category, version }) => `${category} ${version}`)),
    ).toEqual(new Set(['UPGRADE_READINESS 1.37', 'ROLLBACK_READINESS 1.35']));
  });
});
