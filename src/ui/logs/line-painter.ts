/** One log line as one or more screen lines. What is painted is cut out first: long lines cost what shows. */
import { Columns } from '../../core/columns.ts';
import type { LogLevel, LogLine } from '../../core/log-buffer.ts';
import type { Pattern } from '../../core/pattern.ts';
import { plain, type Segment, type Tone } from '../../core/styled.ts';
import { sliceColumns, TAB, textWidth } from '../../core/text.ts';
import type { Painter } from '../../theme/index.ts';
import { markRanges } from '../text/search.ts';

/** How lines are shown. */
export interface LineStyle {
  readonly columns: number;
  readonly wrap: boolean;
  readonly timestamps: 'off' | 'local' | 'utc';
  /** Columns the text is shifted to the left; ignored when wrapping. */
  readonly shift: number;
  /** Prefix of each stream, by its index, all of one width; empty where there is only one stream. */
  readonly prefixes: readonly (readonly Segment[])[];
  /** What to mark in the text. */
  readonly highlight: Pattern | null;
  readonly painter: Painter;
}

const LEVEL_TONES: Readonly<Record<LogLevel, Tone>> = {
  error: 'bad',
  warn: 'warn',
  info: 'text',
  debug: 'muted',
  '': 'text',
};

/** Rows that a line takes; more than `most` are not counted. */
export function lineHeight(line: LogLine, style: LineStyle, most = Infinity): number {
  if (!style.wrap) return 1;
  const room = roomOf(style);
  const { columns } = shownOf(line);
  if (columns.exceeds(most * room)) return most;
  return Math.max(1, Math.ceil(columns.width / room));
}

/**
 * Paints rows of a line.
 * @param context a line that only surrounds a match: dimmed
 * @param from the first row to paint, and
 * @param most how many at most
 * @returns one line a row, none wider than `columns`
 */
export function paintLine(
  line: LogLine,
  context: boolean,
  style: LineStyle,
  from = 0,
  most = Infinity,
): readonly string[] {
  const room = roomOf(style);
  const body = (start: number, end: number): string => bodyOf(line, context, style, start, end);
  if (!style.wrap) return [headOf(line, context, style) + cut(line, style, room, body)];
  const rows: string[] = [];
  const end = Math.min(from + most, lineHeight(line, style, from + most));
  const indent = ' '.repeat(headWidth(style));
  for (let row = from; row < end; row++) {
    const head = row === 0 ? headOf(line, context, style) : indent;
    rows.push(head + body(row * room, (row + 1) * room));
  }
  return rows;
}

/** The window of a long line, with marks where it goes on. */
function cut(
  line: LogLine,
  { shift, painter }: LineStyle,
  room: number,
  body: (start: number, end: number) => string,
): string {
  const { columns } = shownOf(line);
  const more = columns.exceeds(shift + room);
  const less = shift > 0 && columns.exceeds(0);
  const text = body(shift + (less ? 1 : 0), shift + room - (more ? 1 : 0));
  return (less ? painter.tone('‹', 'muted') : '') + text + (more ? painter.tone('›', 'muted') : '');
}

/** Columns in front of the text. */
function headWidth({ timestamps, prefixes }: LineStyle): number {
  const stampWidth = timestamps === 'off' ? 0 : STAMP.length + (timestamps === 'utc' ? 2 : 1);
  const [prefix] = prefixes;
  return 1 + stampWidth + (prefix === undefined ? 0 : textWidth(plain(prefix)) + 3);
}

const roomOf = (style: LineStyle): number => Math.max(1, style.columns - headWidth(style));

function headOf(line: LogLine, context: boolean, style: LineStyle): string {
  const { painter } = style;
  let head = ' ';
  if (style.timestamps !== 'off') head += painter.tone(`${stamp(line.time, style)} `, 'muted');
  if (style.prefixes.length > 0) {
    for (const [text, tone] of style.prefixes[line.source] ?? []) {
      head += painter.tone(text, context ? 'muted' : tone);
    }
    head += painter.tone(' │ ', 'border');
  }
  return head;
}

const STAMP = '00:00:00.000';

/** A line without a stamp has a blank of the same width. */
function stamp(time: string, { timestamps }: LineStyle): string {
  if (timestamps === 'utc') return time === '' ? ' '.repeat(STAMP.length + 1) : utc(time);
  if (time === '') return ' '.repeat(STAMP.length);
  const date = new Date(time);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}${time.slice(19, 23)}`;
}

const utc = (time: string): string => `${time.slice(11, 23)}Z`;

/** Columns [start, end) of the text. */
function bodyOf(
  line: LogLine,
  context: boolean,
  { highlight, painter }: LineStyle,
  start: number,
  end: number,
): string {
  // A program that colours its own lines keeps its colours, unless something is to be marked in them.
  if (line.styled !== null && highlight === null && !context) {
    return sliceColumns(line.styled, start, end);
  }
  const { text, columns } = shownOf(line);
  const from = columns.at(start);
  const to = columns.at(end);
  const tone: Tone = context ? 'muted' : LEVEL_TONES[line.level];
  const ranges = highlight === null || context ? [] : highlight.ranges(text, from.unit, to.unit);
  const part: Segment = [text.slice(from.unit, to.unit), tone];
  const painted = painter.paint(markRanges([part], ranges, from.unit));
  // Half of a wide character stands in front.
  return from.column < start
    ? sliceColumns(painted, start - from.column, end - from.column)
    : painted;
}

interface Shown {
  /** With tabs as blanks. */
  readonly text: string;
  readonly columns: Columns;
}

/** Lines longer than this are measured once, not at every look (UTF-16 units). */
const LONG = 512;
const kept = new WeakMap<LogLine, Shown>();

function shownOf(line: LogLine): Shown {
  let shown = kept.get(line);
  if (shown === undefined) {
    const text = line.text.includes('\t') ? line.text.replaceAll('\t', TAB) : line.text;
    shown = { text, columns: new Columns(text) };
    if (line.text.length > LONG) kept.set(line, shown);
  }
  return shown;
}
