/** The charts of a row: what CloudWatch measures of it, over a span that keys choose. */
import { Notifier } from '../../core/notifier.ts';
import type { Segment } from '../../core/styled.ts';
import { sanitize, truncateMiddle } from '../../core/text.ts';
import type { Chart, ChartSet } from '../../domain/charts/chart.ts';
import { SPANS, type Span } from '../../domain/charts/span.ts';
import { periodText } from '../../domain/charts/units.ts';
import type { AwsDoor } from '../../ports/aws.ts';
import type { Stop } from '../../ports/sink.ts';
import { ChartFeed } from '../../session/index.ts';
import type {
  BodySize,
  CopyChoice,
  Pane,
  PaneCommand,
  PaneFrame,
  PaneTitle,
  PromptTarget,
  TitlePart,
} from '../pane.ts';
import type { UiConnection } from '../session.ts';
import { mergeSegments } from '../table/cells.ts';
import type { Workspace } from '../workspace.ts';
import { arrangement, GAP, scrolled, type Arrangement } from './arrange.ts';
import { chartBlock } from './chart-block.ts';
import { awsLine, figuresCsv } from './copies.ts';

/** What it is made of. */
export interface ChartsPaneOptions {
  readonly workspace: Workspace;
  readonly set: ChartSet;
  readonly door: AwsDoor;
  readonly connection: UiConnection | null;
}

/** Cells of what it is about, where the line is short. */
const SHORT_TITLE = 30;

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
  #isAlone = false;
  #isShown = false;

  constructor(options: ChartsPaneOptions) {
    this.#options = options;
    this.connection = options.connection;
    const { workspace, set, door } = options;
    this.#feed = new ChartFeed({
      ...{ door, charts: set.charts, clock: workspace.clock, meter: workspace.session.meter },
      changed: () => this.#notifier.notify(),
    });
  }

  title(): PaneTitle {
    const { workspace, set } = this.#options;
    const { meter } = workspace.session;
    const left: TitlePart[] = [
      {
        cell: [
          ['Charts', 'title'],
          [`(${sanitize(set.title)})`, 'muted'],
        ],
        short: [
          ['Charts', 'title'],
          [`(${truncateMiddle(sanitize(set.title), SHORT_TITLE)})`, 'muted'],
        ],
        keep: 9,
      },
      {
        cell: [
          [this.#span.id, 'accent'],
          [` per ${periodText(this.#span.period)}`, 'muted'],
        ],
        short: [[this.#span.id, 'accent']],
        keep: 8,
      },
    ];
    const right: TitlePart[] = [];
    if (this.#feed.isAsking) right.push({ cell: [['reading…', 'muted']], keep: 6 });
    if (!meter.isEmpty) {
      right.push({
        cell: [[`${meter.words}, ${meter.usd} this session`, 'muted']],
        short: [[`${meter.words.replace('asked ', '')} ${meter.usd}`, 'muted']],
        keep: 7,
      });
    }
    right.push({
      cell: [
        [
          `${zoneOf(workspace) === 'utc' ? 'UTC ' : ''}${this.#cursor + 1}/${set.charts.length}`,
          'muted',
        ],
      ],
      keep: 5,
    });
    return { left, right };
  }

  /** What can be done about what went wrong with any of those on the screen. */
  advice(): readonly string[] {
    const troubles = this.#visible.flatMap((i) => this.#feed.state(i, this.#span).trouble ?? []);
    return [...new Set(troubles.map(({ hint }) => hint))].filter((hint) => hint !== '');
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
    else if (!this.#step(command) && !this.#choose(command)) return false;
    this.#look();
    this.#notifier.notify();
    return true;
  }

  prompt(): PromptTarget | null {
    return null;
  }

  copyChoices(): readonly CopyChoice[] {
    const { door, workspace } = this.#options;
    const chart = this.#current;
    if (chart === undefined) return [];
    const { series } = this.#feed.state(this.#cursor, this.#span);
    const figures =
      series === null
        ? []
        : [{ label: `the figures of ${chart.title} as CSV`, text: figuresCsv(chart, series) }];
    const hint = this.#feed.whyEmpty(chart)?.hint.replace(/^.*?: (?=aws )/, '') ?? '';
    return [
      ...figures,
      {
        label: 'the aws line that asks for them',
        text: awsLine(chart, this.#span, door.scope, workspace.clock.now()),
      },
      ...(hint.startsWith('aws ') && series !== null
        ? [{ label: 'the aws line that turns them on', text: hint }]
        : []),
    ];
  }

  commands(): readonly PaneCommand[] {
    return [];
  }

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

  get #charts(): readonly Chart[] {
    return this.#options.set.charts;
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
      state: this.#feed.state(place, this.#span),
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
    const { length } = this.#charts;
    this.#top = scrolled(this.#top, this.#cursor, length, this.#arrangement);
    if (this.#isShown && this.#isPainted) this.#feed.look(this.#visible, this.#span);
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
    const { series } = this.#feed.state(this.#cursor, this.#span);
    if (chart === undefined || series === null) {
      workspace.flash('there are no figures yet', 'muted');
      return;
    }
    const name = `${set.title}-${chart.title}-${this.#span.id}`.replace(/[^\w.-]+/g, '-');
    workspace.save(`${name}.csv`, figuresCsv(chart, series));
  }
}

const zoneOf = ({ settings }: Workspace): 'utc' | 'local' =>
  settings.time === 'local' ? 'local' : 'utc';
