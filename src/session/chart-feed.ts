/**
 * Reads the charts that are on the screen, from CloudWatch or from a Prometheus: all of them in one
 * question to each, and each no oftener than its points come, because each costs. What was read is kept
 * while the pane is open, so that going back to a span that was looked at asks for nothing.
 */
import type { Clock } from '../core/clock.ts';
import { hintOf, reasonOf } from '../core/words.ts';
import { AwsFault } from '../domain/aws-fault.ts';
import {
  isProm,
  type Chart,
  type ChartAgent,
  type MetricChart,
  type PromChart,
} from '../domain/charts/chart.ts';
import { zeroWhere, type Series } from '../domain/charts/series.ts';
import { windowOf, type Span, type Window } from '../domain/charts/span.ts';
import type { AwsDoor } from '../ports/aws.ts';
import type { Asked, ChartRead } from './chart-reads.ts';
import type { MetricMeter } from './metric-meter.ts';
import { metricReads } from './metric-reads.ts';
import { promReads } from './prom-reads.ts';
import { AGAIN_MS, SenderLook, type EmptyReason } from './sender-look.ts';
import {
  WorkspaceLook,
  type WorkspaceAnswer,
  type WorkspaceLookOptions,
} from './workspace-look.ts';

/** What a feed works with. */
export interface ChartFeedOptions extends Pick<WorkspaceLookOptions, 'cluster' | 'memory'> {
  readonly door: AwsDoor;
  readonly charts: readonly Chart[];
  readonly clock: Clock;
  readonly meter: MetricMeter;
  /** Something is to be shown that was not. */
  readonly changed: () => void;
}

/** What is known of a chart over a span. */
export interface ChartState {
  /** For each of its lines; null: not read yet. */
  readonly series: readonly Series[] | null;
  /** Why it could not be read the last time, and what to do; null: it could. */
  readonly trouble: { readonly reason: string; readonly hint: string } | null;
}

const UNREAD: ChartState = { series: null, trouble: null };
/** Of what is known to send nothing. */
const NOTHING: ChartState = { series: [], trouble: null };

/** What did not answer is asked again after this long (ms); what is denied, later. */
const RETRY_MS = 15_000;
const RETRY_LATER_MS = 60_000;
/** So long after its end (ms) the newest period is asked for: points come late. */
const LATE_MS = 5_000;

interface Kept extends ChartState {
  readonly window: Window;
  /** Not before (ms). */
  readonly next: number;
}

export class ChartFeed {
  readonly #options: ChartFeedOptions;
  /** By span and place of the chart. */
  readonly #kept = new Map<string, Kept>();
  readonly #senders: SenderLook;
  readonly #workspaces: WorkspaceLook;
  /** There are charts of Prometheus among them. */
  readonly #hasProm: boolean;
  /** There are others, which are shown where there is no Prometheus. */
  readonly #hasOthers: boolean;
  #shown: readonly number[] = [];
  #span: Span | null = null;
  #asking: AbortController | null = null;
  #cancel: () => void = () => undefined;

  constructor(options: ChartFeedOptions) {
    this.#options = options;
    this.#hasProm = options.charts.some(isProm);
    this.#hasOthers = !options.charts.every(isProm);
    this.#senders = new SenderLook(options);
    this.#workspaces = new WorkspaceLook({
      ...options,
      changed: () => {
        options.changed();
        this.#go();
      },
    });
  }

  /** Which Prometheus has what the charts ask, or why none; null: that is being found out. */
  get prometheus(): WorkspaceAnswer | null {
    return this.#workspaces.answer;
  }

  /**
   * Whose charts tell more where nobody chose: a Prometheus's where there is one, as it tells of single
   * pods and in units; null: that is not known yet.
   */
  get agent(): ChartAgent | null {
    if (!this.#hasProm) return 'cloudwatch';
    const { prometheus } = this;
    const other = this.#hasOthers ? 'cloudwatch' : 'prometheus';
    if (prometheus === null) return this.#workspaces.isLate ? other : null;
    return prometheus.is === 'found' ? 'prometheus' : other;
  }

  /** These charts are on the screen from now on, over that span; none: nothing is asked for. */
  look(charts: readonly number[], span: Span): void {
    if (this.#hasProm) this.#workspaces.look();
    if (span === this.#span && charts.join() === this.#shown.join()) return;
    if (span !== this.#span) this.#asking?.abort();
    this.#shown = charts;
    this.#span = span;
    this.#go();
  }

  /** Asks again now for what could not be read. */
  again(): void {
    for (const [key, kept] of this.#kept) {
      if (kept.trouble !== null) this.#kept.set(key, { ...kept, next: 0 });
    }
    if (this.#hasProm) this.#workspaces.again();
    this.#go();
  }

  /** Nobody looks any more. */
  stop(): void {
    this.#shown = [];
    this.#span = null;
    this.#asking?.abort();
    this.#cancel();
    this.#senders.stop();
    this.#workspaces.stop();
  }

  /** What is known of a chart. */
  state(chart: number, span: Span): ChartState {
    const kept = this.#kept.get(keyOf(chart, span));
    if (kept === undefined) return this.#isMissing(chart) ? NOTHING : UNREAD;
    const counted = this.#countedBy(chart, span);
    if (counted === undefined || kept.series === null) return kept;
    return { ...kept, series: kept.series.map((each) => zeroWhere(each, counted)) };
  }

  /** Where there was anything that a chart counts; undefined: that is not known, or needs no telling. */
  #countedBy(chart: number, span: Span): Series | undefined {
    const { charts } = this.#options;
    const title = charts[chart]?.countsOf;
    if (title === undefined) return undefined;
    const place = charts.findLastIndex((each, i) => i < chart && each.title === title);
    return this.#kept.get(keyOf(place, span))?.series?.[0];
  }

  /** Why a chart that was read has no points, and what to do; null: that is not known yet. */
  whyEmpty(chart: Chart): EmptyReason | null {
    if (!isProm(chart)) return this.#senders.answer(chart);
    const { prometheus } = this;
    return prometheus?.is === 'none' ? prometheus : { reason: chart.quiet, hint: '' };
  }

  get isAsking(): boolean {
    return this.#asking !== null;
  }

  /** Asks for what is due now, and waits for what is due next. */
  #go(): void {
    this.#cancel();
    const span = this.#span;
    if (span === null || this.#shown.length === 0 || this.#asking !== null) return;
    const now = this.#options.clock.now();
    const times = this.#wanted().map((chart) => this.#kept.get(keyOf(chart, span))?.next ?? 0);
    // What sends nothing may be turned on.
    const wait = Math.min(AGAIN_MS, ...times.map((time) => time - now));
    if (wait <= 0) void this.#ask(span);
    else this.#cancel = this.#options.clock.after(wait, () => this.#go());
  }

  #wanted(): readonly number[] {
    return this.#shown.filter((place) => {
      const chart = this.#options.charts[place];
      if (chart === undefined || chart.off !== undefined) return false;
      return isProm(chart) ? this.prometheus?.is === 'found' : !this.#isMissing(place);
    });
  }

  /** Each metric costs, also where there is none. */
  #isMissing(place: number): boolean {
    const chart = this.#options.charts[place];
    if (chart === undefined) return false;
    return isProm(chart) ? this.prometheus?.is === 'none' : this.#senders.isMissing(chart);
  }

  async #ask(span: Span): Promise<void> {
    const { clock, changed } = this.#options;
    const asking = new AbortController();
    this.#asking = asking;
    const now = clock.now();
    const asked = this.#wanted().flatMap((place): Asked[] => {
      const chart = this.#options.charts[place];
      const isDue = (this.#kept.get(keyOf(place, span))?.next ?? 0) <= now;
      if (chart === undefined || !isDue) return [];
      return [{ place, chart, window: windowOf(span, chart.finest, now - LATE_MS) }];
    });
    changed();
    const read = async (each: ChartRead): Promise<void> => {
      try {
        const found = await each.read(asking.signal);
        if (asking.signal.aborted) return;
        for (const one of each.asked) this.#take(span, one, found.get(one.place) ?? []);
      } catch (error) {
        if (asking.signal.aborted) return;
        for (const one of each.asked) this.#failed(span, one, error);
      }
    };
    await Promise.all(this.#reads(asked).map(read));
    this.#asking = null;
    changed();
    this.#go();
  }

  #reads(asked: readonly Asked[]): readonly ChartRead[] {
    const { prometheus } = this;
    const metrics = asked.filter((each): each is Asked<MetricChart> => !isProm(each.chart));
    const queries = asked.filter((each): each is Asked<PromChart> => isProm(each.chart));
    return [
      ...metricReads(metrics, this.#options),
      ...(prometheus?.is === 'found' ? promReads(queries, prometheus, this.#options) : []),
    ];
  }

  #take(span: Span, asked: Asked, found: readonly Series[] | AwsFault): void {
    if (found instanceof AwsFault) {
      this.#failed(span, asked, found);
      return;
    }
    const { place, chart, window } = asked;
    const next = window.to + window.period + LATE_MS;
    this.#kept.set(keyOf(place, span), { series: found, trouble: null, window, next });
    const isEmpty = found.every(({ values }) => values.every((value) => value === null));
    if (isEmpty && !isProm(chart)) this.#senders.ask(chart);
  }

  #failed(span: Span, { place, window }: Asked, error: unknown): void {
    const key = keyOf(place, span);
    const before = this.#kept.get(key);
    const isPassing =
      error instanceof AwsFault && (error.kind === 'busy' || error.kind === 'unreachable');
    this.#kept.set(key, {
      series: before?.series ?? null,
      window: before?.window ?? window,
      trouble: { reason: reasonOf(error), hint: hintOf(error) },
      next: this.#options.clock.now() + (isPassing ? RETRY_MS : RETRY_LATER_MS),
    });
  }
}

const keyOf = (chart: number, span: Span): string => `${span.id}/${chart}`;
