import { describe, expect, it } from 'vitest';
import { whyPod as whyPodRule } from '../../../../src/domain/why/pod/index.ts';
import { podRow, rowOf } from '../../../support/rows.ts';
import { iso, MINUTE, why } from './pod-case.ts';
import { worldOf, answers } from './world.ts';

const whyPod = answers(whyPodRule);

describe('a pod that was ended, or is being', () => {
  it('says by whom', () => {
    const message =
      'The node was low on resource: memory. Threshold quantity: 100Mi, available: 87Mi';
    expect(why({ status: { phase: 'Failed', reason: 'Evicted', message } })?.sentence).toBe(
      `it was evicted from n1: ${message}`,
    );
  });

  it('says what holds it', () => {
    const deletionTimestamp = iso(3 * MINUTE);
    const status = { phase: 'Running' };
    expect(
      why({ metadata: { deletionTimestamp, finalizers: ['example.com/wait'] }, status })?.sentence,
    ).toBe('it stays until example.com/wait is done with it (finalizers)');
    expect(
      why({ metadata: { deletionTimestamp }, spec: { nodeName: 'n2' }, status }),
    ).toMatchObject({
      certainty: 'deduced',
      sentence: 'its node n2 is gone, and nothing confirms that it ended',
    });
    expect(why({ metadata: { deletionTimestamp }, status })?.certainty).toBe('unknown');
  });
});

describe('a pod that is not scheduled for another reason', () => {
  const unscheduled = (message: string, spec: object = {}) => ({
    spec: { nodeName: '', ...spec },
    status: {
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }],
    },
  });

  it('a claim is not there', () => {
    expect(
      why(unscheduled('0/6 nodes are available: persistentvolumeclaim "nope" not found. not found'))
        ?.sentence,
    ).toBe('the claim nope that it mounts is not there');
  });

  it('a claim has no volume, for a reason of its own', () => {
    const cause =
      '0/6 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found';
    const uses = ['persistentvolumeclaims/data'];
    const subject = podRow({
      ...{ name: 'api', namespace: 'shop', phase: 'Pending', status: 'Pending' },
      ...{ cause, uses, isReady: false },
    });
    const claim = rowOf('persistentvolumeclaims', {
      ...{ name: 'data', namespace: 'shop', phase: 'Pending', storageClass: 'fast' },
    });
    const found = whyPod(subject, worldOf({ rows: { persistentvolumeclaims: [claim] } }));
    expect(found?.sentence).toBe('pvc data has no volume: there is no storage class fast');
  });

  it('it is gated', () => {
    const gates = [{ name: 'example.com/quota' }];
    const found = why({
      spec: { nodeName: '', schedulingGates: gates },
      status: {
        phase: 'Pending',
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'SchedulingGated',
            message: 'Scheduling is blocked due to non-empty scheduling gates',
          },
        ],
      },
    });
    expect(found?.sentence).toBe(
      'the scheduler does not look at it before its scheduling gate example.com/quota is taken away',
    );
  });

  it('Fargate does not take it', () => {
    const message = 'Pod not supported on Fargate: fields not supported: HostNetwork';
    expect(why(unscheduled(message, { schedulerName: 'fargate-scheduler' }))?.sentence).toBe(
      `the scheduler of Fargate has found no place for it: ${message}`,
    );
  });

  it('nobody has looked at it', () => {
    const found = why({ spec: { nodeName: '', schedulerName: 'my-scheduler' } });
    expect(found?.sentence).toBe(
      'scheduler my-scheduler, which it asks for, has not looked at it so far',
    );
  });
});
