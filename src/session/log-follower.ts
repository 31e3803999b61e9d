/** What one cluster adds to a log: the containers of pods that come and go, a stream for each. */
import { clocksAgree } from '../domain/skew.ts';
import type { ClusterKey } from '../domain/cluster-key.ts';
import type { ContainerInfo, PodRow } from '../domain/rows.ts';
import type { SourceStatus } from '../domain/status.ts';
import type { TableId } from '../domain/tables/index.ts';
import type { KubePort } from '../ports/kube.ts';
import type { Query } from '../ports/query.ts';
import type { Stop } from '../ports/sink.ts';
import type { LogFeed, LogHost, LogPart } from './log-part.ts';
import { LogStream, type LogListener } from './log-stream.ts';

/** What of a cluster is followed. */
export interface FollowedPods {
  readonly cluster: ClusterKey;
  readonly query: Query & {
    onChange(tables: readonly TableId[], listener: () => void): Stop;
  };
  readonly kube: Pick<KubePort, 'logs' | 'clockOffset'>;
  /** Where it stands which pods are meant. */
  readonly tables: readonly TableId[];
  /** Tells the pods, as far as it is known now which they are. */
  readonly meant: () => (pod: PodRow) => boolean;
}

/** The part of a log that is written in one cluster, as its kubelets have it. */
export const podLogs = (pods: FollowedPods): LogPart => ({
  cluster: pods.cluster,
  open: (host) => new LogFollower(pods, host),
});

/** Streams open at once: beyond that the API server would suffer more than the reader gains. */
export const MAX_STREAMS = 100;

/** Most lines fetched of each container where `since` is `tail`. */
export const TAIL_LINES = 1000;

/** A run of a container whose log is wanted. */
interface Wanted {
  readonly key: string;
  readonly pod: PodRow;
  readonly container: ContainerInfo;
  readonly isPrevious: boolean;
}

/** An init container that has done its work writes nothing more. */
const isDone = ({ container: { role, state, lastExit } }: Wanted): boolean =>
  role === 'init' && state === 'terminated' && lastExit?.exitCode === 0;

/** Where not all can be read those that still write come first. */
const inTurn = (wanted: readonly Wanted[]): readonly Wanted[] =>
  wanted.length <= MAX_STREAMS
    ? wanted
    : [...wanted.filter((each) => !isDone(each)), ...wanted.filter(isDone)];

class LogFollower implements LogFeed {
  /** Containers left out because too many match. */
  leftOut = 0;
  endedLeftOut = 0;
  readonly note = null;
  readonly live = null;
  readonly #pods: FollowedPods;
  readonly #host: LogHost;
  readonly #streams = new Map<string, LogStream>();
  readonly #stopWatching: Stop;
  #status: SourceStatus;
  #skew = 0;

  constructor(pods: FollowedPods, host: LogHost) {
    const { query, tables } = pods;
    this.#pods = pods;
    this.#host = host;
    this.#status = query.status('pods');
    const watched = new Set<TableId>(['pods', ...tables]);
    this.#stopWatching = query.onChange([...watched], () => this.#look());
  }

  /** How far the cluster's clock is ahead of ours (ms): 0 where they agree, as far as is known. */
  get skew(): number {
    const offset = this.#pods.kube.clockOffset ?? 0;
    // Each answer tells it a little differently: that must not put lines in another order.
    if (!clocksAgree(offset - this.#skew)) this.#skew = clocksAgree(offset) ? 0 : offset;
    return this.#skew;
  }

  /**
   * Opens what is new, resumes what restarted. Runs on every change of pods, so it must be cheap.
   * @returns whether anything changed that is shown
   */
  follow(): boolean {
    const { join, clock, request, tail } = this.#host;
    const wanted = this.#wanted();
    const known = wanted.filter(({ key }) => this.#streams.has(key)).length;
    // Streams of pods that are gone hold no place: a workload may roll out as often as it likes.
    let room = MAX_STREAMS - known;
    const share = Math.floor(tail / Math.min(wanted.length, MAX_STREAMS));
    const tailLines = Math.max(1, Math.min(TAIL_LINES, share));
    const left = new Set(this.#streams.keys());
    let changed = this.#hasNewStatus();
    this.leftOut = 0;
    this.endedLeftOut = 0;
    for (const each of inTurn(wanted)) {
      const { key, pod, container, isPrevious } = each;
      let stream = this.#streams.get(key);
      if (stream === undefined) {
        if (room <= 0) {
          if (isDone(each)) this.endedLeftOut++;
          else this.leftOut++;
          continue;
        }
        room--;
        const { cluster, kube } = this.#pods;
        const options = { cluster, kube, clock, listener: this.#listener };
        stream = join((index) => new LogStream(index, pod, container, isPrevious, options));
        this.#streams.set(key, stream);
      }
      left.delete(key);
      if (stream.advance(container, request(), tailLines)) changed = true;
    }
    for (const key of left) if (this.#streams.get(key)?.leave()) changed = true;
    return changed;
  }

  // Its lines are nowhere else: they must not be lost while one looks away.
  rest(): void {}

  /** Forgets all streams, to begin anew. */
  reset(): void {
    for (const stream of this.#streams.values()) stream.stop();
    this.#streams.clear();
  }

  close(): void {
    this.#stopWatching();
    for (const stream of this.#streams.values()) stream.stop();
  }

  readonly #listener: LogListener = {
    lines: (stream, lines) => this.#host.lines(stream, lines),
    changed: () => this.#host.stateChanged(),
    due: () => this.#look(),
  };

  #look(): void {
    if (this.follow()) this.#host.changed();
  }

  #wanted(): readonly Wanted[] {
    const { container: only, request } = this.#host;
    const { runs } = request();
    const isOf = this.#pods.meant();
    const wanted: Wanted[] = [];
    for (const pod of this.#pods.query.rows('pods')) {
      if (pod.gone !== 0 || !isOf(pod)) continue;
      for (const container of pod.containers) {
        if (only !== null && container.name !== only) continue;
        const key = `${pod.uid}/${container.name}`;
        const before = `${key}/previous`;
        if (runs === 'previous' || (runs === 'all' && this.#hasRunBefore(key, before, container))) {
          wanted.push({ key: before, pod, container, isPrevious: true });
        }
        if (runs !== 'previous') wanted.push({ key, pod, container, isPrevious: false });
      }
    }
    return wanted;
  }

  /**
   * Whether there is a log of the run before. Of one that restarts while it is followed all has been
   * read; of one that waits to restart the last log is both.
   */
  #hasRunBefore(key: string, before: string, { restarts, state }: ContainerInfo): boolean {
    if (this.#streams.has(key)) return this.#streams.has(before);
    return restarts > 0 && state !== 'waiting';
  }

  #hasNewStatus(): boolean {
    const before = this.#status;
    this.#status = this.#pods.query.status('pods');
    return this.#status !== before;
  }
}
