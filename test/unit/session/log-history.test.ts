import { describe, expect, it } from 'vitest';
import { LogSession } from '../../../src/session/log-session.ts';
import { container, logCluster, pod, texts } from '../../support/log-cluster.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const AT = Date.parse('2026-10-14T12:00:00Z');
const stamp = (second: number): string =>
  `${new Date(AT + second * 1000).toISOString().slice(0, 19)}.000000000Z`;

function world() {
  const clock = new VirtualClock(AT + 60_000);
  const cluster = logCluster('one');
  const open = (): LogSession =>
    new LogSession({
      parts: [cluster.part],
      clock,
      target: { title: 't', container: null, runs: 'all' },
      since: 'all',
      capacity: 1000,
    });
  const write = (index: number, second: number, text: string): void =>
    cluster.say(index, stamp(second), text);
  const end = (index: number): void => cluster.streams[index]?.sink.end('');
  return { ...cluster, clock, open, write, end };
}

const exited = (exitCode: number, second: number, reason = 'Error') => ({
  ...{ exitCode, reason },
  at: AT + second * 1000,
  message: '',
});

describe('the log of all runs', () => {
  it('puts init containers, the run before and the present one in order of time', () => {
    const w = world();
    const done = { state: 'terminated', lastExit: exited(0, 2, 'Completed') } as const;
    w.pods.push(
      pod('api-1', [
        container('api', { restarts: 3, lastExit: exited(137, 20, 'OOMKilled') }),
        container('migrate', { role: 'init', ...done }),
        container('proxy', { role: 'sidecar' }),
      ]),
    );
    const session = w.open();
    expect(
      w.streams.map(({ options }) => [options.container, options.previous, options.follow]),
    ).toEqual([
      ['api', true, false],
      ['api', false, true],
      ['migrate', false, true],
      ['proxy', false, true],
    ]);
    // They come in any order; nothing is shown before all have come.
    w.write(1, 21, 'api again');
    w.write(3, 4, 'proxy up');
    w.clock.advance(500);
    expect(texts(session)).toEqual([]);
    w.write(0, 5, 'api first');
    w.end(0);
    w.write(2, 1, 'migrated');
    w.end(2);
    w.clock.advance(1000);
    expect(texts(session)).toEqual([
      '── init: migrate, exit 0 ──',
      'migrated',
      '── sidecar: proxy, running ──',
      'proxy up',
      '── api, run 3 of 4, exit 137 OOMKilled, the log of those before is not kept ──',
      'api first',
      '── api, run 4 of 4, after exit 137 OOMKilled, running ──',
      'api again',
    ]);
  });

  it('does not read the log of a run twice that waits to be started again', () => {
    const w = world();
    const lastExit = exited(1, 20);
    const crashed = {
      restarts: 1,
      state: 'waiting',
      reason: 'CrashLoopBackOff',
      lastExit,
    } as const;
    w.pods.push(pod('api-1', [container('api', crashed)]));
    const session = w.open();
    expect(w.streams).toHaveLength(1);
    w.write(0, 19, 'boom');
    w.end(0);
    w.clock.advance(1000);
    expect(texts(session)[0]).toBe('── api, run 2 of 2, exit 1, then CrashLoopBackOff ──');
  });

  it('goes on with the next run of a container without asking for what it has read', () => {
    const w = world();
    w.pods.push(pod('api-1', [container('api')]));
    const session = w.open();
    w.write(0, 1, 'one');
    w.end(0);
    w.pods[0] = pod('api-1', [container('api', { restarts: 1, lastExit: exited(1, 2) })]);
    w.change();
    expect(w.streams.map(({ options }) => options.previous)).toEqual([false, false]);
    w.write(1, 3, 'two');
    w.clock.advance(1000);
    expect(texts(session)).toEqual([
      '── api, running ──',
      'one',
      '── api, run 2 of 2, after exit 1, running ──',
      'two',
    ]);
  });

  it('tells of a run that wrote nothing', () => {
    const w = world();
    const done = { state: 'terminated', lastExit: exited(0, 2, 'Completed') } as const;
    w.pods.push(pod('api-1', [container('wait', { role: 'init', ...done })]));
    const session = w.open();
    w.end(0);
    w.clock.advance(1000);
    expect(texts(session)).toEqual(['── init: wait, exit 0 ──']);
    expect(session.buffer.at(0)?.time).toBe(stamp(2));
  });

  it('says which pods are gone, and keeps their lines', () => {
    const w = world();
    w.pods.push(pod('api-1', [container('api')]));
    const session = w.open();
    w.write(0, 1, 'one');
    w.clock.advance(1000);
    w.pods.length = 0;
    w.change();
    expect(session.sources.map(({ isGone }) => isGone)).toEqual([true]);
    expect(texts(session)).toContain('one');
  });
});
