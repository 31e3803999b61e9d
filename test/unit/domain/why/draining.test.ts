import { describe, expect, it } from 'vitest';
import { whyNode as nodeRule } from '../../../../src/domain/why/node.ts';
import { whyPdb as pdbRule } from '../../../../src/domain/why/pdb.ts';
import type { KUBE_TABLES } from '../../../../src/domain/tables/index.ts';
import { nodeRow, podRow, rowOf } from '../../../support/rows.ts';
import { answers, NOW, worldOf } from './world.ts';

const [whyNode, whyPdb] = [answers(nodeRule), answers(pdbRule)];

const pdb = (given: Partial<(typeof KUBE_TABLES.pdbs)['blank']>) =>
  rowOf('pdbs', {
    ...{ name: 'api', namespace: 'shop', uid: 'pdb', minAvailable: '2', selector: 'app=api' },
    ...{ hasSelector: true, counted: true, healthy: 2, desired: 2, expected: 3, allowed: 0 },
    ...given,
  });

const pod = (name: string, given: object = {}) =>
  podRow({
    ...{ name, namespace: 'shop', uid: name, node: 'n1', labels: { app: 'api' } },
    ...{ isReady: true, phase: 'Running', ownerKind: 'ReplicaSet' },
    ...given,
  });

const broken = pod('api-2', { isReady: false, status: 'CrashLoopBackOff', cause: 'exit 1' });

describe('a disruption budget', () => {
  it('that lets a pod go is well', () => {
    expect(whyPdb(pdb({ allowed: 1, healthy: 3 }), worldOf({}))).toBeNull();
  });

  it('names the pods that are not ready, and how many it takes', () => {
    const world = worldOf({ rows: { pods: [pod('api-0'), pod('api-1'), broken] } });
    const found = whyPdb(pdb({}), world);
    expect(found?.sentence).toBe(
      'it lets no pod be evicted for now: 2 of its 3 pods have to be ready, and 2 are; api-2 is not: CrashLoopBackOff · exit 1',
    );
    expect(found?.next[0]).toBe('evictions go on once 1 more is ready');
    expect(found?.evidence.find(({ source }) => source === 'pod api-2')?.about).toEqual({
      kind: 'Pod',
      namespace: 'shop',
      name: 'api-2',
    });
  });

  it('says with how many pods one of which none may go would let one', () => {
    const found = whyPdb(
      pdb({ minAvailable: '1', desired: 1, expected: 1, healthy: 1 }),
      worldOf({}),
    );
    expect(found?.sentence).toBe(
      'it never lets a pod be evicted: its one pod has to stay (minAvailable 1)',
    );
    expect(found?.next[0]).toBe('scale what makes its pods to 2: then one may go');
    const half = pdb({ minAvailable: '90%', desired: 3, expected: 3, healthy: 3 });
    expect(whyPdb(half, worldOf({}))?.next[0]).not.toMatch(/^scale/);
    const none = pdb({ minAvailable: '', maxUnavailable: '0', desired: 3, expected: 3 });
    expect(whyPdb(none, worldOf({}))?.next).toHaveLength(1);
  });

  it('whose pods cannot be counted says why, and is not taken for one without pods', () => {
    const failure = 'clusters.postgresql.cnpg.io does not implement the scale subresource';
    const given = { expected: 0, healthy: 0, desired: 0, failure };
    expect(whyPdb(pdb(given), worldOf({}))).toMatchObject({
      certainty: 'said',
      sentence: `no pod of it can be evicted: the controller cannot count them: ${failure}`,
    });
  });

  it('that lets only those go that are not ready says so', () => {
    const one = { minAvailable: '1', desired: 1, expected: 1, unhealthyPolicy: 'AlwaysAllow' };
    expect(whyPdb(pdb(one), worldOf({}))?.sentence).toMatch(
      /^it never lets a pod that is ready be evicted/,
    );
  });

  it('names another one that is about its pods too', () => {
    const found = whyPdb(pdb({ overlaps: 'all' }), worldOf({}));
    expect(found?.sentence).toMatch(/^no pod of it can be evicted: all is about its pods too/);
  });

  it('does not know which pods it waits for where they cannot be read', () => {
    const found = whyPdb(pdb({}), worldOf({ unread: { pods: 'forbidden' } }));
    expect(found).toMatchObject({ certainty: 'said', unread: ['its pods: forbidden'] });
  });
});

describe('a cordoned node', () => {
  const node = nodeRow({
    name: 'n1',
    cordoned: true,
    cordonedBy: { by: 'kubectl', at: NOW - 60_000, subresource: '' },
  });

  it('names the budget that holds the pods on it, and opens it', () => {
    const agent = pod('agent', { ownerKind: 'DaemonSet', labels: {} });
    const rows = {
      pods: [pod('api-0'), pod('other', { labels: {} }), agent, broken],
      pdbs: [pdb({})],
    };
    const found = whyNode(node, worldOf({ rows }));
    expect(found?.sentence).toBe(
      'it is cordoned by kubectl, so no new pod comes to it; 3 pods are left on it, of which 1 cannot be evicted now for budget api',
    );
    expect(found?.evidence[0]).toMatchObject({
      source: 'pdb api',
      text: expect.stringMatching(/^api-0: it lets no pod be evicted for now/) as string,
      about: { kind: 'PodDisruptionBudget', namespace: 'shop', name: 'api' },
    });
  });

  it('does not hold what is being deleted already', () => {
    const leaving = pod('api-1', { deleting: NOW - 1000 });
    const found = whyNode(node, worldOf({ rows: { pods: [leaving], pdbs: [pdb({})] } }));
    expect(found?.sentence).toMatch(/nothing is left on it but 1 pod that is ending$/);
  });

  it('has what Karpenter says of it', () => {
    const message =
      'Cannot disrupt Node: pdb prevents pod evictions (PodDisruptionBudget=[shop/api])';
    const events = { 'Node//n1': [{ reason: 'DisruptionBlocked', message, from: 'karpenter' }] };
    const found = whyNode(node, worldOf({ rows: { pods: [pod('api-0')] }, events }));
    expect(found?.sentence).toMatch(/1 pod is left on it, and no budget holds it$/);
    expect(found?.evidence.map(({ text }) => text)).toContain(message);
  });

  it('is empty but for its own', () => {
    expect(whyNode(node, worldOf({}))?.sentence).toMatch(/nothing is left on it but pods of the/);
    const unread = { pods: 'forbidden' };
    expect(whyNode(node, worldOf({ unread }))?.sentence).not.toMatch(/nothing is left/);
  });

  it('is held by pods that are not ready where their budget does not let these go', () => {
    const sentence = (budget: Parameters<typeof pdb>[0]) =>
      whyNode(node, worldOf({ rows: { pods: [broken], pdbs: [pdb(budget)] } }))?.sentence;
    const held = /1 pod is left on it, which cannot be evicted now for budget api$/;
    const free = /1 pod is left on it, and no budget holds it$/;
    expect(sentence({ healthy: 1 })).toMatch(held);
    expect(sentence({ healthy: 1, unhealthyPolicy: 'AlwaysAllow' })).toMatch(free);
    expect(sentence({ healthy: 2 })).toMatch(free);
    expect(sentence({ expected: 0, healthy: 0, desired: 0, failure: 'no scale' })).toMatch(held);
  });

  it('is closed by a taint too, or as it is deleted, with what the kubelet says of it', () => {
    const rows = { pods: [pod('api-0')], pdbs: [pdb({})] };
    const message = 'Failed to drain node, 1 pods are waiting to be evicted';
    const events = { 'Node//n1': [{ reason: 'FailedDraining', message, uid: 'n1' }] };
    const world = worldOf({ rows, events });
    const disrupted = nodeRow({ name: 'n1', taints: ['karpenter.sh/disrupted:NoSchedule'] });
    const found = whyNode(disrupted, world);
    expect(found?.sentence).toBe(
      'it is to go (being replaced by Karpenter), so no new pod comes to it; 1 pod is left on it, which cannot be evicted now for budget api',
    );
    expect(found?.evidence.map(({ text }) => text)).toContain(message);
    const deleted = nodeRow({ name: 'n1', deleting: NOW - 60_000 });
    expect(whyNode(deleted, world)?.sentence).toMatch(/^its deletion was asked for; 1 pod is left/);
  });

  it('that is open has nothing to say', () => {
    expect(whyNode(nodeRow({ name: 'n1' }), worldOf({}))).toBeNull();
  });
});
