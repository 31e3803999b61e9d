import { describe, expect, it } from 'vitest';
import { iso, MINUTE, why } from './pod-case.ts';

const spec = {
  containers: [
    { name: 'api', image: 'a', readinessProbe: { exec: {} }, livenessProbe: { exec: {} } },
  ],
};
const unhealthy = (message: string) => ({ reason: 'Unhealthy', container: 'api', message });

describe('a probe that fails', () => {
  const status = {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'False' }],
    containerStatuses: [
      {
        name: 'api',
        state: { running: { startedAt: iso(5 * MINUTE) } },
        ready: false,
        started: true,
      },
    ],
  };

  // A command that prints nothing leaves nothing behind the colon.
  it.each([
    ['Readiness probe failed: ', ', without a word of its own'],
    ['Readiness probe failed:', ', without a word of its own'],
    ['Readiness probe failed: command not found', ': command not found'],
    ['Readiness probe errored: rpc error: code = Unknown', ': rpc error: code = Unknown'],
    ['Readiness probe errored and resulted in unknown state: rpc error', ': rpc error'],
  ])('is told with its own words: %j', (message, words) => {
    expect(why({ spec, status, events: [unhealthy(message)] })?.sentence).toBe(
      `container api is not ready: its readiness probe fails${words}`,
    );
  });

  it('is one that decides whether it is ready, where there is one', () => {
    const live = unhealthy('Liveness probe failed: connection refused');
    const events = [live, unhealthy('Readiness probe failed: statuscode: 503')];
    expect(why({ spec, status, events })?.sentence).toBe(
      'container api is not ready: its readiness probe fails: statuscode: 503',
    );
    expect(why({ spec, status, events: [live] })?.sentence).toBe(
      'container api is not ready, and its liveness probe fails: connection refused',
    );
  });

  it('is not one of an earlier run of the container', () => {
    const old = unhealthy('Readiness probe failed: statuscode: 503');
    const found = why({ spec, status, events: [{ ...old, at: Date.parse(iso(25 * MINUTE)) }] });
    expect(found).toMatchObject({
      certainty: 'unknown',
      sentence:
        'container api is not ready: its readiness probe has not passed, and no event says how it fails',
    });
  });

  it.each([
    ['Liveness probe failed: ', ', without a word of its own, 4 restarts'],
    ['Liveness probe errored and resulted in unknown state: rpc error', ': rpc error, 4 restarts'],
  ])('is why the container was ended: %j', (message, words) => {
    const ended = { exitCode: 137, reason: 'Error', finishedAt: iso(MINUTE) };
    const crashed = {
      phase: 'Running',
      containerStatuses: [
        {
          name: 'api',
          ...{ state: { waiting: { reason: 'CrashLoopBackOff' } }, restartCount: 4 },
          lastState: { terminated: ended },
        },
      ],
    };
    const killed = {
      ...{ reason: 'Killing', container: 'api' },
      message: 'Container api failed liveness probe, will be restarted',
    };
    const events = [killed, unhealthy(message)];
    expect(why({ spec, status: crashed, events })?.sentence).toBe(
      `container api was ended because its liveness probe failed${words}; it waits before it is started again`,
    );
  });
});

describe('a pod that is not ready', () => {
  it('may be on a node that is no more', () => {
    const status = {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'False' }],
      containerStatuses: [{ name: 'api', state: { running: {} }, ready: true, started: true }],
    };
    expect(why({ spec: { ...spec, nodeName: 'gone' }, status })).toMatchObject({
      sentence: 'its node gone is not in the cluster any more',
      certainty: 'deduced',
    });
  });
});
