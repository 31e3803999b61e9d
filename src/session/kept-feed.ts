/**
 * The part of a log that CloudWatch keeps. Who writes it is known before or told by what comes; what
 * is new is asked for again and again, which costs what its answers weigh. Live Tail costs by the minute,
 * also while nothing comes: it is used where somebody turned it on, while that one looks.
 */
import { byteWords } from '../core/bytes.ts';
import { sleep } from '../core/sleep.ts';
import { troubleOf } from '../core/words.ts';
import { AwsFault } from '../domain/aws-fault.ts';
import { TRANSFER_USD, usdWords } from '../domain/aws-prices.ts';
import type { ClusterKey } from '../domain/cluster-key.ts';
import { stampOf } from '../domain/kept-logs/line.ts';
import type { AwsDoor, EksCluster } from '../ports/aws.ts';
import type { KeptLogs, LogPlace } from '../ports/kept-logs.ts';
import type { KubePort } from '../ports/kube.ts';
import { leftOut, mark, missing, SAMPLED, WHOLE, whyEnded } from './kept-marks.ts';
import { KeptReader, type Batch } from './kept-reader.ts';
import { KeptSource } from './kept-source.ts';
import { LiveMeter } from './live-meter.ts';
import { followLive } from './live-tail.ts';
import type { LogEntry } from './log-merge.ts';
import type { LiveControl, LogFeed, LogHost, LogNote, LogPart } from './log-part.ts';

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
  readonly endedLeftOut = 0;
  readonly skew = 0;
  readonly #options: KeptLogsOptions;
  readonly #host: LogHost;
  readonly #sources = new Map<string, KeptSource>();
  readonly #meter = new LiveMeter();
  /** Somebody wants what is written as it is written. */
  #wantsLive = false;
  #liveEnd: string | null = null;
  #stopLive: AbortController | null = null;
  /** Nothing is written any more. */
  #isOver = false;
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
    const now = this.#host.clock.now();
    const minutes = this.#meter.minutes(now);
    const { isOn } = this.#meter;
    const cost = (this.#bytes / 1e9) * TRANSFER_USD + this.#meter.usd(now);
    const usd = minutes > 0 ? `~$${cost.toFixed(2)}` : usdWords(cost);
    const isComing = this.#wantsLive && !isOn;
    const parts = [
      isComing ? 'live tail begins…' : (this.#liveEnd ?? ''),
      minutes > 0 ? `live tail ${minutes}m` : '',
      this.#isPolled && !isOn ? `polled ${POLL_MS / 1000}s` : '',
      `${this.#calls === 1 ? '1 call' : `${this.#calls} calls`} ${byteWords(this.#bytes)} ${usd}`,
    ].filter((part) => part !== '');
    const off = this.#liveEnd === null ? usd : `no live tail ${usd}`;
    const short = isOn ? `live ${minutes}m ${usd}` : isComing ? `live tail begins… ${usd}` : off;
    const isNews = this.#wantsLive || this.#liveEnd !== null;
    return { text: parts.join(', '), short, ...(isNews && { isNews }) };
  }

  get live(): LiveControl {
    return {
      isOn: this.#wantsLive,
      ended: this.#liveEnd,
      set: (on) => (on ? this.#beginLive() : this.#endLive(null)),
    };
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
    else if (this.#wantsLive) this.#endLive('live tail ended as nobody looked');
  }

  reset(): void {
    this.close();
    this.#stop = null;
    this.#isPolled = false;
    this.#isOver = false;
    this.#sources.clear();
  }

  close(): void {
    this.#stop?.abort();
    this.#stopLive?.abort();
    this.#wake();
  }

  /** Until it is stopped, or all that there is has been read. Never rejects. */
  async #run(signal: AbortSignal): Promise<void> {
    let open: Opened | null = null;
    // It may be stopped meanwhile, whatever was seen before.
    const isStopped = (): boolean => signal.aborted;
    while (!isStopped()) {
      let wait = POLL_MS;
      try {
        open ??= await this.#open(signal);
        const batch = await open.reader.next();
        if (isStopped()) return;
        this.#take(batch, open.place);
        this.#isOver = !batch.goesOn;
        if (this.#isOver) return;
        if (this.#wantsLive) {
          await this.#tail(open, signal);
          // What was written since it ended.
          continue;
        }
      } catch (error) {
        if (isStopped()) return;
        wait = this.#failed(error);
      }
      await this.#pause(wait, signal);
    }
  }

  async #open(signal: AbortSignal): Promise<Opened> {
    const { logs, eks, kube, door } = this.#options;
    const { clock, request, tail } = this.#host;
    const place = await logs.find({ eks, kube });
    const counted = (bytes: number, isCall: boolean): void => {
      if (isCall) this.#calls++;
      this.#bytes += bytes;
      this.#host.changed();
    };
    const { since } = request();
    const asked = { door, place, clusterArn: eks.arn, signal, counted };
    const reader = new KeptReader({ ...asked, clock, since, most: tail });
    return { place, reader };
  }

  /** Takes what is written as it is written, until somebody or AWS ends it. Never rejects. */
  async #tail({ place, reader }: Opened, signal: AbortSignal): Promise<void> {
    const { clock } = this.#host;
    const stop = new AbortController();
    // Also what has not begun yet can be ended: it would go on, and cost, with nobody to look.
    this.#stopLive = stop;
    const both = AbortSignal.any([signal, stop.signal]);
    let [isSampled, minutes] = [false, 0];
    try {
      const updates = await reader.live(both);
      if (both.aborted) return;
      this.#meter.begin(clock.now());
      // What was written between the last look and the beginning.
      this.#take(await reader.next(), place);
      await followLive(
        updates,
        (update) => {
          if (update.isSampled !== isSampled) this.#mark(isSampled ? WHOLE : SAMPLED);
          ({ isSampled } = update);
          if (update.events.length > 0) this.#take(reader.takeLive(update.events), place);
          const now = this.#meter.minutes(clock.now());
          if (now !== minutes) this.#host.changed();
          minutes = now;
        },
        clock,
        both,
      );
    } catch (error) {
      if (!both.aborted) this.#endLive(whyEnded(error, this.#meter.isOn));
    } finally {
      stop.abort();
      if (this.#meter.isOn) this.#meter.end(clock.now());
      this.#stopLive = null;
      this.#host.changed();
    }
  }

  #beginLive(): void {
    this.#liveEnd = this.#isOver ? 'no live tail: nothing is written any more' : null;
    this.#wantsLive = !this.#isOver;
    this.#wake();
    this.#host.changed();
  }

  /** @param why null: somebody turned it off */
  #endLive(why: string | null): void {
    this.#wantsLive = false;
    this.#liveEnd = why;
    this.#stopLive?.abort();
    this.#host.changed();
  }

  /** A line of ours between those that came. */
  #mark(text: string): void {
    const [source] = this.#sources.values();
    if (source === undefined) return;
    this.#host.lines(source, [mark(stampOf(this.#host.clock.now()), text)]);
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
    const isPassing = fault?.kind === 'busy' || fault?.kind === 'unreachable';
    this.#become(isPassing ? 'cut' : 'failed', troubleOf(error));
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

/** A place, and what reads it. */
interface Opened {
  readonly place: LogPlace;
  readonly reader: KeptReader;
}
