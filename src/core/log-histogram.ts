/** How many lines of a buffer were written when. */
import type { LogBuffer } from './log-buffer.ts';
import type { LogFilter } from './log-filter.ts';
import type { LogProblems } from './log-problems.ts';

/** Lines of a span of time. */
export interface LogBar {
  lines: number;
  errors: number;
  warnings: number;
}

export interface LogHistogram {
  /** When the first bar begins (ms), and how much time each is (ms). */
  readonly from: number;
  readonly width: number;
  readonly bars: readonly LogBar[];
}

/** What is counted. */
export interface HistogramInput {
  readonly buffer: LogBuffer;
  /** Only lines that it lets through count; null: all. */
  readonly filter: LogFilter | null;
  readonly problems: LogProblems;
}

/** When the oldest and the newest line were written (ms). */
export interface LogSpan {
  readonly begin: number;
  readonly end: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Spans that people count in (ms). */
const WIDTHS = [
  ...[1, 2, 5, 10, 15, 20, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 20, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 4, 6, 8, 12].map((n) => n * HOUR),
];

/** The time that the lines of a buffer are of: they need not be in its order. Null where there is none. */
export function logSpan(buffer: LogBuffer): LogSpan | null {
  let [begin, end] = [Infinity, -Infinity];
  for (let i = 0; i < buffer.length; i++) {
    const at = buffer.lineAt(i)?.at ?? NaN;
    if (at < begin) begin = at;
    if (at > end) end = at;
  }
  return begin <= end ? { begin, end } : null;
}

/** At most `most` bars over a span, at least 1; each begins at a round time. */
export function logHistogram(input: HistogramInput, span: LogSpan, most: number): LogHistogram {
  const { buffer, filter, problems } = input;
  const { begin, end } = span;
  const countFor = (width: number): number =>
    Math.floor(end / width) - Math.floor(begin / width) + 1;
  let days = DAY;
  while (countFor(days) > most) days *= 2;
  const width = WIDTHS.find((each) => countFor(each) <= most) ?? days;
  const from = Math.floor(begin / width) * width;
  const bars = Array.from({ length: countFor(width) }, () => ({
    lines: 0,
    errors: 0,
    warnings: 0,
  }));
  // All are in the order of their numbers: each is gone through once, however many lines there are.
  const isError = follower(problems.of('error'));
  const isWarning = follower(problems.of('warn'));
  const isMeant = filter === null ? () => true : follower(filter.passed);
  for (let i = 0; i < buffer.length; i++) {
    const seq = buffer.seqAt(i);
    const bar = isMeant(seq)
      ? bars[Math.floor(((buffer.lineAt(i)?.at ?? 0) - from) / width)]
      : null;
    if (!bar) continue;
    bar.lines++;
    if (isError(seq)) bar.errors++;
    if (isWarning(seq)) bar.warnings++;
  }
  return { from, width, bars };
}

interface Ascending {
  readonly length: number;
  at(index: number): number;
}

/** Tells which of ever greater numbers are in a list. */
function follower(list: Ascending): (seq: number) => boolean {
  let next = 0;
  return (seq) => {
    while (next < list.length && list.at(next) < seq) next++;
    return list.at(next) === seq;
  };
}
