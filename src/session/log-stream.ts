/** The log of one container: opened when there is something to read, and again when that failed. */
import type { Clock } from '../core/clock.ts';
import { LogResume } from '../core/log-resume.ts';
import type { StampedText } from '../core/log-time.ts';
import type { ClusterKey } from '../domain/cluster-key.ts';
import type { ContainerInfo, PodRow } from '../domain/rows.ts';
import type { KubePort } from '../ports/kube.ts';
import type { Stop } from '../ports/sink.ts';

/** From when on: seconds back, `tail` for the last lines of each container, `all` for everything. */
export type Since = number | 'tail' | 'all';

/** What is asked for of every container. */
export interface LogRequest {
  readonly since: Since;
  /** The container before its last restart, which is not followed. */
  readonly previous: boolean;
}

/** One container's stream. */
export interface LogSource {
  readonly index: number;
  readonly cluster: ClusterKey;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly state: 'waiting' | 'opening' | 'live' | 'cut' | 'ended' | 'failed';
  /** Why it is cut, ended or failed, or what it waits for. */
  readonly reason: string;
  /** When it was cut (ms). */
  readonly cutAt: number;
}

/** Who hears of a stream. */
export interface LogListener {
  /** Lines came; none: the server sends, but no new line is complete. */
  lines(stream: LogStream, lines: readonly StampedText[]): void;
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
  readonly #options: LogStreamOptions;
  readonly #resume = new LogResume();
  #restarts: number;
  #stop: Stop = () => undefined;

  constructor(
    index: number,
    { namespace, name }: PodRow,
    container: ContainerInfo,
    options: LogStreamOptions,
  ) {
    this.index = index;
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
    const { previous } = request;
    if (this.state === 'waiting') {
      const hasRestarted = container.restarts > 0 || container.lastExit !== null;
      const hasLog = container.state !== 'waiting' || container.lastExit !== null;
      if (previous ? hasRestarted : hasLog) {
        this.#open(container.restarts, request, tailLines);
        return true;
      }
      const reason = previous ? 'has not restarted' : container.reason || 'not started';
      const changed = this.reason !== reason;
      this.reason = reason;
      return changed;
    }
    const restarted = container.restarts > this.#restarts && container.state === 'running';
    if (this.state !== 'ended' || !restarted || previous) return false;
    this.#open(container.restarts, request, tailLines);
    return true;
  }

  /** Its pod is gone: what has not begun will not. Tells whether that is news. */
  leave(): boolean {
    if (this.state !== 'waiting') return false;
    this.state = 'ended';
    return true;
  }

  stop(): void {
    this.#stop();
  }

  #open(restarts: number, { since, previous }: LogRequest, tailLines: number): void {
    const { kube, clock, listener } = this.#options;
    this.state = 'opening';
    this.reason = '';
    this.#restarts = restarts;
    this.#stop = kube.logs(
      {
        namespace: this.namespace,
        pod: this.pod,
        container: this.container,
        previous,
        follow: !previous,
        sinceSeconds: typeof since === 'number' ? since : null,
        tailLines: since === 'tail' ? tailLines : null,
        resume: this.#resume,
      },
      {
        lines: (lines) => {
          if (lines.length > 0) {
            this.state = 'live';
            this.reason = '';
          }
          listener.lines(this, lines);
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
          this.#stop = isRetried ? clock.after(RETRY_MS, () => this.#again()) : () => undefined;
          listener.changed();
        },
      },
    );
  }

  #again(): void {
    this.state = 'waiting';
    this.#options.listener.due();
  }
}
