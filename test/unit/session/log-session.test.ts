import { beforeEach, describe, expect, it } from 'vitest';
import type { ContainerInfo, PodRow } from '../../../src/domain/rows.ts';
import type { KubePort, LogOptions, LogSink } from '../../../src/ports/kube.ts';
import { LogSession, MAX_STREAMS, TAIL_LINES } from '../../../src/session/log-session.ts';
import { container as rowOf, podRow } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Query = ConstructorParameters<typeof LogSession>[0]['query'];

const container = (name: string, change: Partial<ContainerInfo> = {}): ContainerInfo =>
  rowOf({ name, ...change });

const pod = (name: string, containers: readonly ContainerInfo[]): PodRow =>
  podRow({ uid: name, name, namespace: 'shop', containers });

/** A store of pods and a log port that records what is asked and lets the test answer. */
function world() {
  const clock = new VirtualClock();
  const pods: PodRow[] = [];
  let changed: () => void = () => {};
  const streams: { options: LogOptions; sink: LogSink; stopped: boolean }[] = [];
  const query = {
    rows: () => pods,
    onChange: (_tables: readonly string[], listener: () => void) => {
      changed = listener;
      return () => {};
    },
  } as unknown as Query;
  const kube = {
    logs: (options: LogOptions, sink: LogSink) => {
      const stream = { options, sink, stopped: false };
      streams.push(stream);
      return () => {
        stream.stopped = true;
      };
    },
  } as unknown as KubePort;
  const open = (change: Partial<ConstructorParameters<typeof LogSession>[0]> = {}) =>
    new LogSession({
      query,
      kube,
      clock,
      target: { title: 't', pods: () => true, container: null, previous: false },
      since: 'tail',
      capacity: 1000,
      ...change,
    });
  const say = (index: number, time: string, text: string) =>
    streams[index]?.sink.lines([{ time, text }]);
  return { clock, pods, streams, open, say, change: () => changed() };
}

const texts = ({ buffer }: LogSession): string[] =>
  Array.from(
    { length: buffer.end - buffer.first },
    (_, i) => buffer.at(buffer.first + i)?.text ?? '',
  );

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
    session.restart(300, false);
    expect(w.streams[0]?.stopped).toBe(true);
    expect(w.streams[1]?.options).toMatchObject({ sinceSeconds: 300, tailLines: null });
    expect(texts(session)).toEqual([]);
  });

  it('asks for the previous container only where there was one', () => {
    w.pods.push(pod('a', [container('x'), container('y', { restarts: 2 })]));
    w.open({ target: { title: 't', pods: () => true, container: null, previous: true } });
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
