/** The lines on the screen: what of the buffer shows, and how. */
import { tryRun } from '../../core/pattern.ts';
import type { LogProblems } from '../../core/log-problems.ts';
import type { LogSession } from '../../session/index.ts';
import type { BodySize, PaneHost } from '../pane.ts';
import { emptyLines } from './empty.ts';
import type { LogFields } from './fields.ts';
import type { Zone } from './fold.ts';
import { LogDifferences } from './compare.ts';
import { LogBars } from './histogram.ts';
import type { LogJump } from './jump.ts';
import type { LogNarrowing } from './narrowing.ts';
import { lineHeight, paintLine, type LineStyle } from './line-painter.ts';
import type { LogMember } from './member.ts';
import { prefixesOf, type LogPrefixes } from './prefix.ts';
import type { LogScroll, ScrollPlace, ScrollScreen } from './scroll.ts';
import type { LogSettings } from './settings.ts';

/** What is painted, and with what. */
export interface LogBodyOptions {
  readonly host: PaneHost;
  readonly session: LogSession;
  /** The clusters that are shown together; empty: there is one. */
  readonly beside: readonly LogMember[];
  readonly scroll: LogScroll;
  readonly narrowing: LogNarrowing;
  readonly jump: LogJump;
  readonly problems: LogProblems;
  readonly fields: LogFields;
  readonly settings: LogSettings;
  readonly compares: boolean;
}

/** How far lines move sideways at once (columns). */
const SHIFT_STEP = 20;
/** Fewer rows are all for lines. */
const LEAST_ROWS = 8;

export class LogBody {
  /** Structured lines are taken apart; else they are shown as they were written. */
  folds: boolean;
  /** The last row tells how much was written when. */
  #hasBars = true;
  #timestamps: boolean;
  readonly #host: PaneHost;
  readonly #session: LogSession;
  readonly #beside: readonly LogMember[];
  readonly #scroll: LogScroll;
  readonly #narrowing: LogNarrowing;
  readonly #jump: LogJump;
  readonly #problems: LogProblems;
  readonly #fields: LogFields;
  readonly #bars = new LogBars();
  /** What differs stands above the lines; null: it does not. */
  #differences: LogDifferences | null = null;
  #wrap: boolean;
  #shift = 0;
  /** Indices of the shown lines that were painted last. */
  #painted = { first: 0, last: 0 };
  /** As last painted. */
  #shown: readonly string[] = [];
  #size: BodySize = { columns: 80, rows: 18 };

  constructor({
    host,
    session,
    beside,
    scroll,
    narrowing,
    jump,
    problems,
    fields,
    settings,
    compares,
  }: LogBodyOptions) {
    this.#host = host;
    this.#session = session;
    this.#beside = beside;
    this.#scroll = scroll;
    this.#narrowing = narrowing;
    this.#jump = jump;
    this.#problems = problems;
    this.#fields = fields;
    this.#wrap = settings.wrap;
    this.#timestamps = settings.timestamps;
    this.folds = settings.fold;
    if (compares) this.#toggleCompare();
  }

  /** Runs a command about how lines look; false: it is another one. */
  run(command: string): boolean {
    switch (command) {
      case 'wrap':
        // The row on top stays where it is, as far as that makes sense.
        this.#wrap = !this.#wrap;
        this.#shift = 0;
        return true;
      case 'scroll.left':
        this.#shiftBy(-SHIFT_STEP);
        return true;
      case 'scroll.right':
        this.#shiftBy(SHIFT_STEP);
        return true;
      case 'logs.timestamps':
        this.#timestamps = !this.#timestamps;
        return true;
      case 'logs.compare':
        this.#toggleCompare();
        return true;
      case 'logs.bars':
        this.#hasBars = !this.#hasBars;
        return true;
      case 'logs.raw':
        this.folds = !this.folds;
        return true;
      default:
        return false;
    }
  }

  /** Tells what only some write, or no longer. */
  #toggleCompare(): void {
    this.#differences = this.#differences === null ? new LogDifferences(this.#session) : null;
  }

  /** The lines are others than before. */
  restart(): void {
    this.#differences?.reset();
  }

  /** Looks at what came. @returns whether all has been looked at */
  advance(): boolean {
    return this.#differences?.advance() ?? true;
  }

  /** Moves lines sideways, unless they are wrapped. */
  #shiftBy(columns: number): void {
    if (!this.#wrap) this.#shift = Math.max(0, this.#shift + columns);
  }

  /** The screen as it was painted last, for the scroll. */
  get screen(): ScrollScreen {
    const style = this.#wrap ? this.#style() : null;
    return {
      rows: this.#size.rows,
      height: (index, most) => {
        const line = style && this.#session.buffer.at(this.#scroll.seqAt(index));
        return line ? lineHeight(line, style, most) : 1;
      },
    };
  }

  paint(full: BodySize): readonly string[] {
    const head = this.#differences?.paint(full, this.#host.painter) ?? [];
    return [...head, ...this.#paintBelow({ ...full, rows: full.rows - head.length })];
  }

  #paintBelow(whole: BodySize): readonly string[] {
    // What is on the screen as a whole needs no overview.
    const isLong = whole.rows >= LEAST_ROWS && this.#scroll.length >= whole.rows;
    const bars = this.#hasBars && isLong ? 1 : 0;
    const size = { ...whole, rows: whole.rows - bars };
    const lines = this.#paintLines(size);
    return bars === 0 ? lines : [...lines, ...this.#paintBars(size, lines.length)];
  }

  #paintLines(size: BodySize): readonly string[] {
    this.#size = size;
    if (this.#scroll.length === 0) {
      const { clock, painter } = this.#host;
      const of = { session: this.#session, beside: this.#beside, now: clock.now() };
      return emptyLines({ ...of, filtered: this.#narrowing.filter !== null }, painter, size);
    }
    // What is paused stays on the screen though the buffer had to let it go; the title counts.
    if (this.#scroll.isTopDropped && this.#shown.length === size.rows) return this.#shown;
    const style = this.#style();
    const place = this.#scroll.top(this.screen);
    const { highlight } = style;
    const marked = highlight && tryRun(highlight, () => this.#paintFrom(place, style));
    this.#shown = marked ?? this.#paintFrom(place, { ...style, highlight: null });
    return this.#shown;
  }

  /** Below the lines, in the last row. @param lines how many there are */
  #paintBars({ rows, columns }: BodySize, lines: number): readonly string[] {
    const scroll = this.#scroll;
    const bars = this.#bars.paint({
      ...{ buffer: this.#session.buffer, filter: this.#narrowing.filter, problems: this.#problems },
      ...{ top: scroll.seqAt(this.#painted.first), bottom: scroll.seqAt(this.#painted.last) },
      ...{ columns, zone: this.#zone, painter: this.#host.painter },
    });
    return bars === '' ? [] : [...Array<string>(rows - lines).fill(''), bars];
  }

  /** From a row on, as far as the screen goes. */
  #paintFrom({ index, row }: ScrollPlace, style: LineStyle): readonly string[] {
    const { rows } = this.#size;
    const lines: string[] = [];
    this.#painted = { first: index, last: index };
    for (let i = index; lines.length < rows && i < this.#scroll.length; i++) {
      const line = this.#session.buffer.at(this.#scroll.seqAt(i));
      if (line === undefined) continue;
      this.#painted.last = i;
      const from = i === index ? row : 0;
      lines.push(
        ...paintLine(line, this.#narrowing.isContext(i), style, from, rows - lines.length),
      );
    }
    return lines;
  }

  get #zone(): Zone {
    return this.#host.settings.time === 'utc' ? 'utc' : 'local';
  }

  /** What all pods are called alike, and the lines leave out; empty: nothing. */
  get shared(): string {
    return this.#prefixes(this.#size.columns).shared;
  }

  #prefixes(columns: number): LogPrefixes {
    return prefixesOf(this.#session.sources, this.#beside, columns);
  }

  #style(): LineStyle {
    const { columns } = this.#size;
    const { painter } = this.#host;
    const zone = this.#zone;
    return {
      columns,
      wrap: this.#wrap,
      timestamps: this.#timestamps ? zone : 'off',
      structured: this.folds ? zone : 'raw',
      fields: this.#fields.columns,
      shift: this.#shift,
      prefixes: this.#prefixes(columns).cells,
      highlight: this.#narrowing.highlight,
      found: this.#session.buffer.at(this.#jump.found) ?? null,
      painter,
    };
  }
}
