/** Reads a log that CloudWatch keeps: its end first, then what was written since. */
import type { Clock } from '../core/clock.ts';
import { AwsFault } from '../domain/aws-fault.ts';
import type { AwsDoor } from '../ports/aws.ts';
import { logGroupArn, Twins } from '../domain/kept-logs/live.ts';
import type { LogEvent } from '../ports/aws-shapes.ts';
import type { LiveEvent, LiveUpdate } from '../ports/aws/logs-calls.ts';
import type { LogPlace, LogSearch } from '../ports/kept-logs.ts';
import { readHistory, type History, type ReadPage } from './kept-history.ts';
import type { Since } from './log-stream.ts';

/** What a reader works with. */
export interface KeptReaderOptions {
  readonly door: AwsDoor;
  readonly place: LogPlace;
  /** Of the cluster: its account and region are those of the log group. */
  readonly clusterArn: string;
  readonly clock: Clock;
  readonly since: Since;
  /** Lines that fit. */
  readonly most: number;
  readonly signal: AbortSignal;
  /** Told of what came and what it weighs, and whether it was asked for by a call of its own. */
  readonly counted: (bytes: number, isCall: boolean) => void;
}

/** What was read, all of it new, oldest first. */
export interface Batch extends Omit<History, 'from'> {
  /** Older events than this (ms) were left out; null: none were. */
  readonly begin: number | null;
  /** More may be written. */
  readonly goesOn: boolean;
}

/** Events come a little late and out of order: so far back (ms) is looked for them again. */
const OVERLAP_MS = 15_000;
/** What is newer than our clock thinks (ms) is read too: it may be behind. */
const AHEAD_MS = 600_000;
/** The first step back (ms). */
const STEP_MS = 60_000;
/** How far back is looked where nothing says since when (ms). */
const MOST_BACK = 30 * 86_400_000;
/** Lines that the tail is. */
const TAIL = 1000;
/** Pages that one look at what is new takes at most. */
const POLL_PAGES = 10;
/** What an event weighs beside its message (bytes), about. */
const ENVELOPE = 160;

/** Lines of so long ago (ms) may come in both ways yet. */
const TWIN_MS = 120_000;

export class KeptReader {
  readonly #options: KeptReaderOptions;
  /** Lines of late that were read, and those that came live. */
  readonly #read = new Twins();
  readonly #live = new Twins();
  /** Events of late, with their time (ms): they come more than once. */
  readonly #recent = new Map<string, number>();
  /** The newest that was seen (ms); null before the first look. */
  #cursor: number | null = null;
  #search: LogSearch;

  constructor(options: KeptReaderOptions) {
    this.#options = options;
    this.#search = options.place.searches[0] ?? { streams: '', pattern: '' };
  }

  /**
   * The end of what there is; after that what was written since.
   * @throws {AwsFault}
   */
  async next(): Promise<Batch> {
    return this.#cursor === null ? this.#first() : this.#since(this.#cursor);
  }

  /**
   * Begins a session of Live Tail of what is read: what is written from now on.
   * @throws {AwsFault}
   */
  async live(signal: AbortSignal): Promise<AsyncIterable<LiveUpdate>> {
    const { door, place, clusterArn } = this.#options;
    const { streams, pattern } = this.#search;
    const input = {
      logGroupIdentifiers: [logGroupArn(clusterArn, place.group)],
      ...(streams !== '' && { logStreamNamePrefixes: [streams] }),
      ...(pattern !== '' && { logEventFilterPattern: pattern }),
    };
    return (await door.call('logs:StartLiveTail', input, signal)).updates;
  }

  /** What of an update was not read already. */
  takeLive(events: readonly LiveEvent[]): Batch {
    const fresh = events.flatMap((event): LogEvent[] => {
      const at = event.timestamp ?? 0;
      if (this.#read.take(twinKey(event))) return [];
      this.#live.add(twinKey(event), at);
      if (at > (this.#cursor ?? 0)) this.#cursor = at;
      return [{ ...event, eventId: '' }];
    });
    this.#options.counted(weightOf(events), false);
    this.#forget();
    return { events: fresh, gap: null, begin: null, goesOn: true };
  }

  /** Lines that cannot come again. */
  #forget(): void {
    const before = this.#options.clock.now() - TWIN_MS;
    this.#read.forget(before);
    this.#live.forget(before);
  }

  async #first(): Promise<Batch> {
    const { place, clock, since, most } = this.#options;
    const now = clock.now();
    const end = place.until ?? now;
    const back = typeof since === 'number' ? since * 1000 : MOST_BACK;
    const ahead = place.until === null ? AHEAD_MS : 0;
    const range = {
      from: Math.max(place.from, end - back),
      to: end + ahead,
      ahead,
      enough: since === 'tail' ? Math.min(TAIL, most) : most,
      step: STEP_MS,
    };
    let found: History = { events: [], from: range.from, gap: null };
    for (const search of place.searches) {
      found = await readHistory((span, token) => this.#page(search, span, token), range);
      this.#search = search;
      if (found.events.length > 0) break;
    }
    // What finds nothing may have nothing to find yet: the first way is the sure one.
    if (found.events.length === 0) this.#search = place.searches[0] ?? this.#search;
    this.#cursor = Math.min(now, end);
    const { gap } = found;
    // A tail is said to be one.
    const begin = since !== 'tail' && found.from > range.from ? found.from : null;
    return { events: this.#fresh(found.events), gap, begin, goesOn: this.#goesOn };
  }

  async #since(cursor: number): Promise<Batch> {
    const from = cursor - OVERLAP_MS;
    const to = this.#options.place.until ?? this.#options.clock.now() + AHEAD_MS;
    const events: LogEvent[] = [];
    let token = '';
    let pages = 0;
    do {
      const page = await this.#page(this.#search, { from, to }, token);
      events.push(...page.events);
      token = page.nextToken;
      pages++;
    } while (token !== '' && pages < POLL_PAGES);
    for (const [id, at] of this.#recent) if (at < from) this.#recent.delete(id);
    this.#forget();
    return { events: this.#fresh(events), gap: null, begin: null, goesOn: this.#goesOn };
  }

  get #goesOn(): boolean {
    return this.#options.place.until === null;
  }

  async #page(
    { streams, pattern }: LogSearch,
    { from, to }: { readonly from: number; readonly to: number },
    token: string,
  ): ReturnType<ReadPage> {
    const { door, place, signal, counted } = this.#options;
    const input = {
      logGroupName: place.group,
      ...(streams !== '' && { logStreamNamePrefix: streams }),
      ...(pattern !== '' && { filterPattern: pattern }),
      startTime: Math.max(0, Math.floor(from)),
      endTime: Math.max(0, Math.floor(to)),
      ...(token !== '' && { nextToken: token }),
    };
    const page = await door.call('logs:FilterLogEvents', input, signal).catch((error: unknown) => {
      throw isNoGroup(error) ? noGroup(place) : error;
    });
    counted(weightOf(page.events), true);
    return page;
  }

  #fresh(events: readonly LogEvent[]): readonly LogEvent[] {
    return events.filter((event) => {
      const { timestamp, eventId, logStreamName, message } = event;
      const at = timestamp ?? 0;
      const id = eventId || `${logStreamName} ${at} ${message}`;
      if (this.#recent.has(id)) return false;
      if (at > (this.#cursor ?? 0)) this.#cursor = at;
      this.#recent.set(id, at);
      if (this.#live.take(twinKey(event))) return false;
      if (at >= this.#options.clock.now() - TWIN_MS) this.#read.add(twinKey(event), at);
      return true;
    });
  }
}

const twinKey = ({ logStreamName, timestamp, message }: LiveEvent): string =>
  `${timestamp ?? 0} ${logStreamName} ${message}`;

const weightOf = (events: readonly { readonly message: string }[]): number =>
  events.reduce((sum, { message }) => sum + message.length + ENVELOPE, 0);

const isNoGroup = (error: unknown): boolean =>
  error instanceof AwsFault && error.code === 'ResourceNotFoundException';

const noGroup = ({ group, unless }: LogPlace): AwsFault =>
  new AwsFault('absent', `there is no log group ${group}`, unless);
