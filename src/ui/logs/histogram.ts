/** A log's lines over time, in one line of the screen. */
import { grouped } from '../../core/grouped.ts';
import { humanDuration } from '../../core/duration.ts';
import {
  logHistogram,
  logSpan,
  type HistogramInput,
  type LogBar,
  type LogHistogram,
  type LogSpan,
} from '../../core/log-histogram.ts';
import type { Segment, Tone } from '../../core/styled.ts';
import { fit, textWidth } from '../../core/text.ts';
import type { Painter } from '../../theme/index.ts';
import { clockTime, type Zone } from './fold.ts';

/** What the bars are of, and which of its lines are on the screen. */
export interface HistogramOptions extends HistogramInput {
  /** Sequence numbers of the first and the last line on the screen. */
  readonly top: number;
  readonly bottom: number;
  readonly columns: number;
  readonly zone: Zone;
  readonly painter: Painter;
}

const HEIGHTS = ' ▁▂▃▄▅▆▇█';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Columns of brackets, blanks and what a bar is. */
const MARKS = 2 + 3 + '  per 30s'.length;
/** With fewer bars it says nothing. */
const LEAST = 8;

export class LogBars {
  /** What the bars were counted for. */
  #counted: readonly unknown[] = [];
  #span: LogSpan | null = null;
  #bars: LogHistogram | null = null;

  /**
   * `12:03 ▁▂▃[▅█]▁ 12:59  per 1m  ✗ 3  ! 12`: bars red with errors, yellow with warnings, brackets
   * around what is on the screen. Empty where there is no line or no room.
   */
  paint(options: HistogramOptions): string {
    const { buffer, columns, painter, top, bottom } = options;
    this.#count(options);
    const [span, found] = [this.#span, this.#bars];
    if (span === null || found === null) return '';
    const { from, width, bars } = found;
    const highest = Math.max(1, ...bars.map(({ lines }) => lines));
    const cells = bars.map((bar): Segment => [heightOf(bar, highest), toneOf(bar)]);
    const ends = [top, bottom].map((seq) =>
      Math.floor(((buffer.at(seq)?.at ?? span.end) - from) / width),
    );
    const [first, last] = [Math.min(...ends), Math.max(...ends)];
    const label = (at: number): string => labelOf(at, span, options);
    const cell: Segment[] = [
      [` ${label(from)} `, 'muted'],
      ...cells.slice(0, first),
      ['[', 'accent'],
      ...cells.slice(first, last + 1),
      [']', 'accent'],
      ...cells.slice(last + 1),
      [` ${label(from + bars.length * width)}  per ${humanDuration(width)}`, 'muted'],
      ...countsOf(options),
    ];
    return fit(painter.paint(cell), columns);
  }

  /** Counts anew where lines came or another filter is in force: scrolling changes nothing. */
  #count(options: HistogramOptions): void {
    const { buffer, filter, columns } = options;
    const now = [buffer.end, buffer.length, filter, filter?.matches, columns];
    if (now.every((value, i) => value === this.#counted[i])) return;
    this.#counted = now;
    const span = logSpan(buffer);
    this.#span = span;
    this.#bars = null;
    if (span === null) return;
    const taken = countsOf(options).reduce((sum, [text]) => sum + textWidth(text), 0);
    const most = columns - taken - 2 * labelOf(span.begin, span, options).length - MARKS;
    if (most >= LEAST) this.#bars = logHistogram(options, span, most);
  }
}

/** A time at either end, as exactly as the span asks for. */
function labelOf(at: number, { begin, end }: LogSpan, { columns, zone }: HistogramOptions): string {
  const hasSeconds = end - begin < columns * MINUTE;
  const time = clockTime(at, zone).slice(0, hasSeconds ? 8 : 5);
  return end - begin > DAY / 2 ? `${dayOf(at, zone)} ${time}` : time;
}

const countsOf = ({ problems }: HistogramOptions): readonly Segment[] => [
  countOf('✗', problems.of('error').length, 'bad'),
  countOf('!', problems.of('warn').length, 'warn'),
];

/** Heights grow with the root, so that few lines show beside many. */
function heightOf({ lines }: LogBar, highest: number): string {
  return HEIGHTS[Math.ceil(Math.sqrt(lines / highest) * (HEIGHTS.length - 1))] ?? ' ';
}

const toneOf = ({ errors, warnings }: LogBar): Tone =>
  errors > 0 ? 'bad' : warnings > 0 ? 'warn' : 'info';

const countOf = (glyph: string, count: number, tone: Tone): Segment => [
  `  ${glyph} ${grouped(count)}`,
  count > 0 ? tone : 'muted',
];

/** Month and day. */
function dayOf(at: number, zone: Zone): string {
  const date = new Date(at);
  const two = (n: number): string => String(n).padStart(2, '0');
  return zone === 'utc'
    ? date.toISOString().slice(5, 10)
    : `${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
