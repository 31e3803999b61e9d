/** Describe: what a row, its full object and its events say together, kept up to date. */
import type { Clock } from '../../core/clock.ts';
import type { BaseRow } from '../../domain/rows.ts';
import { placeIn } from '../../domain/ref.ts';
import { skewText } from '../../domain/skew.ts';
import type { KubeObject } from '../../ports/kube.ts';
import type { Stop } from '../../ports/sink.ts';
import type { RowContext, Section } from '../../resources/define.ts';
import { changesSection } from '../../resources/describe/change.ts';
import { goneSection } from '../../resources/describe/gone.ts';
import { figuresOf, trendSection, type ToldTrend } from '../../resources/trend.ts';
import { whySection } from '../../resources/why.ts';
import { masked } from '../../core/mask.ts';
import type { Pane, PaneHost } from '../pane.ts';
import type { RowResource } from '../resource/row-resource.ts';
import type { UiConnection } from '../session.ts';
import { TextPane, type TextSink, type TextSource } from '../text/text-pane.ts';
import { awsAnswers, kubeAnswers, type Answers } from './answers.ts';
import { Inquiry } from './inquiry.ts';
import { Reveal } from './reveal.ts';
import { rowTextKeys } from './row-text-keys.ts';
import { sectionLines } from './sections.ts';
import { spin } from './spinner.ts';
import type { Workspace } from '../workspace.ts';

/** Ages in the text are written anew this often (ms). */
const TICK_MS = 1000;
/** An object that changes all the time is fetched at most this often (ms). */
const REFETCH_MS = 2000;

/** Opens the description of a row. `connection` is null for the clusters of the fleet. */
export function openDescribe(
  host: Workspace,
  def: RowResource,
  connection: UiConnection | null,
  row: BaseRow,
): Pane {
  const source = new DescribeSource(host, def, connection, row);
  return new TextPane({
    host,
    title: 'Describe',
    subject: `${def.singular} ${row.namespace === '' ? '' : `${row.namespace}/`}${row.name}`,
    crumb: 'describe',
    connection,
    layers: ['masked'],
    file: `${def.singular}-${row.name}.txt`,
    keys: rowTextKeys({
      ...{ workspace: host, def, connection, opens: 'describe' },
      row: () => source.row,
    }),
    source,
  });
}

/** That the times above are by another clock than the one on the wall; null where both agree. */
function clockSection({ kube }: UiConnection): Section | null {
  const skew = skewText(kube.clockOffset);
  if (skew === '') return null;
  return { title: 'Clock', lines: [[[`ages are by the server's clock, ${skew}`, 'muted']]] };
}

class DescribeSource implements TextSource {
  readonly #host: PaneHost;
  readonly #clock: Clock;
  readonly #def: RowResource;
  readonly #connection: UiConnection | null;
  #row: BaseRow;
  #object: KubeObject | null = null;
  #events: readonly KubeObject[] | null = null;
  readonly #reveal: Reveal;
  #error = '';
  readonly #asked: Answers | null;
  readonly #read: Answers | null;
  #show: () => void = () => undefined;

  constructor(host: PaneHost, def: RowResource, connection: UiConnection | null, row: BaseRow) {
    this.#host = host;
    this.#reveal = new Reveal(host);
    this.#clock = host.clock;
    this.#def = def;
    this.#connection = connection;
    this.#row = row;
    this.#asked = awsAnswers(def, connection, host.session, host.clock);
    this.#read = kubeAnswers(def, connection, host.clock);
  }

  /** As it was seen last. */
  get row(): BaseRow {
    return this.#row;
  }

  start(sink: TextSink): Stop {
    const query = this.#connection?.store ?? this.#host.session.fleet;
    const abort = new AbortController();
    const needed =
      this.#connection?.need([
        this.#def.table,
        ...(this.#def.describeNeeds ?? []),
        ...(this.#def.describeNeedsOf?.(this.#row, query) ?? []),
      ]) ?? this.#host.session.needClusters();
    let cancelTick: Stop = () => undefined;
    let cancelFetch: Stop = () => undefined;
    let scheduled = false;
    const inquiry = new Inquiry(this.#def, this.#connection, this.#clock, () => show());

    const show = (): void => {
      const ctx = { now: query.now(), time: this.#host.settings.time };
      const gone = goneSection(this.#def.columns, this.#row, ctx);
      const found = inquiry.answer(this.#row);
      const why = found === null ? null : whySection(found, ctx);
      const kind = this.#def.ref?.(this.#row).kind;
      const changes = kind === undefined ? null : changesSection(kind, this.#row, query, ctx);
      const trend = this.#trend(ctx);
      const skew = this.#connection === null ? null : clockSection(this.#connection);
      this.#reveal.put(sink, (reveal) => {
        const seen = (object: KubeObject): KubeObject => (reveal ? object : masked(object));
        const object = this.#object === null ? null : seen(this.#object);
        const events = this.#events?.map(seen) ?? null;
        const sections = this.#def.describe({ row: this.#row, object, events, query, ctx });
        const read = this.#read?.sections ?? [];
        const answers = this.#asked?.sections ?? [];
        const [own, ...rest] = sections;
        // What is no news stands below what the object itself is.
        const [news, course] = trend?.isNews === true ? [trend.section] : [null, trend?.section];
        const all = [
          gone,
          why,
          news,
          own,
          ...read,
          course,
          ...rest,
          changes,
          ...answers,
          skew,
        ].filter((section) => section !== null && section !== undefined);
        return sectionLines(all, reveal);
      });
      sink.badge(this.#error === '' ? null : [[this.#error, 'warn']]);
    };
    this.#show = show;
    this.#reveal.hide();
    const tick = (): void => {
      show();
      cancelTick = this.#clock.after(TICK_MS, tick);
    };
    const fetch = async (): Promise<void> => {
      const stopSpinner = spin(this.#clock, 'fetching…', (cell) => sink.badge(cell));
      await this.#fetch(abort.signal);
      stopSpinner();
      if (abort.signal.aborted) return;
      cancelTick();
      tick();
    };
    const stopChanges = query.onChange([this.#def.table], () => {
      const row = query.get(this.#def.table, this.#row.uid);
      if (row === undefined || row === this.#row) return;
      this.#row = row;
      if (scheduled) return;
      scheduled = true;
      cancelFetch = this.#clock.after(REFETCH_MS, () => {
        scheduled = false;
        void fetch();
      });
    });

    const stopTrend = this.#followTrend();
    const ref = this.#def.ref?.(this.#row);
    if (this.#object !== null || ref === undefined) tick();
    else sink.notice([[[`fetching ${ref.kind} ${ref.name}…`, 'muted']]]);
    void fetch();
    const answers = [this.#read, this.#asked].map((each) => each?.follow(() => this.#row, show));
    return () => {
      abort.abort();
      stopChanges();
      stopTrend();
      cancelTick();
      cancelFetch();
      for (const stop of answers) stop?.();
      inquiry.stop();
      needed();
    };
  }

  #followTrend(): Stop {
    const { trend, table } = this.#def;
    if (trend === undefined || this.#connection === null) return () => undefined;
    const { trends, store } = this.#connection;
    return trends.follow(table, figuresOf(trend), () => [
      store.get(table, this.#row.uid) ?? this.#row,
    ]);
  }

  #trend(ctx: RowContext): ToldTrend | null {
    const { trend, table } = this.#def;
    const seen = this.#connection?.trends.of(table, this.#row.uid) ?? null;
    return trend === undefined || seen === null ? null : trendSection(trend, this.#row, seen, ctx);
  }

  run(command: string): boolean {
    if (command !== 'reveal') return false;
    this.#reveal.toggle();
    this.#show();
    return true;
  }

  /** The object and its events. What cannot be had is said; what was had before stays. */
  async #fetch(signal: AbortSignal): Promise<void> {
    const ref = this.#def.ref?.(this.#row);
    const connection = this.#connection;
    if (!ref || !connection) return;
    const { gone, uid } = this.#row;
    // What is gone still has its events; another object may have its name by now.
    const whose = gone > 0 ? `,involvedObject.uid=${uid}` : '';
    const [object, events] = await Promise.allSettled([
      gone > 0 ? this.#object : connection.kube.get(ref, signal),
      connection.kube.list(
        placeIn('events', ref.cluster, ref.namespace === '' ? 'default' : ref.namespace),
        {
          fieldSelector: `involvedObject.name=${ref.name},involvedObject.kind=${ref.kind}${whose}`,
        },
        signal,
      ),
    ]);
    if (object.status === 'fulfilled') this.#object = object.value;
    this.#error = object.status === 'fulfilled' ? '' : (object.reason as Error).message;
    this.#events = events.status === 'fulfilled' ? events.value : null;
  }
}
