/** The charts of a row: what CloudWatch or a Prometheus measures of it, over a span that keys choose. */
import { Notifier } from '../../core/notifier.ts';
import type { Segment } from '../../core/styled.ts';
import { placesOf, type Chart, type ChartAgent, type ChartSet } from '../../domain/charts/chart.ts';
import { SPANS, type Span } from '../../domain/charts/span.ts';
import type { AwsDoor, EksCluster } from '../../ports/aws.ts';
import type { Stop } from '../../ports/sink.ts';
import { ChartFeed, type ChartState } from '../../session/index.ts';
import type {
  BodySize,
  CopyChoice,
  Pane,
  PaneCommand,
  PaneFrame,
  PaneTitle,
  PromptTarget,
} from '../pane.ts';
import type { UiConnection } from '../session.ts';
import { mergeSegments } from '../table/cells.ts';
import type { Workspace } from '../workspace.ts';
import { arrangement, GAP, scrolled, type Arrangement } from './arrange.ts';
import { chartBlock } from './chart-block.ts';
import { copiesOf, csvName, figuresCsv } from './copies.ts';
import { choiceHints, hasPrometheus, sourceWords } from './source.ts';
import { chartsTitle, zoneOf } from './title.ts';

/** What it is made of. */
export interface ChartsPaneOptions {
  readonly workspace: Workspace;
  readonly set: ChartSet;
  readonly door: AwsDoor;
  readonly eks: EksCluster;
  readonly connection: UiConnection | null;
}

export class ChartsPane implements Pane {
  readonly layers = ['charts'];
  readonly crumb = 'charts';
  readonly connection: UiConnection | null;
  readonly #options: ChartsPaneOptions;
  readonly #feed: ChartFeed;
  readonly #notifier = new Notifier();
  /** Before it was painted nobody knows which charts are on the screen. */
  #isPainted = false;
  #size: BodySize = { columns: 78, rows: 19 };
  #span: Span = SPANS[1];
  #cursor = 0;
  /** The first row of charts on the screen. */
  #top = 0;
  /** Whose charts are shown where two measure the same; null: nobody chose. */
  #agent: ChartAgent | null = null;
  #isSourceTold = true;
  #isAlone = false;
  #isShown = false;

  constructor(options: ChartsPaneOptions) {
    this.#options = options;
    this.connection = options.connection;
    const { workspace, set, door, eks } = options;
    const { meter, workspaces } = workspace.session;
    this.#feed = new ChartFeed({
      ...{ door, charts: set.charts, clock: workspace.clock, meter },
      ...{ cluster: eks, memory: workspaces },
      changed: () => this.#changed(),
    });
    this.#isSourceTold = this.#feed.prometheus !== null;
  }

  title(): PaneTitle {
    const { workspace, set } = this.#options;
    const { prometheus, isAsking } = this.#feed;
    return chartsTitle({
      ...{ set, prometheus, isAsking, span: this.#span, agent: this.#shownAgent },
      ...{ meter: workspace.session.meter, zone: zoneOf(workspace) },
      ...{ at: this.#cursor + 1, of: this.#charts.length },
    });
  }

  /** What can be done about what went wrong with any of those on the screen. */
  advice(): readonly string[] {
    const troubles = this.#visible.flatMap((i) => this.#stateOf(i).trouble?.hint ?? []);
    const hints = [...choiceHints(this.#feed.prometheus), ...troubles];
    return [...new Set(hints)].filter((hint) => hint !== '');
  }

  paint(size: BodySize): PaneFrame {
    const isOther =
      !this.#isPainted || size.columns !== this.#size.columns || size.rows !== this.#size.rows;
    this.#size = size;
    this.#isPainted = true;
    // Others may be on the screen now; asking for them tells of it, which painting must not.
    if (isOther) queueMicrotask(() => this.#look());
    const { painter } = this.#options.workspace;
    const { across, columns, heights } = this.#arrangement;
    const visible = this.#visible;
    const lines: string[] = [];
    for (const [down, rows] of heights.entries()) {
      const blocks = visible
        .slice(down * across, (down + 1) * across)
        .map((chart) => this.#block(chart, columns, rows));
      for (let row = 0; row < rows; row++) {
        const segments = blocks.flatMap((block, i): readonly Segment[] => [
          ...(i === 0 ? [] : [[' '.repeat(GAP), 'text'] satisfies Segment]),
          ...(block[row] ?? []),
        ]);
        lines.push(painter.paint(mergeSegments(segments)));
      }
    }
    return { lines: lines.slice(0, size.rows) };
  }

  run(command: string): boolean {
    if (command === 'refresh') {
      this.#feed.again();
      // Everything else is asked again, too.
      return false;
    }
    if (command === 'back' && this.#isAlone) this.#enlarge();
    else if (command === 'enter') this.#enlarge();
    else if (command === 'save') this.#save();
    else if (command === 'charts.source') this.#chooseSource();
    else if (!this.#step(command) && !this.#choose(command)) return false;
    this.#look();
    this.#notifier.notify();
    return true;
  }

  readonly prompt = (): PromptTarget | null => null;
  copyChoices(): readonly CopyChoice[] {
    const { door, workspace } = this.#options;
    const { prometheus } = this.#feed;
    const chart = this.#current;
    if (chart === undefined) return [];
    return copiesOf({
      ...{ chart, prometheus, span: this.#span, scope: door.scope, now: workspace.clock.now() },
      series: this.#stateOf(this.#cursor).series,
      hint: this.#feed.whyEmpty(chart)?.hint ?? '',
    });
  }

  readonly commands = (): readonly PaneCommand[] => [];

  show(): void {
    this.#isShown = true;
    this.#look();
  }

  hide(): void {
    this.#isShown = false;
    this.#feed.stop();
  }

  close(): void {
    this.hide();
  }

  subscribe(listener: () => void): Stop {
    return this.#notifier.subscribe(listener);
  }

  /** The places of what is shown among all charts. */
  get #places(): readonly number[] {
    return placesOf(this.#options.set, this.#shownAgent);
  }

  /** Until it is known what there is, what is hoped for. */
  get #shownAgent(): ChartAgent {
    return this.#agent ?? this.#feed.agent ?? 'prometheus';
  }

  get #charts(): readonly Chart[] {
    const { charts } = this.#options.set;
    return this.#places.flatMap((place) => charts[place] ?? []);
  }

  #stateOf(shown: number): ChartState {
    return this.#feed.state(this.#places[shown] ?? -1, this.#span);
  }

  /** Shows the charts of the other agent, and says what it is. */
  #chooseSource(): void {
    const { workspace, set } = this.#options;
    const { prometheus } = this.#feed;
    const isNone = prometheus?.is === 'none';
    const other = this.#shownAgent === 'prometheus' ? 'cloudwatch' : 'prometheus';
    const isThere = hasPrometheus(set) && (other === 'cloudwatch' || !isNone);
    if (isThere && placesOf(set, other).length > 0) {
      const before = this.#current?.title;
      this.#agent = other;
      // What was looked at stays under the cursor where both have it.
      const same = this.#charts.findIndex(({ title }) => title === before);
      if (same !== -1) this.#cursor = same;
    }
    workspace.flash(sourceWords(set, this.#shownAgent, prometheus), isNone ? 'warn' : 'text');
  }

  #changed(): void {
    const { workspace, set } = this.#options;
    const { prometheus } = this.#feed;
    // Who looks at it is told once which workspace was found, or that there is none as it was chosen.
    if (!this.#isSourceTold && (prometheus?.is === 'found' || prometheus?.isChosen === true)) {
      const tone = prometheus.is === 'found' ? 'text' : 'warn';
      workspace.flash(sourceWords(set, this.#shownAgent, prometheus), tone);
      this.#isSourceTold = true;
    }
    // Others are shown where it was found out whose there are.
    this.#look();
    this.#notifier.notify();
  }

  get #current(): Chart | undefined {
    return this.#charts[this.#cursor];
  }

  get #arrangement(): Arrangement {
    return this.#isAlone
      ? { across: 1, columns: this.#size.columns, heights: [this.#size.rows] }
      : arrangement(this.#charts.length, this.#size);
  }

  /** The places of the charts on the screen. */
  get #visible(): readonly number[] {
    if (this.#isAlone) return [this.#cursor];
    const { across, heights } = this.#arrangement;
    const first = this.#top * across;
    const count = Math.max(0, Math.min(across * heights.length, this.#charts.length - first));
    return Array.from({ length: count }, (_, i) => first + i);
  }

  #block(place: number, columns: number, rows: number): ReturnType<typeof chartBlock> {
    const { workspace } = this.#options;
    const chart = this.#charts[place];
    if (chart === undefined) return [];
    return chartBlock({
      ...{ chart, columns, rows, span: this.#span },
      state: this.#stateOf(place),
      why: this.#feed.whyEmpty(chart),
      zone: zoneOf(workspace),
      marks: workspace.config.chartMarks === 'auto' ? 'braille' : workspace.config.chartMarks,
      isCurrent: place === this.#cursor,
      isAlone: this.#isAlone,
      now: workspace.clock.now(),
    });
  }

  /** Asks for what is on the screen. */
  #look(): void {
    const places = this.#places;
    this.#cursor = Math.min(this.#cursor, places.length - 1);
    this.#top = scrolled(this.#top, this.#cursor, places.length, this.#arrangement);
    if (!this.#isShown || !this.#isPainted) return;
    const visible = this.#visible.flatMap((shown) => places[shown] ?? []);
    this.#feed.look(visible, this.#span);
  }

  #enlarge(): void {
    this.#isAlone = !this.#isAlone;
  }

  /** False: not a command that moves the cursor. */
  #step(command: string): boolean {
    const { across, heights } = arrangement(this.#charts.length, this.#size);
    const page = this.#isAlone ? 1 : across * heights.length;
    const last = this.#charts.length - 1;
    const to: Readonly<Record<string, number>> = {
      'charts.down': this.#cursor + 1,
      'charts.up': this.#cursor - 1,
      'charts.pageDown': this.#cursor + page,
      'charts.pageUp': this.#cursor - page,
      'charts.top': 0,
      'charts.bottom': last,
    };
    const place = to[command];
    if (place === undefined) return false;
    this.#cursor = Math.max(0, Math.min(last, place));
    return true;
  }

  /** False: not a command that chooses a span. */
  #choose(command: string): boolean {
    const [, name = ''] = /^charts\.(.*)$/.exec(command) ?? [];
    const step = { longer: 1, shorter: -1 }[name];
    const at = SPANS.findIndex(({ id }) => id === this.#span.id);
    const span: Span | undefined =
      step === undefined ? SPANS.find(({ id }) => id === name) : SPANS[at + step];
    if (span !== undefined) this.#span = span;
    return span !== undefined || step !== undefined;
  }

  #save(): void {
    const { workspace, set } = this.#options;
    const chart = this.#current;
    const { series } = this.#stateOf(this.#cursor);
    if (chart === undefined || series === null) {
      workspace.flash('there are no figures yet', 'muted');
      return;
    }
    workspace.save(csvName(set, chart, this.#span), figuresCsv(chart, series));
  }
}
