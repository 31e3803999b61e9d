import { beforeEach, describe, expect, it } from 'vitest';
import type { PodRow } from '../../../src/domain/rows.ts';
import { contextKey } from '../../../src/domain/cluster-key.ts';
import { MAX_STREAMS, podLogs, TAIL_LINES } from '../../../src/session/log-follower.ts';
import { LogSession, type LogSessionOptions } from '../../../src/session/log-session.ts';
import { container, logCluster, pod, texts } from '../../support/log-cluster.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const ONE = contextKey('one');
const TWO = contextKey('two');

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** One cluster, and another that is only followed where a test says so. */
function world() {
  const clock = new VirtualClock();
  const one = logCluster('one');
  const two = logCluster('two');
  const open = (change: Partial<LogSessionOptions> = {}) =>
    new LogSession({
      parts: [one.part],
      clock,
      target: { title: 't', container: null, runs: 'current' },
      since: 'tail',
      capacity: 1000,
      ...change,
    });
  const together = (change: Partial<LogSessionOptions> = {}) =>
    open({ parts: [one.part, two.part], ...change });
  return { clock, ...one, two, open, together };
}

let w: ReturnType<typeof world>;
beforeEach(() => {
  w = world();
});

describe('LogSession', () => {
  it('merges the backlog of several containers by their stamps', () => {
    w.pods.push(pod('a', [container('x'), container('y')]));
    const session = w.open({ capacity: 50_000 });
    expect(w.streams.map(({ options }) => options.tailLines)).toEqual([TAIL_LINES, TAIL_LINES]);
    w.say(0, '2026-01-01T00:00:02Z', 'second');
    w.say(1, '2026-01-01T00:00:01Z', 'first');
    w.clock.advance(1000);
    expect(texts(session)).toEqual(['first', 'second']);
  });

  it('asks many containers for so few lines that the buffer holds them all', () => {
    w.pods.push(
      pod(
        'a',
        Array.from({ length: 50 }, (_, i) => container(`c${i}`)),
      ),
    );
    w.open({ capacity: 1000 });
    expect(new Set(w.streams.map(({ options }) => options.tailLines))).toEqual(new Set([10]));
  });

  it('has room for new pods when those before them have ended', () => {
    for (let i = 0; i < MAX_STREAMS; i++) w.pods.push(pod(`old${i}`, [container('x')]));
    const session = w.open();
    w.pods.push(pod('new', [container('x')]));
    w.change();
    expect(session.leftOut).toBe(1);
    w.streams[0]?.sink.end('');
    (w.pods[0] as Mutable<PodRow>).gone = w.clock.now();
    w.change();
    expect(session.leftOut).toBe(0);
    expect(w.streams.at(-1)?.options.pod).toBe('new');
  });

  it('follows pods that join later', () => {
    const session = w.open();
    expect(w.streams).toHaveLength(0);
    w.pods.push(pod('late', [container('x')]));
    w.change();
    w.say(0, '1', 'hello');
    w.clock.advance(1000);
    expect(texts(session)).toEqual(['hello']);
  });

  it('waits for a container that has not started and says why', () => {
    const waiting = pod('a', [container('x', { state: 'waiting', reason: 'ContainerCreating' })]);
    w.pods.push(waiting);
    const session = w.open();
    expect(session.sources[0]).toMatchObject({ state: 'waiting', reason: 'ContainerCreating' });
    (waiting as Mutable<PodRow>).containers = [container('x')];
    w.change();
    expect(session.sources[0]?.state).toBe('opening');
  });

  it('resumes a restarted container where its last line was', () => {
    const row = pod('a', [container('x')]);
    w.pods.push(row);
    w.open();
    w.say(0, '2026-01-01T00:00:09.5Z', 'last words');
    w.streams[0]?.sink.end('');
    (row as Mutable<PodRow>).containers = [container('x', { restarts: 1 })];
    w.change();
    expect(w.streams).toHaveLength(2);
    // One memory of what was delivered, for all streams of the container.
    expect(w.streams[1]?.options.resume).toBe(w.streams[0]?.options.resume);
  });

  it('tries a failed stream again, and says what failed meanwhile', () => {
    w.pods.push(pod('a', [container('x')]));
    const session = w.open();
    w.streams[0]?.sink.end('forbidden');
    expect(session.sources[0]).toMatchObject({ state: 'failed', reason: 'forbidden' });
    w.clock.advance(5000);
    expect(w.streams).toHaveLength(2);
  });

  it('fetches anew from another moment, and stops what it had', () => {
    w.pods.push(pod('a', [container('x')]));
    const session = w.open();
    w.say(0, '1', 'old');
    w.clock.advance(1000);
    session.restart(300, 'current');
    expect(w.streams[0]?.stopped).toBe(true);
    expect(w.streams[1]?.options).toMatchObject({ sinceSeconds: 300, tailLines: null });
    expect(texts(session)).toEqual([]);
  });

  it('asks for the previous container only where there was one', () => {
    const lastExit = { reason: 'Completed', exitCode: 0, at: 0, message: '' };
    const done = container('done', { state: 'terminated', lastExit });
    w.pods.push(pod('a', [container('x'), container('y', { restarts: 2 }), done]));
    w.open({ target: { title: 't', container: null, runs: 'previous' } });
    expect(w.streams.map(({ options }) => [options.container, options.previous])).toEqual([
      ['y', true],
    ]);
  });

  it('counts lines that the buffer dropped', () => {
    w.pods.push(pod('a', [container('x')]));
    const session = w.open({ capacity: 2 });
    for (const n of ['1', '2', '3']) w.say(0, n, n);
    w.clock.advance(1000);
    expect(texts(session)).toEqual(['2', '3']);
    expect(session.buffer.dropped).toBe(1);
  });
});

describe('a log of several clusters', () => {
  beforeEach(() => {
    w.pods.push(pod('a', [container('x')]));
    w.two.pods.push(pod('a', [container('x')]));
  });

  it('has the lines of all in the order of their stamps, each with its cluster', () => {
    const session = w.together();
    w.say(0, '2026-01-01T00:00:02Z', 'second');
    w.two.say(0, '2026-01-01T00:00:01Z', 'first');
    w.clock.advance(1000);
    expect(texts(session)).toEqual(['first', 'second']);
    // Pods of two clusters may have one uid: two contexts may lead to one cluster.
    expect(session.sources.map(({ cluster: of }) => of)).toEqual([ONE, TWO]);
  });

  it('asks the containers of each for its part of half the buffer', () => {
    w.two.pods.push(pod('b', [container('x')]));
    w.together({ capacity: 400 });
    expect(w.streams.map(({ options }) => options.tailLines)).toEqual([100]);
    expect(w.two.streams.map(({ options }) => options.tailLines)).toEqual([50, 50]);
  });

  it('reads what still writes before init containers that are done', () => {
    const init = (state: 'running' | 'terminated') => ({
      ...container(`init-${state}`),
      ...{ role: 'init', state, lastExit: { reason: '', exitCode: 0, at: 0, message: '' } },
    });
    for (let i = 0; i < MAX_STREAMS / 2; i++) {
      w.pods.push(
        pod(`a${i}`, [init('terminated'), container('x')] as PodRow['containers'][number][]),
      );
    }
    w.pods.push(pod('last', [init('running'), container('x')] as PodRow['containers'][number][]));
    const session = w.together();
    // One more is there from the beginning.
    expect([session.leftOut, session.endedLeftOut]).toEqual([0, 3]);
    const read = w.streams.map(({ options }) => options.container);
    expect(read.filter((name) => name === 'x')).toHaveLength(MAX_STREAMS / 2 + 2);
    expect(read).toContain('init-running');
  });

  it('has as many streams of each as an API server bears', () => {
    for (let i = 1; i <= MAX_STREAMS; i++) w.pods.push(pod(`a${i}`, [container('x')]));
    const session = w.together();
    expect(session.leftOut).toBe(1);
    expect(w.two.streams).toHaveLength(1);
  });

  it('goes on with one while another says nothing, or fails', () => {
    const session = w.together();
    w.say(0, '2026-01-01T00:00:01Z', 'of one');
    w.clock.advance(400);
    expect(texts(session)).toEqual(['of one']);
    w.two.streams[0]?.sink.end('the token has expired');
    w.say(0, '2026-01-01T00:00:02Z', 'more');
    w.clock.advance(100);
    expect(texts(session)).toEqual(['of one', 'more']);
    expect(session.sources.map(({ state }) => state)).toEqual(['live', 'failed']);
  });

  it('goes on where it was, in the one whose credentials had expired', () => {
    w.together();
    w.two.say(0, '2026-01-01T00:00:01Z', 'before');
    w.two.streams[0]?.sink.end('the token has expired');
    w.clock.advance(5000);
    expect(w.streams).toHaveLength(1);
    const [before, after] = w.two.streams;
    expect(after?.options.resume).toBe(before?.options.resume);
  });

  it('follows pods that come and go in each', () => {
    const session = w.together();
    w.two.pods.push(pod('b', [container('x')]));
    w.two.change();
    expect(w.two.streams).toHaveLength(2);
    (w.two.pods[0] as Mutable<PodRow>).gone = 1;
    w.two.streams[0]?.sink.end('');
    w.two.change();
    expect(session.sources.map(({ pod: of, state }) => [of, state])).toEqual([
      ['a', 'opening'],
      ['a', 'ended'],
      ['b', 'opening'],
    ]);
  });

  it('looks for the pods of one that was not known, when it is', () => {
    let isKnown = false;
    w.together({ parts: [w.part, podLogs({ ...w.two.followed, meant: () => () => isKnown })] });
    expect(w.two.streams).toHaveLength(0);
    isKnown = true;
    w.two.change();
    expect(w.two.streams).toHaveLength(1);
  });

  it('tells when one stands otherwise than before', () => {
    const session = w.together();
    let told = 0;
    session.subscribe(() => told++);
    w.two.change();
    expect(told).toBe(0);
    w.two.become({ state: 'expired', reason: 'the token has expired' });
    expect(told).toBe(1);
  });

  it('is in the order in which lines were written, though a clock is hours off', () => {
    w.two.kube.clockOffset = 3 * 3_600_000;
    const session = w.together();
    w.two.say(0, '2026-01-01T03:00:01.000000000Z', 'first');
    w.say(0, '2026-01-01T00:00:02.000000000Z', 'second');
    w.two.say(0, '2026-01-01T03:00:03.000000000Z', 'third');
    w.clock.advance(1000);
    expect(texts(session)).toEqual(['first', 'second', 'third']);
    expect(session.buffer.at(0)?.time).toBe('2026-01-01T03:00:01.000000000Z');
    expect([session.skewOf(ONE), session.skewOf(TWO)]).toEqual([0, 3 * 3_600_000]);
    // Every answer tells the time a little differently.
    w.two.kube.clockOffset += 900;
    expect(session.skewOf(TWO)).toBe(3 * 3_600_000);
  });

  it('is fetched anew from all', () => {
    const session = w.together();
    w.two.streams[0]?.sink.end('the token has expired');
    session.restart(300, 'current');
    expect([w.streams.length, w.two.streams.length]).toEqual([2, 2]);
    // What was to be tried again belongs to what is forgotten.
    w.clock.advance(10_000);
    expect([w.streams.length, w.two.streams.length]).toEqual([2, 2]);
  });
});

describe('a stream whose pod is gone', () => {
  it('does not wait for what will not come', () => {
    w.pods.push(pod('a', [container('x')]));
    const session = w.open();
    w.streams[0]?.sink.end('the pod a is gone');
    (w.pods[0] as Mutable<PodRow>).gone = 1;
    w.clock.advance(5000);
    expect(session.sources[0]?.state).toBe('ended');
    expect(w.streams).toHaveLength(1);
  });
});
