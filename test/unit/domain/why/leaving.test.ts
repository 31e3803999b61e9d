import { describe, expect, it } from 'vitest';
import { iso, MINUTE, why } from './pod-case.ts';
import { NOW } from './world.ts';

const overdue = { deletionTimestamp: iso(40 * MINUTE), deletionGracePeriodSeconds: 30 };
const status = { phase: 'Running' };

describe('a pod that should be gone', () => {
  it.each([
    [
      'error killing pod: failed to "KillPodSandbox" for "18ba" with KillPodSandboxError: "rpc error: code = Unknown desc = failed to destroy network for sandbox \\"3bb4\\": plugin type=\\"aws-cni\\" name=\\"aws-cni\\" failed (delete): del cmd: connection refused"',
      'n1 cannot end it: failed to destroy network for sandbox "3bb4": plugin type="aws-cni" name="aws-cni" failed (delete): del cmd: connection refused',
      'see whether the pod of the network plugin on n1 is well (aws-node)',
    ],
    [
      'error killing pod: [failed to "KillContainer" for "api" with KillContainerError: "rpc error: code = DeadlineExceeded desc = context deadline exceeded", failed to "KillPodSandbox" for "u" with KillPodSandboxError: "rpc error: code = DeadlineExceeded desc = context deadline exceeded"]',
      'n1 cannot end it: container api: context deadline exceeded',
      'look at the kubelet of n1: a container or a volume that it cannot end or unmount',
    ],
    [
      'error killing pod: something new',
      'n1 cannot end it: something new',
      'look at the kubelet of n1: a container or a volume that it cannot end or unmount',
    ],
  ])('is told by what its kubelet cannot do: %s', (message, sentence, step) => {
    const events = [{ reason: 'FailedKillPod', message }];
    expect(why({ metadata: overdue, status, events })).toMatchObject({
      ...{ certainty: 'said', sentence },
      next: [step],
    });
  });

  it('is not told by probes that fail because it stops, nor by an end of an earlier container', () => {
    const events = [
      { reason: 'Unhealthy', message: 'Readiness probe failed: cannot exec in a stopped state' },
      { reason: 'Killing', type: 'Normal', message: 'Stopping container api' },
      { reason: 'FailedKillPod', message: 'error killing pod: x', at: NOW - 60 * MINUTE },
    ];
    const found = why({ metadata: overdue, status, events });
    expect(found?.sentence).toBe('it should be gone since 40m, and nothing says why it is not');
    expect(found?.evidence[1]?.source).toBe('event Killing');
  });
});
