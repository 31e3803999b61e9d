import { describe, expect, it } from 'vitest';
import type { NodeRow } from '../../../../src/domain/rows.ts';
import { unschedulable as unschedulableRule } from '../../../../src/domain/why/pod/unschedulable.ts';
import { nodeRow, podRow, rowOf } from '../../../support/rows.ts';
import { worldOf, answers } from './world.ts';

const unschedulable = answers(unschedulableRule);

const GI = 2 ** 30;

const node = (name: string, given: Partial<NodeRow> = {}): NodeRow =>
  nodeRow({
    name: `${name}.eu-central-1.compute.internal`,
    isReady: true,
    taints: [],
    zone: 'eu-central-1a',
    instanceType: 'm5.large',
    cpuAllocatable: 3.92,
    memoryAllocatable: 15 * GI,
    podsAllocatable: 110,
    pods: 3,
    cpuRequested: 1,
    memoryRequested: GI,
    ...given,
  });

const pending = (message: string, given: object = {}) =>
  podRow({
    name: 'big',
    namespace: 'shop',
    phase: 'Pending',
    status: 'Pending',
    isReady: false,
    cause: message,
    causeAt: 5,
    cpuRequest: 3,
    memoryRequest: GI,
    ...given,
  });

const spec = (of: object = {}) => ({
  'pods/shop/big': { metadata: { name: 'big' }, spec: { containers: [], ...of } },
});

const TAINTED =
  '0/4 nodes are available: 1 node(s) were unschedulable, 1 node(s) had untolerated taint(s), 2 Insufficient cpu. no new claims to deallocate, preemption: 0/4 nodes are available: 4 Preemption is not helpful for scheduling.';
const NODES = [
  node('ip-10-0-0-1', { taints: ['dedicated=gpu:NoSchedule'] }),
  node('ip-10-0-0-2', { cordoned: true, taints: ['node.kubernetes.io/unschedulable:NoSchedule'] }),
  node('ip-10-0-0-3', { cpuRequested: 1.5 }),
  node('ip-10-0-0-4', { cpuRequested: 3 }),
];

describe('a pod that no node takes', () => {
  it('is told node by node where the rows come to the numbers of the scheduler', () => {
    const found = unschedulable(
      pending(TAINTED),
      worldOf({ rows: { nodes: NODES }, objects: spec() }),
    );
    expect(found?.certainty).toBe('deduced');
    expect(found?.sentence).toBe(
      'no node takes it: 2 lack CPU (nearest ip-10-0-0-3: 580m missing), 1 is cordoned, 1 has a taint that it does not tolerate (dedicated=gpu:NoSchedule)',
    );
    expect(found?.evidence.map(({ source, text }) => `${source}: ${text}`).slice(0, 4)).toEqual([
      'node ip-10-0-0-3: m5.large 1a: 580m CPU missing (2.42 of 3.92 free)',
      'node ip-10-0-0-4: m5.large 1a: 2.08 CPU missing (920m of 3.92 free)',
      'node ip-10-0-0-1: taint dedicated=gpu:NoSchedule is not tolerated',
      'node ip-10-0-0-2: cordoned',
    ]);
    expect(found?.unread).toEqual([]);
  });

  it.each([
    [
      'a node has joined since',
      [...NODES, node('ip-10-0-0-5')],
      '3 lack CPU (nearest ip-10-0-0-5: 80m missing), 1 has a taint that it does not tolerate (dedicated=gpu:NoSchedule), 1 is cordoned',
    ],
    [
      'a taint was taken away',
      [node('ip-10-0-0-1', { cpuRequested: 0 }), ...NODES.slice(1)],
      '2 lack CPU (nearest ip-10-0-0-3: 580m missing), 1 is cordoned, 1 is open to it, as far as that is looked at',
    ],
    ['all have left', [], 'there is none'],
  ])('is in the scheduler’s words where %s, with how it is now', (_, nodes, now) => {
    const found = unschedulable(pending(TAINTED), worldOf({ rows: { nodes }, objects: spec() }));
    expect(found).toMatchObject({
      certainty: 'said',
      sentence:
        'the scheduler finds no node for it among 4: 2 Insufficient cpu, 1 node(s) were unschedulable, 1 node(s) had untolerated taint(s)',
    });
    expect(found?.evidence).toMatchObject([
      { source: 'condition PodScheduled' },
      { source: 'the nodes as they are now', text: now },
    ]);
  });

  it.each([
    ['node.kubernetes.io/unreachable:NoSchedule', /nodes that do not answer/],
    ['node.kubernetes.io/not-ready:NoSchedule', /why nodes are not ready/],
    ['node.kubernetes.io/disk-pressure:NoSchedule', /make room/],
    ['ebs.csi.aws.com/agent-not-ready:NoExecute', /being set up/],
    ['karpenter.sh/disrupted:NoSchedule', /about to leave/],
    ['ToBeDeletedByClusterAutoscaler=1779:NoSchedule', /about to leave/],
    ['dedicated=gpu:NoSchedule', /^tolerate the taint/],
  ])('what is to be done about taints is by what they say: %s', (taint, step) => {
    const message =
      '0/1 nodes are available: 1 node(s) had untolerated taint(s). preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.';
    const nodes = [node('ip-10-0-0-1', { taints: [taint] })];
    const found = unschedulable(pending(message), worldOf({ rows: { nodes }, objects: spec() }));
    expect(found?.next).toEqual([expect.stringMatching(step)]);
  });

  it('of a daemon set is for one node: the others say nothing', () => {
    const message =
      "0/4 nodes are available: 1 Insufficient cpu, 3 node(s) didn't satisfy plugin(s) [NodeAffinity]. no new claims to deallocate, preemption: 0/4 nodes are available: 4 Preemption is not helpful for scheduling.";
    const names = (name: string) => ({
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              {
                matchFields: [
                  {
                    ...{ key: 'metadata.name', operator: 'In' },
                    values: [`${name}.eu-central-1.compute.internal`],
                  },
                ],
              },
            ],
          },
        },
      },
    });
    const found = (name: string, said = message) =>
      unschedulable(pending(said), worldOf({ rows: { nodes: NODES }, objects: spec(names(name)) }));
    const own = found('ip-10-0-0-4');
    expect(own?.sentence).toBe(
      'it is for node ip-10-0-0-4 alone, which cannot take it: 1 lacks CPU (ip-10-0-0-4: 2.08 missing)',
    );
    // As schedulers before 1.30 have it.
    const filtered = message.replace(
      /node\(s\) didn't satisfy plugin\(s\) \[NodeAffinity\]/,
      'node is filtered out by the prefilter result',
    );
    expect(found('ip-10-0-0-4', filtered)?.sentence).toBe(own?.sentence);
    expect(own?.evidence.map(({ source }) => source)).toEqual([
      'node ip-10-0-0-4',
      'condition PodScheduled',
    ]);
    const none = message.replace('1 Insufficient cpu, 3', '4');
    expect(found('gone', none)?.sentence).toBe(
      'no node takes it: 4 do not match its node affinity metadata.name=gone.eu-central-1.compute.internal',
    );
  });

  it('names the nearest where something is missing everywhere', () => {
    const message =
      '0/2 nodes are available: 2 Insufficient cpu, 2 Insufficient nvidia.com/gpu. preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.';
    const containers = [{ resources: { requests: { 'nvidia.com/gpu': '1' } } }];
    const found = unschedulable(
      pending(message),
      worldOf({
        rows: { nodes: [node('far', { cpuRequested: 3 }), node('near', { cpuRequested: 2 })] },
        objects: spec({ containers }),
      }),
    );
    const pages = unschedulable(
      pending(message.replaceAll('nvidia.com/gpu', 'hugepages-2Mi')),
      worldOf({
        rows: { nodes: [node('far', { cpuRequested: 3 }), node('near', { cpuRequested: 2 })] },
        objects: spec({ containers: [{ resources: { requests: { 'hugepages-2Mi': '4Mi' } } }] }),
      }),
    );
    expect(pages?.next).toContain(
      'add nodes that set hugepages-2Mi aside when they start, in their user data',
    );
    expect(found?.sentence).toContain('2 lack CPU (nearest near: 1.08 missing)');
    expect(found?.next).toContain(
      'add nodes that offer nvidia.com/gpu, or see to what should offer it on those that there are: a device plugin',
    );
  });

  it('says what could not be read', () => {
    const found = unschedulable(
      pending(TAINTED),
      worldOf({ objects: spec(), unread: { nodes: 'nodes are forbidden to dev' } }),
    );
    expect(found?.certainty).toBe('said');
    expect(found?.unread).toEqual(['nodes: nodes are forbidden to dev']);
  });

  it('tells taints also where it is not known what runs on the nodes', () => {
    const nodes = NODES.map((each) => ({ ...each, pods: null, cpuRequested: null }));
    const found = unschedulable(
      pending(TAINTED),
      worldOf({
        rows: { nodes },
        objects: spec(),
        unread: { pods: 'read in shop alone' },
      }),
    );
    expect(found?.sentence).toBe(
      'no node takes it: 2 Insufficient cpu, 1 is cordoned, 1 has a taint that it does not tolerate (dedicated=gpu:NoSchedule)',
    );
    expect(found?.unread).toEqual(['what runs on the nodes: read in shop alone']);
  });

  it('that no node has what it asks for is the cause, whatever the scheduler comes to first', () => {
    const message =
      "0/4 nodes are available: 1 node(s) had untolerated taint {dedicated: gpu}, 1 node(s) were unschedulable, 2 node(s) didn't match Pod's node affinity/selector. preemption: 0/4 nodes are available: 4 Preemption is not helpful for scheduling.";
    const found = unschedulable(
      pending(message),
      worldOf({ rows: { nodes: NODES }, objects: spec({ nodeSelector: { pool: 'gpu' } }) }),
    );
    expect(found?.sentence).toBe('no node takes it: none of 4 matches its node selector pool=gpu');
    expect(found?.next).toEqual(['mend the selector, or label or add nodes that it means']);
  });

  it('tolerations and affinity are read as the scheduler reads them', () => {
    const message =
      "0/4 nodes are available: 1 node(s) were unschedulable, 3 node(s) didn't match Pod's node affinity/selector. preemption: 0/4 nodes are available: 4 Preemption is not helpful for scheduling.";
    const terms = [
      { matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd', 'nvme'] }] },
    ];
    const found = unschedulable(
      pending(message),
      worldOf({
        rows: { nodes: NODES },
        objects: spec({
          tolerations: [{ key: 'dedicated', operator: 'Exists' }],
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms },
            },
          },
        }),
      }),
    );
    expect(found?.sentence).toBe(
      'no node takes it: none of 4 matches its node affinity disk in (ssd, nvme)',
    );
  });

  it('tells taints of older schedulers together, and what nodes do not offer', () => {
    const message =
      '0/4 nodes are available: 1 node(s) had untolerated taint {dedicated: gpu}, 1 node(s) had untolerated taint {spot: true}, 2 Insufficient nvidia.com/gpu. preemption: 0/4 nodes are available: 4 Preemption is not helpful for scheduling.';
    const requests = { 'nvidia.com/gpu': '1' };
    const ask = (offers: Readonly<Record<string, number>>) =>
      unschedulable(
        pending(message, { cpuRequest: 0 }),
        worldOf({
          rows: {
            nodes: [
              node('a', { taints: ['dedicated=gpu:NoSchedule'] }),
              node('b', { taints: ['spot=true:NoSchedule'] }),
              node('c', { offers }),
              node('d'),
            ],
          },
          objects: spec({ containers: [{ resources: { requests } }] }),
        }),
      )?.sentence;
    const taints =
      '2 have a taint that it does not tolerate (dedicated=gpu:NoSchedule: 1, spot=true:NoSchedule: 1)';
    expect(ask({})).toBe(`no node takes it: 2 offer no nvidia.com/gpu, ${taints}`);
    // What others have of it is not read.
    expect(ask({ 'nvidia.com/gpu': 4 })).toBe(
      `no node takes it: 2 lack nvidia.com/gpu, of which 1 offer none, ${taints}`,
    );
  });

  it('knows where its volume is', () => {
    const message =
      "0/1 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity. no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.";
    const uses = ['persistentvolumeclaims/data'];
    const claim = { name: 'data', namespace: 'shop', phase: 'Bound', volume: 'pv-1' };
    const found = unschedulable(
      pending(message, { uses, cpuRequest: 0 }),
      worldOf({
        rows: {
          nodes: [node('ip-10-0-0-1')],
          persistentvolumeclaims: [rowOf('persistentvolumeclaims', claim)],
          persistentvolumes: [
            rowOf('persistentvolumes', { name: 'pv-1', zones: ['eu-central-1c'] }),
          ],
        },
        objects: spec(),
      }),
    );
    expect(found?.sentence).toBe(
      'no node takes it: 1 is not where its volume is (pvc data: eu-central-1c)',
    );
  });

  it('names what is not looked at node by node in the scheduler’s words', () => {
    const message =
      "0/4 nodes are available: 1 node(s) had untolerated taint {dedicated: gpu}, 1 node(s) were unschedulable, 2 node(s) didn't match pod anti-affinity rules. preemption: 0/4 nodes are available: 2 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling.";
    const found = unschedulable(
      pending(message, { cpuRequest: 0.1 }),
      worldOf({ rows: { nodes: NODES }, objects: spec() }),
    );
    expect(found?.evidence[2]).toMatchObject({
      source: 'nodes ip-10-0-0-3, ip-10-0-0-4',
      text: "didn't match pod anti-affinity rules",
    });
  });
});

describe('what adds nodes', () => {
  it.each([
    [
      {
        reason: 'NotTriggerScaleUp',
        message: "pod didn't trigger scale-up: 2 max node group size reached",
      },
      'cluster-autoscaler adds no node: 2 max node group size reached',
    ],
    [
      {
        reason: 'TriggeredScaleUp',
        message: 'pod triggered scale-up: [{eks-web-2cc5 1->2 (max: 5)}]',
      },
      'cluster-autoscaler is adding a node: eks-web-2cc5 1->2 (max: 5)',
    ],
    [
      {
        reason: 'FailedScheduling',
        message:
          'Failed to schedule pod, incompatible with nodepool "system", daemonset overhead={"cpu":"150m","pods":"2"}, did not tolerate taint (taint=dedicated=system:NoSchedule); incompatible with nodepool "spot", daemonset overhead={"cpu":"150m","pods":"2"}, no instance type satisfied resources {"cpu":"900","pods":"3"} and requirements',
      },
      'Karpenter adds no node: pool system: did not tolerate taint (taint=dedicated=system:NoSchedule); pool spot: no instance type satisfied resources {"cpu":"900","pods":"3"} and requirements',
    ],
    [
      {
        reason: 'FailedScheduling',
        message:
          'Failed to schedule pod, incompatible with nodepool, daemonset overhead={"cpu":"100m"}, no instance type satisfied resources NodePool="default"',
      },
      'Karpenter adds no node: pool default: no instance type satisfied resources',
    ],
    [
      { reason: 'Nominated', message: 'Pod should schedule on: nodeclaim/default-8tzp2' },
      'Karpenter means it for nodeclaim/default-8tzp2',
    ],
  ])('%o', (event, clause) => {
    const found = unschedulable(
      pending(TAINTED),
      worldOf({
        rows: { nodes: NODES },
        objects: spec(),
        events: { 'Pod/shop/big': [{ reason: 'FailedScheduling', message: TAINTED }, event] },
      }),
    );
    expect(found?.sentence.endsWith(`; ${clause}`)).toBe(true);
  });
});
