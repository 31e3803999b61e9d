/** One log line as one or more screen lines. What is painted is cut out first: long lines cost what shows. */
import { Columns } from '../../core/columns.ts';
import type { LogLine } from '../../core/log-buffer.ts';
import type { Pattern } from '../../core/pattern.ts';
import { partOf, plain, type Segment, type Tone } from '../../core/styled.ts';
import { sliceColumns, TAB, textWidth } from '../../core/text.ts';
import type { Painter } from '../../theme/index.ts';
import { markRanges } from '../text/search.ts';
import { clockTime, fold, LEVEL_TONES, type FieldColumn, type Zone } from './fold.ts';

/** How lines are shown. */
export interface LineStyle {
  readonly columns: number;
  readonly wrap: boolean;
  readonly timestamps: 'off' | Zone;
  /** Structured lines as they were written, or taken apart, with their times in a zone. */
  readonly structured: 'raw' | Zone;
  /** What has columns of its own of lines that are taken apart. */
  readonly fields: readonly FieldColumn[];
  /** Columns the text is shifted to the left; ignored when wrapping. */
  readonly shift: number;
  /** Prefix of each stream, by its index, all of one width; empty where there is only one stream. */
  readonly prefixes: readonly (readonly Segment[])[];
  /** What to mark in the text. */
  readonly highlight: Pattern | null;
  /** The line that was gone to: it has a sign in front. */
  readonly found: LogLine | null;
  readonly painter: Painter;
}

/** Rows that a line takes; more than `most` are not counted. */
export function lineHeight(line: LogLine, style: LineStyle, most = Infinity): number {
  if (!style.wrap) return 1;
  const room = roomOf(style);
  const { columns } = shownOf(line, style);
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
  style: LineStyle,
  room: number,
  body: (start: number, end: number) => string,
): string {
  const { shift, painter } = style;
  const { columns } = shownOf(line, style);
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
  let head = line === style.found ? painter.tone(FOUND, 'accent') : ' ';
  if (style.timestamps !== 'off') head += painter.tone(`${stamp(line.time, style)} `, 'muted');
  if (style.prefixes.length > 0) {
    for (const [text, tone] of style.prefixes[line.source] ?? []) {
      head += painter.tone(text, context ? 'muted' : tone);
    }
    head += painter.tone(' │ ', 'border');
  }
  return head;
}

const FOUND = '▸';
const STAMP = '00:00:00.000';

/** A line without a stamp has a blank of the same width. */
function stamp(time: string, { timestamps }: LineStyle): string {
  if (timestamps === 'utc') return time === '' ? ' '.repeat(STAMP.length + 1) : utc(time);
  if (time === '') return ' '.repeat(STAMP.length);
  return clockTime(time, 'local');
}

const utc = (time: string): string => `${time.slice(11, 23)}Z`;

/** Columns [start, end) of the text. */
function bodyOf(
  line: LogLine,
  context: boolean,
  style: LineStyle,
  start: number,
  end: number,
): string {
  const { highlight, painter } = style;
  // A program that colours its own lines keeps its colours, unless something is to be marked in them.
  if (line.styled !== null && highlight === null && !context) {
    return sliceColumns(line.styled, start, end);
  }
  const { text, segments, columns } = shownOf(line, style);
  const from = columns.at(start);
  const to = columns.at(end);
  const ranges = highlight === null || context ? [] : highlight.ranges(text, from.unit, to.unit);
  const part: readonly Segment[] =
    context || segments === null
      ? [[text.slice(from.unit, to.unit), context ? 'muted' : toneOf(line)]]
      : partOf(segments, from.unit, to.unit);
  const painted = painter.paint(markRanges(part, ranges, from.unit));
  // Half of a wide character stands in front.
  return from.column < start
    ? sliceColumns(painted, start - from.column, end - from.column)
    : painted;
}

const toneOf = ({ isMark, level }: LogLine): Tone => (isMark ? 'accent' : LEVEL_TONES[level]);

interface Shown {
  /** With tabs as blanks; taken apart where {@link segments} are given. */
  readonly text: string;
  /** Null: in the tone of its level. */
  readonly segments: readonly Segment[] | null;
  readonly columns: Columns;
  readonly structured: LineStyle['structured'];
  readonly fields: LineStyle['fields'];
  readonly hasStamp: boolean;
}

/** Lines longer than this are read and measured once, not at every look (UTF-16 units). */
const LONG = 512;
const kept = new WeakMap<LogLine, Shown>();

function shownOf(line: LogLine, { structured, timestamps, fields }: LineStyle): Shown {
  const known = kept.get(line);
  // The stamp in front tells the time already.
  const hasStamp = timestamps !== 'off' && line.time !== '';
  const isSame = known?.structured === structured && known.fields === fields;
  if (isSame && known.hasStamp === hasStamp) return known;
  const zone = structured === 'raw' ? null : structured;
  const segments = zone && fold(line, { zone, withTime: !hasStamp, fields });
  const own = line.text.includes('\t') ? line.text.replaceAll('\t', TAB) : line.text;
  const text = segments ? plain(segments) : own;
  const shown = { text, segments, columns: new Columns(text), structured, fields, hasStamp };
  if (line.text.length > LONG) kept.set(line, shown);
  return shown;
}
