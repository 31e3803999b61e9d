import { describe, expect, it } from 'vitest';
import { whyPod as whyPodRule } from '../../../../src/domain/why/pod/index.ts';
import { nodeRow } from '../../../support/rows.ts';
import { pod } from '../pods.ts';
import { iso, MINUTE } from './pod-case.ts';
import { answers, worldOf } from './world.ts';

const whyPod = answers(whyPodRule);
const nodes = ['n1', 'n2'].map((name) =>
  nodeRow({ name, isReady: true, taints: [], pods: 1, podsAllocatable: 9 }),
);

/** A pod that claims a device under the name `gpu`. */
function ask(
  claim: object,
  given: Parameters<typeof worldOf>[0],
  message = '',
  status: object = {},
) {
  const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }];
  const whole = {
    metadata: { name: 'api', namespace: 'shop', creationTimestamp: iso(10 * MINUTE) },
    spec: {
      containers: [{ name: 'api', image: 'shop/api:2' }],
      resourceClaims: [{ name: 'gpu', ...claim }],
    },
    status: { phase: 'Pending', ...(message === '' ? {} : { conditions }), ...status },
  };
  return whyPod(
    pod(whole),
    worldOf({ rows: { nodes }, ...given, objects: { 'pods/shop/api': whole, ...given.objects } }),
  );
}

describe('a pod that claims devices', () => {
  it('by a claim that is not there', () => {
    expect(ask({ resourceClaimName: 'nope' }, {})).toMatchObject({
      certainty: 'deduced',
      sentence: 'resource claim nope, which it asks for, is not there',
    });
    const objects = { 'resourceclaims.resource.k8s.io/shop/nope': {} };
    expect(ask({ resourceClaimName: 'nope' }, { objects })?.sentence).toMatch(/^the scheduler has/);
  });

  it('by a template that is not there, in the words of the controller of claims', () => {
    const message =
      'PodResourceClaim gpu: resource claim template "big": resourceclaimtemplate.resource.k8s.io "big" not found';
    const events = { 'Pod/shop/api': [{ reason: 'FailedResourceClaimCreation', message }] };
    expect(ask({ resourceClaimTemplateName: 'big' }, { events })).toMatchObject({
      certainty: 'said',
      sentence: 'its claim gpu on devices cannot be made: resource claim template big is not there',
    });
  });

  it('of a class that is not there', () => {
    const message =
      '0/2 nodes are available: request gpu: device class gpu.example.com does not exist. no new claims to deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.';
    expect(ask({ resourceClaimName: 'one' }, {}, message)?.sentence).toBe(
      'device class gpu.example.com, which its claim asks for, is not there',
    );
  });

  it('that no node has left: what it asks for stands beside it', () => {
    const message =
      '0/2 nodes are available: 2 cannot allocate all claims. still not schedulable, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.';
    const cel = { cel: { expression: "device.driver == 'a'" } };
    const requests = [
      { name: 'a', exactly: { deviceClassName: 'gpu.example.com', selectors: [cel] } },
      {
        name: 'b',
        firstAvailable: [
          { name: 'x', deviceClassName: 'nic.example.com', count: 2 },
          { name: 'y', deviceClassName: 'old.example.com', allocationMode: 'All' },
        ],
      },
      // v1beta1
      { name: 'c', deviceClassName: 'flat.example.com' },
    ];
    const found = ask(
      { resourceClaimTemplateName: 'mine' },
      {
        objects: {
          'resourceclaims.resource.k8s.io/shop/api-gpu-x': {
            spec: { devices: { requests } },
            status: {
              allocation: { devices: { results: [{ device: 'g0', pool: 'n9' }] } },
            },
          },
        },
      },
      message,
      { resourceClaimStatuses: [{ name: 'gpu', resourceClaimName: 'api-gpu-x' }] },
    );
    expect(found?.sentence).toBe('no node takes it: 2 cannot give it all devices that it claims');
    expect(found?.evidence).toContainEqual({
      source: 'resource claim api-gpu-x',
      text: "asks for 1 × gpu.example.com where device.driver == 'a', 2 × nic.example.com, or else all × old.example.com, 1 × flat.example.com; has g0 of n9",
      about: { kind: 'ResourceClaim', namespace: 'shop', name: 'api-gpu-x' },
    });
    expect(found?.next[0]).toMatch(/^end what has such devices/);
  });
});
