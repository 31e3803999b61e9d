/** The log of one container: opened when there is something to read, and again when that failed. */
import type { Clock } from '../core/clock.ts';
import { LogResume } from '../core/log-resume.ts';
import type { ClusterKey } from '../domain/cluster-key.ts';
import type { ContainerInfo, PodRow } from '../domain/rows.ts';
import type { KubePort } from '../ports/kube.ts';
import type { Stop } from '../ports/sink.ts';
import type { LogEntry } from './log-merge.ts';
import { runMark } from './log-marks.ts';

/** From when on: seconds back, `tail` for the last lines of each container, `all` for everything. */
export type Since = number | 'tail' | 'all';

/**
 * Which runs of the containers: those of now, which are followed; those before the last restart, as
 * far as there was one; or all that are kept, each behind a line that tells which it is.
 */
export type Runs = 'current' | 'previous' | 'all';

/** What is asked for of every container. */
export interface LogRequest {
  readonly since: Since;
  readonly runs: Runs;
  /** So many lines of each at most, the last, where `since` is no tail itself; null: all. */
  readonly tail: number | null;
  /** What is written later comes too. */
  readonly follows: boolean;
}

/** One container's stream. */
export interface LogSource {
  readonly index: number;
  readonly cluster: ClusterKey;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** It is of the run before the last restart. */
  readonly isPrevious: boolean;
  readonly state: 'waiting' | 'opening' | 'live' | 'cut' | 'ended' | 'failed';
  /** Why it is cut, ended or failed, or what it waits for. */
  readonly reason: string;
  /** When it was cut (ms). */
  readonly cutAt: number;
  /** Its pod is gone: nothing more comes. */
  readonly isGone: boolean;
}

/** Who hears of a stream. */
export interface LogListener {
  /** Lines came; none: the server sends, but no new line is complete. */
  lines(stream: LogStream, lines: readonly LogEntry[]): void;
  /** Its state is another. */
  changed(): void;
  /** It failed some time ago: it may be opened again, if its container is still wanted. */
  due(): void;
}

/** What a stream works with. */
export interface LogStreamOptions {
  readonly cluster: ClusterKey;
  readonly kube: Pick<KubePort, 'logs'>;
  readonly clock: Clock;
  readonly listener: LogListener;
}

/** A stream that failed is tried again after this long (ms): the pod may have started meanwhile. */
const RETRY_MS = 5000;

export class LogStream implements LogSource {
  readonly index: number;
  readonly cluster: ClusterKey;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  state: LogSource['state'] = 'waiting';
  reason = '';
  cutAt = 0;
  isGone = false;
  readonly isPrevious: boolean;
  readonly #options: LogStreamOptions;
  readonly #resume = new LogResume();
  #restarts: number;
  #stop: Stop = () => undefined;
  /** What tells of the run that was opened, until its first line comes; null: it was told. */
  #mark: LogEntry | null = null;

  constructor(
    index: number,
    { namespace, name }: PodRow,
    container: ContainerInfo,
    isPrevious: boolean,
    options: LogStreamOptions,
  ) {
    this.index = index;
    this.isPrevious = isPrevious;
    this.cluster = options.cluster;
    this.namespace = namespace;
    this.pod = name;
    this.container = container.name;
    this.#restarts = container.restarts;
    this.#options = options;
  }

  /**
   * Does what the container's present state asks for; tells whether anything changed.
   * @param tailLines how many lines the tail of one container is
   */
  advance(container: ContainerInfo, request: LogRequest, tailLines: number): boolean {
    const previous = this.isPrevious;
    if (this.state === 'waiting') {
      // The exit of one that has ended is that of its present run.
      const hasRestarted =
        container.restarts > 0 || (container.state !== 'terminated' && container.lastExit !== null);
      const hasLog = container.state !== 'waiting' || container.lastExit !== null;
      if (previous ? hasRestarted : hasLog) {
        this.#open(container, request, tailLines);
        return true;
      }
      const reason = previous ? 'has not restarted' : container.reason || 'not started';
      const changed = this.reason !== reason;
      this.reason = reason;
      return changed;
    }
    const restarted = container.restarts > this.#restarts && container.state === 'running';
    if (this.state !== 'ended' || !restarted || previous) return false;
    this.#open(container, request, tailLines);
    return true;
  }

  /** Its pod is gone: what has not begun will not. Tells whether that is news. */
  leave(): boolean {
    const isNews = !this.isGone;
    this.isGone = true;
    if (this.state === 'waiting') this.state = 'ended';
    return isNews;
  }

  stop(): void {
    this.#stop();
  }

  #open(container: ContainerInfo, request: LogRequest, tailLines: number): void {
    const { since, runs, tail, follows } = request;
    const { kube, clock, listener } = this.#options;
    const previous = this.isPrevious;
    this.state = 'opening';
    this.reason = '';
    this.#restarts = container.restarts;
    this.#mark = runs === 'all' ? runMark(container, previous) : null;
    this.#stop = kube.logs(
      {
        namespace: this.namespace,
        pod: this.pod,
        container: this.container,
        previous,
        follow: follows && !previous,
        sinceSeconds: typeof since === 'number' ? since : null,
        tailLines: since === 'tail' ? tailLines : tail,
        resume: this.#resume,
      },
      {
        lines: (lines) => {
          if (lines.length > 0) {
            this.state = 'live';
            this.reason = '';
          }
          this.#deliver(lines);
        },
        cut: (reason) => {
          if (reason !== '' && this.state !== 'cut') this.cutAt = clock.now();
          this.state = reason === '' ? 'opening' : 'cut';
          this.reason = reason;
          listener.changed();
        },
        end: (reason) => {
          this.state = reason === '' ? 'ended' : 'failed';
          this.reason = reason;
          const isRetried = this.state === 'failed' && !previous;
          // A run that wrote nothing was there, too.
          if (reason === '' && this.#mark !== null) this.#deliver([]);
          this.#stop = isRetried ? clock.after(RETRY_MS, () => this.#again()) : () => undefined;
          listener.changed();
        },
      },
    );
  }

  #deliver(lines: readonly LogEntry[]): void {
    const mark = lines.length > 0 || this.state === 'ended' ? this.#mark : null;
    if (mark === null) this.#options.listener.lines(this, lines);
    else {
      const time = lines.find((line) => line.time !== '')?.time ?? mark.time;
      this.#mark = null;
      this.#options.listener.lines(this, [{ ...mark, time }, ...lines]);
    }
  }

  #again(): void {
    this.state = 'waiting';
    this.#options.listener.due();
  }
}
