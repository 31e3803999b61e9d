import { describe, expect, it } from 'vitest';
import { iso, MINUTE, why } from './pod-case.ts';

describe('a pod with a sidecar', () => {
  const always = { restartPolicy: 'Always' };
  const spec = {
    initContainers: [
      { name: 'proxy', image: 'p', startupProbe: { httpGet: {} }, ...always },
      { name: 'migrate', image: 'm' },
    ],
  };
  const proxy = {
    name: 'proxy',
    ...{ state: { running: { startedAt: iso(5 * MINUTE) } }, ready: false, started: false },
  };
  const waits = (name: string) => ({ name, state: { waiting: { reason: 'PodInitializing' } } });
  const status = {
    phase: 'Pending',
    conditions: [{ type: 'Initialized', status: 'False' }],
    initContainerStatuses: [proxy, waits('migrate')],
    containerStatuses: [waits('api')],
  };

  it('waits for it to start, not for what comes behind it', () => {
    const message = 'Startup probe failed: HTTP probe failed with statuscode: 503';
    const events = [{ reason: 'Unhealthy', message, container: 'proxy' }];
    expect(why({ spec, status, events })).toMatchObject({
      certainty: 'said',
      sentence:
        'sidecar proxy has not started: its startup probe fails: HTTP probe failed with statuscode: 503; nothing after it starts before',
    });
    expect(why({ spec, status })?.sentence).toBe(
      'sidecar proxy has not started yet; nothing after it starts before',
    );
    const running = { name: 'migrate', state: { running: { startedAt: iso(MINUTE) } } };
    const behind = { ...status, initContainerStatuses: [proxy, running] };
    expect(why({ spec, status: behind })?.sentence).toBe(
      'init container migrate has not ended yet: nothing after it starts',
    );
  });

  it('waits for the last one that was begun: those before it have started', () => {
    const behind = { name: 'mesh', image: 'p', startupProbe: { httpGet: {} }, ...always };
    const two = { initContainers: [...spec.initContainers.slice(0, 1), behind] };
    const started = { ...proxy, started: true };
    const mesh = { ...proxy, name: 'mesh' };
    const both = { ...status, initContainerStatuses: [started, mesh] };
    const failed = (probe: string, container: string) => ({
      ...{ reason: 'Unhealthy', container },
      message: `${probe} probe failed: HTTP probe failed with statuscode: 503`,
    });
    const events = [failed('Readiness', 'proxy'), failed('Startup', 'mesh')];
    expect(why({ spec: two, status: both, events })?.sentence).toBe(
      'sidecar mesh has not started: its startup probe fails: HTTP probe failed with statuscode: 503; nothing after it starts before',
    );
    // A kubelet may not have told of the main containers at all so far.
    expect(why({ spec: two, status: { ...both, containerStatuses: [] } })?.sentence).toBe(
      'sidecar mesh has not started yet; nothing after it starts before',
    );
  });

  it('does not wait for one without a startup probe, which has started once it runs', () => {
    const ready = { name: 'proxy', image: 'p', readinessProbe: { httpGet: {} }, ...always };
    const initContainers = [ready, ...spec.initContainers.slice(1)];
    const started = { ...status, initContainerStatuses: [{ ...proxy, started: true }] };
    const next = { initContainerStatuses: [...started.initContainerStatuses, waits('migrate')] };
    expect(why({ spec: { initContainers }, status: { ...started, ...next } })?.sentence).toBe(
      'init container migrate has not ended yet: nothing after it starts',
    );
    // Nothing is known to keep what comes behind it.
    expect(why({ spec: { initContainers: [ready] }, status: started })).toBeNull();
  });

  it('waits for one that has not been made yet, as where its image is fetched', () => {
    const unmade = { ...status, initContainerStatuses: [waits('proxy'), waits('migrate')] };
    const found = why({ spec, status: unmade });
    expect(found?.sentence).toBe(
      'sidecar proxy has not started yet; nothing after it starts before',
    );
    expect(found?.evidence).toEqual([{ source: 'status of proxy', text: 'waiting', at: 0 }]);
  });

  it('does not wait for one whose startup probe has passed, ready or not', () => {
    const started = { ...proxy, started: true };
    const behind = { ...status, initContainerStatuses: [started, waits('migrate')] };
    expect(why({ spec, status: behind })?.sentence).toBe(
      'init container migrate has not ended yet: nothing after it starts',
    );
  });

  it('that was killed as the pod ended has done its work', () => {
    const killed = { terminated: { exitCode: 137, reason: 'Error', finishedAt: iso(MINUTE) } };
    const done = { terminated: { exitCode: 0, reason: 'Completed', finishedAt: iso(MINUTE) } };
    const ended = {
      phase: 'Succeeded',
      initContainerStatuses: [{ name: 'proxy', state: killed }],
      containerStatuses: [{ name: 'api', state: done }],
    };
    expect(why({ spec: { initContainers: spec.initContainers.slice(0, 1) }, status: ended })).toBe(
      null,
    );
  });

  it('that was killed as the pod ended is not why it failed', () => {
    const ends = (exitCode: number) => ({
      terminated: { exitCode, reason: 'Error', finishedAt: iso(MINUTE) },
    });
    const failed = {
      phase: 'Failed',
      initContainerStatuses: [{ name: 'proxy', state: ends(137) }],
      containerStatuses: [{ name: 'api', state: ends(1) }],
    };
    const one = { initContainers: spec.initContainers.slice(0, 1) };
    expect(why({ spec: one, status: failed })?.sentence).toBe(
      'container api ended with exit 1; it is not started again',
    );
    const migration = {
      ...failed,
      initContainerStatuses: [
        { name: 'proxy', state: ends(143) },
        { name: 'migrate', state: ends(2) },
      ],
      containerStatuses: [waits('api')],
    };
    expect(why({ spec, status: migration })?.sentence).toBe(
      'init container migrate ended with exit 2; nothing after it starts',
    );
  });
});
