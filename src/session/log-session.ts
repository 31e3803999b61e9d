/**
 * The logs of a set of pods that changes: streams open as containers start, pods that join are
 * followed, a restarted container is resumed, and all lines meet in one buffer.
 */
import { Notifier } from '../core/notifier.ts';
import type { Clock } from '../core/clock.ts';
import { LogBuffer } from '../core/log-buffer.ts';
import { LogResume } from '../core/log-resume.ts';
import type { ContainerInfo, PodRow } from '../domain/rows.ts';
import type { KubePort } from '../ports/kube.ts';
import type { Query } from '../ports/query.ts';
import type { Stop } from '../ports/sink.ts';
import { LogMerge } from './log-merge.ts';

/** Whose logs, as a pane asks for them. */
export interface LogTarget {
  /** For the title and crumbs: `api-7d9f-x2x`, `deployment/api`. */
  readonly title: string;
  readonly pods: (pod: PodRow) => boolean;
  /** Only this container of each pod; null: all of them. */
  readonly container: string | null;
  readonly previous: boolean;
}

/** From when on: seconds back, `tail` for the last lines of each container, `all` for everything. */
export type Since = number | 'tail' | 'all';

/** One container's stream. */
export interface LogSource {
  readonly index: number;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  state: 'waiting' | 'opening' | 'live' | 'cut' | 'ended' | 'failed';
  /** Why it is cut, ended or failed, or what it waits for. */
  reason: string;
  /** When it was cut (ms). */
  cutAt: number;
}

/** Most lines fetched of each container where `since` is `tail`. */
export const TAIL_LINES = 1000;

/** Streams open at once: beyond that the API server would suffer more than the reader gains. */
export const MAX_STREAMS = 100;

/** Lines of different containers that arrive within this time are put in the order of their stamps (ms). */
const REORDER_MS = 60;
/** While the first lines of the streams arrive, they are held at most this long (ms). */
const BACKLOG_MS = 400;
/** A stream that failed is tried again after this long (ms): the pod may have started meanwhile. */
const RETRY_MS = 5000;

interface Stream extends LogSource {
  stop: Stop | null;
  restarts: number;
  readonly resume: LogResume;
}

/** What a session is made of. */
export interface LogSessionOptions {
  readonly query: Query & {
    onChange(tables: readonly ['pods'], listener: () => void): Stop;
  };
  readonly kube: KubePort;
  readonly clock: Clock;
  readonly target: LogTarget;
  readonly since: Since;
  /** Lines kept. */
  readonly capacity: number;
}

const keyOf = ({ uid }: PodRow, container: string): string => `${uid}/${container}`;

export class LogSession {
  readonly buffer: LogBuffer;
  readonly target: LogTarget;
  readonly #options: LogSessionOptions;
  readonly #streams = new Map<string, Stream>();
  readonly #order: Stream[] = [];
  readonly #changes = new Notifier();
  readonly #stopWatching: Stop;
  #since: Since;
  #previous: boolean;
  readonly #merge = new LogMerge();
  #cancelFlush: (() => void) | null = null;
  #opened = 0;
  /** Containers that match. */
  #wanted = 1;
  /** Streams that may still be opened. */
  #room = MAX_STREAMS;
  #closed = false;

  constructor(options: LogSessionOptions) {
    this.#options = options;
    this.target = options.target;
    this.#since = options.since;
    this.#previous = options.target.previous;
    this.buffer = new LogBuffer(options.capacity);
    this.#opened = options.clock.now();
    this.#stopWatching = options.query.onChange(['pods'], () => this.#reconcile());
    this.#reconcile();
  }

  /** The streams, in the order in which they joined. */
  get sources(): readonly LogSource[] {
    return this.#order;
  }

  get since(): Since {
    return this.#since;
  }

  get previous(): boolean {
    return this.#previous;
  }

  /** Containers left out because too many match. */
  leftOut = 0;

  /** Fetches anew from another moment on. */
  restart(since: Since, previous: boolean): void {
    for (const stream of this.#order) stream.stop?.();
    this.#streams.clear();
    this.#order.length = 0;
    this.#merge.clear();
    this.buffer.clear();
    this.#since = since;
    this.#previous = previous;
    this.#opened = this.#options.clock.now();
    this.#reconcile();
    this.#notify();
  }

  subscribe(listener: () => void): Stop {
    return this.#changes.subscribe(listener);
  }

  close(): void {
    this.#closed = true;
    this.#stopWatching();
    this.#cancelFlush?.();
    for (const stream of this.#order) stream.stop?.();
    this.#changes.clear();
  }

  /** Opens what is new, resumes what restarted. Runs on every change of pods, so it must be cheap. */
  #reconcile(): void {
    const wanted: (readonly [PodRow, ContainerInfo])[] = [];
    for (const pod of this.#options.query.rows('pods')) {
      if (pod.gone !== 0 || !this.target.pods(pod)) continue;
      for (const container of pod.containers) {
        if (this.target.container !== null && container.name !== this.target.container) continue;
        wanted.push([pod, container]);
      }
    }
    this.#wanted = Math.min(wanted.length, MAX_STREAMS);
    // Streams of pods that are gone hold no place: a workload may roll out as often as it likes.
    this.#room =
      MAX_STREAMS - wanted.filter(([pod, { name }]) => this.#streams.has(keyOf(pod, name))).length;
    this.leftOut = 0;
    let changed = false;
    for (const [pod, container] of wanted) if (this.#track(pod, container)) changed = true;
    if (changed) this.#notify();
  }

  /** Many containers share half the buffer, so that none of the first lines is dropped. */
  get #tailLines(): number {
    return Math.max(1, Math.min(TAIL_LINES, Math.floor(this.buffer.capacity / 2 / this.#wanted)));
  }

  #track(pod: PodRow, container: ContainerInfo): boolean {
    const key = keyOf(pod, container.name);
    let stream = this.#streams.get(key);
    if (stream === undefined) {
      if (this.#room <= 0) {
        this.leftOut++;
        return false;
      }
      this.#room--;
      stream = {
        index: this.#order.length,
        namespace: pod.namespace,
        pod: pod.name,
        container: container.name,
        state: 'waiting',
        reason: '',
        cutAt: 0,
        stop: null,
        restarts: container.restarts,
        resume: new LogResume(),
      };
      this.#streams.set(key, stream);
      this.#order.push(stream);
    }
    return this.#advance(stream, container);
  }

  /** Does what the container's present state asks of its stream; tells whether anything changed. */
  #advance(stream: Stream, container: ContainerInfo): boolean {
    if (stream.state === 'waiting') {
      const hasLog = container.state !== 'waiting' || container.lastExit !== null;
      const wanted = this.#previous
        ? container.restarts > 0 || container.lastExit !== null
        : hasLog;
      const reason = this.#previous ? 'has not restarted' : container.reason || 'not started';
      if (wanted) {
        this.#open(stream, container.restarts);
        return true;
      }
      const changed = stream.reason !== reason;
      stream.reason = reason;
      return changed;
    }
    const restarted = container.restarts > stream.restarts && container.state === 'running';
    if (stream.state === 'ended' && restarted && !this.#previous) {
      this.#open(stream, container.restarts);
      return true;
    }
    return false;
  }

  #open(stream: Stream, restarts: number): void {
    stream.state = 'opening';
    stream.reason = '';
    stream.restarts = restarts;
    const since = this.#since;
    stream.stop = this.#options.kube.logs(
      {
        namespace: stream.namespace,
        pod: stream.pod,
        container: stream.container,
        previous: this.#previous,
        follow: !this.#previous,
        sinceSeconds: typeof since === 'number' ? since : null,
        tailLines: since === 'tail' ? this.#tailLines : null,
        resume: stream.resume,
      },
      {
        lines: (lines) => {
          if (lines.length > 0) {
            stream.state = 'live';
            stream.reason = '';
          }
          this.#merge.add(stream.index, lines, () => this.#options.clock.now());
          this.#scheduleFlush();
        },
        cut: (reason) => {
          if (reason !== '' && stream.state !== 'cut') stream.cutAt = this.#options.clock.now();
          stream.state = reason === '' ? 'opening' : 'cut';
          stream.reason = reason;
          this.#scheduleFlush();
        },
        end: (reason) => {
          stream.state = reason === '' ? 'ended' : 'failed';
          stream.reason = reason;
          stream.stop = null;
          if (stream.state === 'failed' && !this.#previous) this.#retryLater(stream);
          this.#scheduleFlush();
        },
      },
    );
  }

  #retryLater(stream: Stream): void {
    this.#options.clock.after(RETRY_MS, () => {
      if (this.#closed || stream.state !== 'failed') return;
      stream.state = 'waiting';
      this.#reconcile();
    });
  }

  #scheduleFlush(): void {
    if (this.#closed || this.#cancelFlush !== null) return;
    const age = this.#options.clock.now() - this.#opened;
    const filling = age < BACKLOG_MS && this.#order.some((s) => s.state === 'opening');
    this.#cancelFlush = this.#options.clock.after(filling ? BACKLOG_MS - age : REORDER_MS, () => {
      this.#cancelFlush = null;
      this.#flush();
    });
  }

  #flush(): void {
    for (const line of this.#merge.take(this.#options.clock.now())) this.buffer.push(line);
    if (this.#merge.holds) this.#scheduleFlush();
    this.#notify();
  }

  #notify(): void {
    this.#changes.notify();
  }
}
