/** Pods whose containers write logs, for sessions of logs. */
import type { ContainerInfo, PodRow } from '../../src/domain/rows.ts';
import { contextKey } from '../../src/domain/cluster-key.ts';
import { IDLE, type SourceStatus } from '../../src/domain/status.ts';
import type { LogOptions, LogSink } from '../../src/ports/kube.ts';
import { podLogs, type FollowedPods } from '../../src/session/log-follower.ts';
import type { LogSession } from '../../src/session/log-session.ts';
import { container as rowOf, podRow } from './rows.ts';

/** A container that runs, and never restarted. */
export const container = (name: string, change: Partial<ContainerInfo> = {}): ContainerInfo =>
  rowOf({ name, ...change });

/** A pod of those containers. */
export const pod = (name: string, containers: readonly ContainerInfo[]): PodRow =>
  podRow({ uid: name, name, namespace: 'shop', containers });

/** One cluster: a store of pods and a log port that records what is asked and lets the test answer. */
export function logCluster(name: string) {
  const pods: PodRow[] = [];
  let changed: () => void = () => {};
  let status: SourceStatus = { ...IDLE, state: 'live', synced: true };
  const streams: { options: LogOptions; sink: LogSink; stopped: boolean }[] = [];
  const kube = {
    clockOffset: null as number | null,
    logs: (options: LogOptions, sink: LogSink) => {
      const stream = { options, sink, stopped: false };
      streams.push(stream);
      return () => {
        stream.stopped = true;
      };
    },
  };
  const followed: FollowedPods = {
    cluster: contextKey(name),
    query: {
      rows: () => pods,
      status: () => status,
      onChange: (_tables: readonly string[], listener: () => void) => {
        changed = listener;
        return () => {};
      },
    } as unknown as FollowedPods['query'],
    kube,
    tables: ['pods'],
    meant: () => () => true,
  };
  const part = podLogs(followed);
  const say = (index: number, time: string, text: string) =>
    streams[index]?.sink.lines([{ time, text }]);
  const become = (next: Partial<SourceStatus>) => {
    status = { ...status, ...next };
    changed();
  };
  return { pods, kube, part, followed, streams, say, become, change: () => changed() };
}

/** The lines that a session holds. */
export const texts = ({ buffer }: LogSession): string[] =>
  Array.from(
    { length: buffer.end - buffer.first },
    (_, i) => buffer.at(buffer.first + i)?.text ?? '',
  );
