import { describe, expect, it } from 'vitest';
import { groupUpdate } from '../../../src/domain/group-update.ts';
import { nodeRow, podRow, rowOf } from '../../support/rows.ts';

const SINCE = 1_000_000;
const node = (name: string, age: 'old' | 'new', more: object = {}) =>
  nodeRow({ name, created: age === 'old' ? 1 : SINCE + 1, isReady: true, ...more });
const pod = (name: string, on: string, more: object = {}) =>
  podRow({
    name,
    namespace: 'shop',
    node: on,
    labels: { app: 'api' },
    ownerKind: 'ReplicaSet',
    ...more,
  });
const budget = (allowed: number) =>
  rowOf('pdbs', {
    ...{ name: 'api', namespace: 'shop', selector: 'app=api', hasSelector: true, allowed },
    ...{ minAvailable: '100%', healthy: 2, desired: 2, expected: 2 },
  });

describe('how far the update of a node group is', () => {
  it('tells new nodes from old ones by their age and by the taint of EKS', () => {
    const marked = node('c', 'new', {
      taints: ['eks.amazonaws.com/nodegroup=unschedulable:NoSchedule'],
    });
    const { steps, ready, old } = groupUpdate(
      [node('a', 'old'), node('b', 'new'), marked],
      [pod('api-1', 'a'), pod('api-2', 'c')],
      [],
      SINCE,
    );
    expect({ ready, old }).toEqual({ ready: 1, old: 2 });
    expect(steps.map((step) => [step.node.name, step.state, step.left])).toEqual([
      ['a', 'to come', 1],
      ['c', 'to come', 1],
      ['b', 'ready', 0],
    ]);
  });

  it('names the budget that keeps a pod, in its numbers', () => {
    const { steps, waitsFor } = groupUpdate(
      [node('a', 'old'), node('b', 'new')],
      [pod('api-1', 'a'), pod('agent', 'a', { ownerKind: 'DaemonSet' })],
      [budget(0)],
      SINCE,
    );
    expect(steps[0]).toMatchObject({
      state: 'held',
      left: 1,
      kept: [{ pod: 'shop/api-1', why: 'pdb/api: 2 of 2 healthy, 2 must be (minAvailable 100%)' }],
    });
    expect(waitsFor).toBe(
      'pdb/api: 2 of 2 healthy, 2 must be (minAvailable 100%) keeps shop/api-1 on a',
    );
  });

  it.each([
    ['new nodes to come', [node('a', 'old')], []],
    ['new node b to be Ready', [node('a', 'old'), node('b', 'new', { isReady: false })], []],
    ['pods of a to end: 1 left', [node('a', 'old')], [pod('x', 'a', { status: 'Terminating' })]],
    ['EC2 to end an emptied node', [node('a', 'old', { cordoned: true })], []],
    ['', [node('b', 'new')], []],
  ])('waits for %s', (words, nodes, pods) => {
    // A node that has pods which nothing holds is one that EKS has not come to.
    const all = pods.length === 0 && nodes[0]?.cordoned === false ? [pod('y', 'a')] : pods;
    expect(groupUpdate(nodes, all, [budget(1)], SINCE).waitsFor).toBe(words);
  });
});
