import { describe, expect, it } from 'vitest';
import { whyPod as whyPodRule } from '../../../../src/domain/why/pod/index.ts';
import { podRow, rowOf } from '../../../support/rows.ts';
import { iso, MINUTE, why } from './pod-case.ts';
import { NOW } from './world.ts';
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

  it.each([
    [
      'a deadline',
      {
        reason: 'DeadlineExceeded',
        message: 'Pod was active on the node longer than the deadline',
      },
      'it ran longer than its activeDeadlineSeconds: Pod was active on the node longer than the deadline',
    ],
    [
      'the shutdown of its node',
      {
        reason: 'Terminated',
        message: 'Pod was terminated in response to imminent node shutdown.',
      },
      'it was ended when n1 was shut down: Pod was terminated in response to imminent node shutdown',
    ],
    [
      'preemption',
      {
        conditions: [
          {
            ...{ type: 'DisruptionTarget', status: 'True', reason: 'PreemptionByScheduler' },
            message: 'default-scheduler: preempting to accommodate a higher priority pod',
          },
        ],
      },
      'it had to leave n1 for a pod of a higher priority: default-scheduler: preempting to accommodate a higher priority pod',
    ],
  ])('says %s before the signal that it took for it', (_what, status, sentence) => {
    const terminated = { exitCode: 143, reason: 'Error', finishedAt: iso(MINUTE) };
    const containerStatuses = [{ name: 'api', state: { terminated } }];
    expect(why({ status: { phase: 'Failed', ...status, containerStatuses } })?.sentence).toBe(
      sentence,
    );
  });

  it('does not say how a container ended that its node has lost', () => {
    const terminated = { exitCode: 137, reason: 'ContainerStatusUnknown', finishedAt: iso(MINUTE) };
    const containerStatuses = [{ name: 'api', state: { terminated } }];
    const found = why({ status: { phase: 'Running', containerStatuses } });
    expect(found?.sentence).toBe(
      'container api was lost: its node cannot say how it ended (ContainerStatusUnknown)',
    );
  });

  it('says that one container has done its work and another runs on', () => {
    const status = {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }],
      containerStatuses: [
        { name: 'work', state: { terminated: { exitCode: 0, reason: 'Completed' } } },
        { name: 'proxy', ready: true, state: { running: {} } },
      ],
    };
    const containers = [{ name: 'work' }, { name: 'proxy' }];
    expect(why({ spec: { containers }, status })?.sentence).toBe(
      'container work has ended (exit 0), and proxy runs on: the pod does not end before',
    );
  });

  it('says since when it goes, and how long that may take', () => {
    const metadata = { deletionTimestamp: iso(-0.5 * MINUTE), deletionGracePeriodSeconds: 90 };
    expect(why({ metadata, status: { phase: 'Running' } })).toMatchObject({
      sentence: 'it is being terminated: its containers have time to end, at most 30s more',
      evidence: [{ text: 'deletion asked for, with 90s to end', at: NOW - MINUTE }],
    });
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

describe('a pod whose size is changed in place', () => {
  const resized = (type: string, reason: string, message: string) =>
    why({
      status: {
        phase: 'Running',
        conditions: [
          { type: 'Ready', status: 'True' },
          { type, reason, message, status: 'True', lastTransitionTime: iso(MINUTE) },
        ],
        containerStatuses: [{ name: 'api', ready: true, state: { running: {} } }],
      },
    })?.sentence;

  it('says why its node does not do it', () => {
    expect(resized('PodResizePending', 'Infeasible', 'not enough capacity: cpu')).toBe(
      'its new size can never be given to it on n1: not enough capacity: cpu; it runs as it was',
    );
    expect(resized('PodResizePending', 'Deferred', 'not enough resource: cpu')).toBe(
      'its new size waits until n1 has room: not enough resource: cpu; it runs as it was',
    );
    expect(resized('PodResizeInProgress', 'Error', 'memory limit below usage')).toBe(
      'n1 could not give it its new size: memory limit below usage; it runs as it was',
    );
  });

  it('says nothing while it is being done', () => {
    expect(resized('PodResizeInProgress', '', '')).toBeUndefined();
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

  it('the scheduler waits for its volume, and says nothing meanwhile', () => {
    const uses = ['persistentvolumeclaims/data'];
    const subject = podRow({
      ...{ name: 'api', namespace: 'shop', phase: 'Pending', status: 'Pending', node: '' },
      ...{ cause: '', uses, isReady: false, created: NOW - MINUTE },
    });
    const claim = rowOf('persistentvolumeclaims', {
      ...{ name: 'data', namespace: 'shop', phase: 'Pending', storageClass: 'gp3' },
    });
    const gp3 = rowOf('storageclasses', {
      ...{ name: 'gp3', provisioner: 'ebs.csi.aws.com', binding: 'WaitForFirstConsumer' },
    });
    const found = (reason: string, more: object = {}) =>
      whyPod(
        subject,
        worldOf({
          ...more,
          rows: { persistentvolumeclaims: [claim], storageclasses: [gp3] },
          objects: { 'pods/shop/api': { spec: {} } },
          events: { 'PersistentVolumeClaim/shop/data': [{ reason, message: 'no answer' }] },
        }),
      )?.sentence;
    expect(found('ExternalProvisioning')).toBe(
      'the scheduler waits for the volume of pvc data: it waits for ebs.csi.aws.com, which has made no volume so far',
    );
    expect(found('ProvisioningFailed')).toBe(
      'the scheduler waits for the volume of pvc data: its volume cannot be made: no answer',
    );
    expect(found('WaitForFirstConsumer')).toBe('the scheduler has not looked at it so far');
    expect(found('', { unread: { persistentvolumeclaims: 'forbidden' } })).toBe(
      'the scheduler has not looked at it so far, or waits for a volume of it',
    );
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

  it('its volume is not there yet, without what is said of preemption', () => {
    const said =
      'waiting for ephemeral volume controller to create the persistentvolumeclaim "api-scratch"';
    const message = `0/1 nodes are available: ${said}. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.`;
    expect(why(unscheduled(message))?.sentence).toBe(
      `the scheduler has found no place for it: ${said}`,
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
