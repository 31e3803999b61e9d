/**
 * The logs of a set of pods that changes, in one cluster or in several: streams open as containers
 * start, pods that join are followed, a restarted container is resumed, and all lines meet in one
 * buffer.
 */
import { Notifier } from '../core/notifier.ts';
import type { Clock } from '../core/clock.ts';
import { LogBuffer, type LogLine } from '../core/log-buffer.ts';
import type { ClusterKey } from '../domain/cluster-key.ts';
import type { Stop } from '../ports/sink.ts';
import { LogMerge, type LogEntry } from './log-merge.ts';
import type { LiveControl, LogFeed, LogNote, LogPart } from './log-part.ts';
import type { LogRequest, LogSource, Runs, Since } from './log-stream.ts';

/** Whose logs, as a pane asks for them. */
export interface LogTarget {
  /** For the title and crumbs: `api-7d9f-x2x`, `deployment/api`. */
  readonly title: string;
  /** Only this container of each pod; null: all of them. */
  readonly container: string | null;
  readonly runs: Runs;
}

/** Lines of different containers that arrive within this time are put in the order of their stamps (ms). */
const REORDER_MS = 60;
/** While the first lines of the streams arrive, they are held at most this long (ms). */
const BACKLOG_MS = 400;
/** The same where the order in which they were written is what matters. */
const HISTORY_MS = 2000;

/** What a session is made of. */
export interface LogSessionOptions {
  /** One for each cluster. */
  readonly parts: readonly LogPart[];
  readonly clock: Clock;
  readonly target: LogTarget;
  readonly since: Since;
  /** So many lines of each stream at most, the last; absent: all. */
  readonly tail?: number | null;
  /** What is written later comes too; absent: it does. */
  readonly follows?: boolean;
  /** Lines kept. */
  readonly capacity: number;
}

export class LogSession {
  readonly buffer: LogBuffer;
  readonly target: LogTarget;
  readonly #clock: Clock;
  readonly #clusters: readonly ClusterKey[];
  readonly #feeds: ReadonlyMap<ClusterKey, LogFeed>;
  readonly #order: LogSource[] = [];
  readonly #changes = new Notifier();
  readonly #merge = new LogMerge();
  #request: LogRequest;
  #cancelFlush: Stop | null = null;
  /** The next flush waits for the first lines of all streams. */
  #isHeld = false;
  #opened: number;

  constructor({ parts, clock, target, since, capacity, ...rest }: LogSessionOptions) {
    const { tail = null, follows = true } = rest;
    this.#clock = clock;
    this.target = target;
    this.#request = { since, runs: target.runs, tail, follows };
    const clusters = parts.map(({ cluster }) => cluster);
    this.buffer = new LogBuffer(capacity, {
      parts: parts.length,
      partOf: (line) => clusters.findIndex((cluster) => cluster === this.clusterOf(line)),
    });
    this.#clusters = clusters;
    this.#opened = clock.now();
    const host = {
      clock,
      container: target.container,
      lines: (source: LogSource, lines: readonly LogEntry[]) => this.#add(source, lines),
      stateChanged: () => this.#scheduleFlush(),
      changed: () => this.#changes.notify(),
      join: <Source extends LogSource>(make: (index: number) => Source): Source => {
        const source = make(this.#order.length);
        this.#order.push(source);
        return source;
      },
      request: () => this.#request,
      // The first lines of all take half of the buffer, so that none of them is dropped.
      tail: capacity / 2 / parts.length,
    };
    this.#feeds = new Map(parts.map((part) => [part.cluster, part.open(host)]));
    this.#follow();
  }

  /** The streams, in the order in which they joined. */
  get sources(): readonly LogSource[] {
    return this.#order;
  }

  get since(): Since {
    return this.#request.since;
  }

  get runs(): Runs {
    return this.#request.runs;
  }

  /** Containers left out because too many match. */
  get leftOut(): number {
    return [...this.#feeds.values()].reduce((sum, { leftOut }) => sum + leftOut, 0);
  }

  /** Init containers left out for the same, which have ended and write no more. */
  get endedLeftOut(): number {
    return [...this.#feeds.values()].reduce((sum, { endedLeftOut }) => sum + endedLeftOut, 0);
  }

  /** How its parts are read and what that costs. */
  get notes(): readonly LogNote[] {
    return [...this.#feeds.values()].flatMap(({ note }) => note ?? []);
  }

  /** What can be followed live, and is not by itself; null: nothing. */
  get live(): LiveControl | null {
    return [...this.#feeds.values()].map(({ live }) => live).find((live) => live !== null) ?? null;
  }

  /** Nobody looks for a while, or somebody does again. */
  rest(resting: boolean): void {
    for (const feed of this.#feeds.values()) feed.rest(resting);
  }

  /** Where a line was written; undefined where its stream is forgotten. */
  clusterOf({ source }: Pick<LogLine, 'source'>): ClusterKey | undefined {
    return this.#order[source]?.cluster;
  }

  /** Lines of a cluster that had to make room for newer ones. */
  droppedOf(cluster: ClusterKey): number {
    return this.buffer.droppedOf(this.#clusters.indexOf(cluster));
  }

  /**
   * How far the clocks of a cluster, or of some of its nodes, are ahead of ours (ms): 0 where they
   * agree, as far as its answers and stamps tell.
   */
  skewOf(cluster: ClusterKey): number {
    const skew = this.#feeds.get(cluster)?.skew ?? 0;
    const drifts = this.#order.map((stream) =>
      stream.cluster === cluster ? this.#merge.driftOf(stream.index) : 0,
    );
    const drift = drifts.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
    // Told by lines that take a moment to come.
    return skew + Math.round(drift / 60_000) * 60_000;
  }

  /** Fetches anew from another moment on. */
  restart(since: Since, runs: Runs): void {
    for (const feed of this.#feeds.values()) feed.reset();
    this.#order.length = 0;
    this.#merge.clear();
    this.buffer.clear();
    this.#request = { ...this.#request, since, runs };
    this.#opened = this.#clock.now();
    this.#follow();
    this.#changes.notify();
  }

  /** Lines have come that are not in the buffer yet. */
  get isPending(): boolean {
    return this.#cancelFlush !== null;
  }

  subscribe(listener: () => void): Stop {
    return this.#changes.subscribe(listener);
  }

  close(): void {
    for (const feed of this.#feeds.values()) feed.close();
    this.#cancelFlush?.();
    this.#changes.clear();
  }

  #follow(): void {
    for (const feed of this.#feeds.values()) feed.follow();
  }

  #add(stream: LogSource, lines: readonly LogEntry[]): void {
    const skew = this.#feeds.get(stream.cluster)?.skew ?? 0;
    this.#merge.add(stream.index, lines, () => this.#clock.now(), skew);
    this.#scheduleFlush();
  }

  #scheduleFlush(): void {
    const most = this.runs === 'all' ? HISTORY_MS : BACKLOG_MS;
    const left = most - (this.#clock.now() - this.#opened);
    const isFilling = left > 0 && this.#order.some(({ state }) => state === 'opening');
    if (this.#cancelFlush !== null) {
      // The last of them has come.
      if (isFilling || !this.#isHeld) return;
      this.#cancelFlush();
    }
    this.#isHeld = isFilling;
    this.#cancelFlush = this.#clock.after(isFilling ? left : REORDER_MS, () => {
      this.#cancelFlush = null;
      this.#flush();
    });
  }

  #flush(): void {
    for (const line of this.#merge.take(this.#clock.now())) this.buffer.push(line);
    if (this.#merge.holds) this.#scheduleFlush();
    this.#changes.notify();
  }
}
