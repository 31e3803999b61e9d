import { describe, expect, it } from 'vitest';
import { unschedulable as unschedulableRule } from '../../../../src/domain/why/pod/unschedulable.ts';
import { nodeRow, podRow, rowOf } from '../../../support/rows.ts';
import { worldOf, answers } from './world.ts';

const unschedulable = answers(unschedulableRule);

const nodes = ['a', 'b', 'c'].map((zone) =>
  nodeRow({
    ...{ name: `n-${zone}`, isReady: true, taints: [], zone: `eu-central-1${zone}` },
    ...{ pods: 1, cpuRequested: 0, memoryRequested: 0, podsAllocatable: 9 },
    labels: { 'topology.kubernetes.io/zone': `eu-central-1${zone}` },
  }),
);
const labels = { app: 'api' };
const on = (name: string, node: string) => podRow({ name, namespace: 'shop', node, labels });
const there = [on('api-1', 'n-a'), on('api-2', 'n-a'), on('api-3', 'n-b')];

/** What is told of a pod that all three nodes refuse for a reason. */
function told(reason: string, spec: object, given: Parameters<typeof worldOf>[0] = {}) {
  const cause = `0/3 nodes are available: 3 ${reason}. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.`;
  const pod = podRow({
    ...{ name: 'api-4', namespace: 'shop', phase: 'Pending', status: 'Pending', cause, labels },
    isReady: false,
  });
  return unschedulable(
    pod,
    worldOf({
      rows: { nodes, pods: [pod, ...there] },
      objects: { 'pods/shop/api-4': { spec } },
      ...given,
    }),
  );
}

const labelSelector = { matchLabels: labels };

describe('what a pod asks of those beside it', () => {
  it('anti-affinity names the pods that are there', () => {
    const term = { topologyKey: 'kubernetes.io/hostname', labelSelector };
    const affinity = {
      podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] },
    };
    const found = told("node(s) didn't match pod anti-affinity rules", { affinity });
    expect(found?.evidence).toContainEqual({
      source: 'pod anti-affinity',
      text: 'on no kubernetes.io/hostname with pods app=api: api-1 on n-a, api-2 on n-a, api-3 on n-b',
    });
  });

  it('topology spread counts them by domain', () => {
    const constraint = {
      ...{ topologyKey: 'topology.kubernetes.io/zone', maxSkew: 1, labelSelector },
      whenUnsatisfiable: 'DoNotSchedule',
    };
    const spec = { topologySpreadConstraints: [constraint] };
    const found = told("node(s) didn't match pod topology spread constraints", spec);
    expect(found?.evidence).toContainEqual({
      source: 'topology spread',
      text: 'over topology.kubernetes.io/zone within 1, of pods app=api; now 1c 0, 1b 1, 1a 2',
    });
  });

  it('topology spread may be over a label that no node has, or too few domains', () => {
    const over = (constraint: object) =>
      told("node(s) didn't match pod topology spread constraints", {
        topologySpreadConstraints: [
          { maxSkew: 1, labelSelector, whenUnsatisfiable: 'DoNotSchedule', ...constraint },
        ],
      })?.evidence.find(({ source }) => source === 'topology spread')?.text;
    expect(over({ topologyKey: 'rack' })).toBe(
      'over rack within 1, of pods app=api; no node has the label rack',
    );
    expect(over({ topologyKey: 'topology.kubernetes.io/zone', minDomains: 4 })).toMatch(
      /1a 2, which are fewer than its minDomains 4$/,
    );
    expect(over({ topologyKey: 'topology.kubernetes.io/zone', minDomains: 3 })).toMatch(/1a 2$/);
  });

  it('host ports are those of its containers', () => {
    const spec = { containers: [{ ports: [{ containerPort: 80, hostPort: 8080 }, {}] }] };
    const found = told("node(s) didn't have free ports for the requested pod ports", spec);
    expect(found?.evidence).toContainEqual({
      source: 'host ports',
      text: 'it asks for port 8080 of its node',
    });
  });
});

it('a claim of Karpenter for the pod tells how far it has come', () => {
  const claim = rowOf('nodeclaims', {
    ...{ name: 'default-8tzp2', phase: 'Launching', instanceType: 'm5.large', zone: '' },
    trouble: 'InsufficientCapacityError: no spot capacity for m5.large',
  });
  const message = 'Pod should schedule on: nodeclaim/default-8tzp2';
  const found = told(
    'Insufficient cpu',
    {},
    {
      rows: { nodes, nodeclaims: [claim] },
      events: { 'Pod/shop/api-4': [{ reason: 'Nominated', message }] },
    },
  );
  expect(found?.sentence).toContain(
    'Karpenter means it for nodeclaim/default-8tzp2, which is Launching: InsufficientCapacityError: no spot capacity for m5.large',
  );
});
