import { expect, it } from 'vitest';
import { MINUTE, why } from './pod-case.ts';

const waiting = {
  metadata: {
    name: 'api',
    namespace: 'shop',
    labels: { 'eks.amazonaws.com/fargate-profile': 'jobs' },
    creationTimestamp: new Date(Date.UTC(2026, 10, 26, 12) - MINUTE).toISOString(),
  },
  spec: { nodeName: '', schedulerName: 'fargate-scheduler' },
};

it('waits for its machine, which takes a while', () => {
  expect(why(waiting)?.sentence).toBe('Fargate is making a machine for it, for 60s so far');
});

it('is told why there is none, and what it takes', () => {
  const message = 'Pod provisioning timed out (will retry) for pod: shop/api';
  const found = why({
    ...waiting,
    events: [{ reason: 'FailedScheduling', from: 'fargate-scheduler', message }],
  });
  expect(found?.sentence).toBe(`Fargate has no machine for it: ${message}`);
  expect(found?.next[0]).toMatch(/subnets of profile jobs reach the API server/);
});
