/**
 * The part of a log that CloudWatch keeps. Who writes it is known before or told by what comes; what
 * is new is asked for again and again. Live Tail would cost by the minute, also while nothing comes;
 * this costs what its answers weigh.
 */
import { byteWords } from '../core/bytes.ts';
import { sleep } from '../core/sleep.ts';
import { reasonOf } from '../core/words.ts';
import { AwsFault } from '../domain/aws-fault.ts';
import { TRANSFER_USD, usdWords } from '../domain/aws-prices.ts';
import type { ClusterKey } from '../domain/cluster-key.ts';
import { stampOf } from '../domain/kept-logs/line.ts';
import type { AwsDoor, EksCluster } from '../ports/aws.ts';
import type { KeptLogs, LogPlace } from '../ports/kept-logs.ts';
import type { KubePort } from '../ports/kube.ts';
import { KeptReader, type Batch } from './kept-reader.ts';
import { KeptSource } from './kept-source.ts';
import type { LogEntry } from './log-merge.ts';
import type { LogFeed, LogHost, LogNote, LogPart } from './log-part.ts';

/** What a part of kept logs is made of. */
export interface KeptLogsOptions {
  readonly cluster: ClusterKey;
  readonly logs: KeptLogs;
  readonly eks: EksCluster;
  readonly door: AwsDoor;
  readonly kube: Pick<KubePort, 'get'>;
}

/** A part of a log that is read of CloudWatch. */
export const keptLogs = (options: KeptLogsOptions): LogPart => ({
  cluster: options.cluster,
  open: (host) => new KeptFeed(options, host),
});

/** How often what is new is asked for (ms). */
const POLL_MS = 5_000;
/** What did not answer is asked again after this long (ms); what is denied or not there, later. */
const RETRY_MS = 10_000;
const RETRY_LATER_MS = 60_000;
/** All others that write are shown as one. */
const MOST_SOURCES = 100;
const OTHERS = '…';

class KeptFeed implements LogFeed {
  readonly leftOut = 0;
  readonly skew = 0;
  readonly #options: KeptLogsOptions;
  readonly #host: LogHost;
  readonly #sources = new Map<string, KeptSource>();
  #stop: AbortController | null = null;
  #isResting = false;
  /** Ends the waiting for the next look. */
  #wake: () => void = () => undefined;
  #isPolled = false;
  #calls = 0;
  #bytes = 0;

  constructor(options: KeptLogsOptions, host: LogHost) {
    this.#options = options;
    this.#host = host;
  }

  get note(): LogNote | null {
    if (this.#calls === 0) return null;
    const calls = this.#calls === 1 ? '1 call' : `${this.#calls} calls`;
    const how = this.#isPolled ? `polled ${POLL_MS / 1000}s, ` : '';
    const usd = usdWords((this.#bytes / 1e9) * TRANSFER_USD);
    return { text: `${how}${calls} ${byteWords(this.#bytes)} ${usd}`, short: usd };
  }

  follow(): boolean {
    if (this.#stop !== null) return false;
    this.#stop = new AbortController();
    const { writers } = this.#options.logs;
    for (const { pod, container, missing } of writers) this.#sourceOf(pod, container, missing);
    void this.#run(this.#stop.signal);
    return true;
  }

  rest(resting: boolean): void {
    this.#isResting = resting;
    if (!resting) this.#wake();
  }

  reset(): void {
    this.close();
    this.#stop = null;
    this.#isPolled = false;
    this.#sources.clear();
  }

  close(): void {
    this.#stop?.abort();
    this.#wake();
  }

  /** Until it is stopped, or all that there is has been read. Never rejects. */
  async #run(signal: AbortSignal): Promise<void> {
    let open: { readonly place: LogPlace; readonly reader: KeptReader } | null = null;
    // It may be stopped meanwhile, whatever was seen before.
    const isStopped = (): boolean => signal.aborted;
    while (!isStopped()) {
      let wait = POLL_MS;
      try {
        open ??= await this.#open(signal);
        const batch = await open.reader.next();
        if (isStopped()) return;
        this.#take(batch, open.place);
        if (!batch.goesOn) return;
      } catch (error) {
        if (isStopped()) return;
        wait = this.#failed(error);
      }
      await this.#pause(wait, signal);
    }
  }

  async #open(signal: AbortSignal) {
    const { logs, eks, kube, door } = this.#options;
    const { clock, request, tail } = this.#host;
    const place = await logs.find({ eks, kube });
    const counted = (bytes: number): void => {
      this.#calls++;
      this.#bytes += bytes;
      this.#host.changed();
    };
    const { since } = request();
    const reader = new KeptReader({ door, place, clock, since, most: tail, signal, counted });
    return { place, reader };
  }

  #take({ events, begin, gap, goesOn }: Batch, { read }: LogPlace): void {
    const lines = new Map<KeptSource, LogEntry[]>();
    const add = (source: KeptSource, line: LogEntry): void => {
      const own = lines.get(source);
      if (own === undefined) lines.set(source, [line]);
      else own.push(line);
    };
    for (const event of events) {
      const { pod, container, time, text } = read(event);
      const source = this.#sourceOf(pod, container);
      if (lines.size === 0 && begin !== null) add(source, leftOut(begin, time));
      if (gap !== null && (event.timestamp ?? 0) > gap.to) {
        add(source, missing(gap, time));
        gap = null;
      }
      add(source, { time, text });
    }
    this.#isPolled = goesOn;
    this.#become(goesOn ? 'live' : 'ended', '');
    for (const [source, own] of lines) this.#host.lines(source, own);
    this.#host.changed();
  }

  /** @returns when to try again (ms) */
  #failed(error: unknown): number {
    const fault = error instanceof AwsFault ? error : null;
    const reason = [reasonOf(error), fault?.hint ?? ''].filter((part) => part !== '').join(': ');
    const isPassing = fault?.kind === 'busy' || fault?.kind === 'unreachable';
    this.#become(isPassing ? 'cut' : 'failed', reason);
    this.#host.stateChanged();
    this.#host.changed();
    return isPassing ? RETRY_MS : RETRY_LATER_MS;
  }

  #become(state: 'live' | 'ended' | 'cut' | 'failed', reason: string): void {
    const now = this.#host.clock.now();
    for (const source of this.#sources.values()) source.become(state, reason, now);
  }

  #sourceOf(pod: string, container: string, missing = ''): KeptSource {
    const isOther = this.#sources.size >= MOST_SOURCES && !this.#sources.has(`${pod}/${container}`);
    const key = isOther ? OTHERS : `${pod}/${container}`;
    const known = this.#sources.get(key);
    if (known !== undefined) return known;
    const { cluster, logs } = this.#options;
    const names = isOther ? { pod: OTHERS, container: '' } : { pod, container };
    const of = { cluster, namespace: logs.namespace, ...names };
    const source = this.#host.join((index) => new KeptSource(index, of, missing));
    this.#sources.set(key, source);
    return source;
  }

  /** Until it is time to look again, and somebody does. */
  #pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      void sleep(ms, signal, this.#host.clock).then(() => {
        if (!this.#isResting || signal.aborted) resolve();
      });
    });
  }
}

const mark = (time: string, text: string): LogEntry => ({
  time,
  text: `── ${text} ──`,
  isMark: true,
});

/** A moment in UTC: lines of a log are compared with others of other places. @param at ms */
const clockTime = (at: number): string => `${stampOf(at).slice(0, 19).replace('T', ' ')} UTC`;

const leftOut = (begin: number, time: string): LogEntry =>
  mark(time, `lines before ${clockTime(begin)} are left out: no more of them fit`);

const missing = ({ from, to }: NonNullable<Batch['gap']>, time: string): LogEntry =>
  mark(time, `lines from ${clockTime(from)} to ${clockTime(to)} are left out: too many at once`);
