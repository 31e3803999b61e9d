import { expect, it } from 'vitest';
import { callNotes } from '../../../../src/sources/aws/call-log.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

const CALL = { action: 'eks:ListClusters', profile: 'ops', region: 'eu-west-1', endpoint: '' };

it('the log hears how long a call took, and how often and why it failed', () => {
  const clock = new VirtualClock();
  const told: unknown[] = [];
  const log = (...event: readonly unknown[]): void => void told.push(event);
  const done = callNotes(log, clock)(CALL);
  clock.advance(40);
  done(null);
  const error = Object.assign(new Error('slow down'), {
    $metadata: { httpStatusCode: 429, attempts: 3 },
  });
  callNotes(log, clock)(CALL)(error);
  expect(told).toEqual([
    ['info', 'aws call', { ...CALL, ms: 40 }],
    ['warn', 'aws call failed', { ...CALL, ms: 0, status: 429, attempts: 3, error }],
  ]);
});
