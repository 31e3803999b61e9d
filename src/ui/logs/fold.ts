/** A structured line as people read it: time, level, message, and the other fields behind. */
import { levelNamed } from '../../core/log-level-names.ts';
import type { LogLevel, LogLine } from '../../core/log-buffer.ts';
import { logField, readLogRecord } from '../../core/log-record.ts';
import type { Segment, Tone } from '../../core/styled.ts';
import { pad, truncate } from '../../core/text.ts';

/** Whose clock times are told by. */
export type Zone = 'local' | 'utc';

/** What a line of that level looks like. */
export const LEVEL_TONES: Readonly<Record<LogLevel, Tone>> = {
  error: 'bad',
  warn: 'warn',
  info: 'text',
  debug: 'muted',
  '': 'text',
};

/** Width of most levels: those of a program stand under each other. */
const LEVEL_WIDTH = 5;
const QUOTED = /[\s"=]|^$/;
const ZONED = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)? ?(?:Z|[+-]\d\d:?\d\d)$/;
const ZONELESS = /^\d{4}[-/]\d\d[-/]\d\d[T ](\d\d:\d\d:\d\d(?:[.,]\d{1,3})?)\d*$/;
const NUMBER = /^(\d{9,19})(\.\d+)?$/;

/** A field that has a column of its own, of a width in cells. */
export interface FieldColumn {
  readonly name: string;
  readonly width: number;
}

/** How lines are taken apart. */
export interface FoldOptions {
  readonly zone: Zone;
  readonly withTime: boolean;
  /** Stand in front of the message, and not behind it. */
  readonly fields: readonly FieldColumn[];
}

/** A line taken apart; null where it is not structured, or its program gave it colours of its own. */
export function fold(
  line: LogLine,
  { zone, withTime, fields: columns }: FoldOptions,
): readonly Segment[] | null {
  const record = line.styled === null ? readLogRecord(line.text) : null;
  if (record === null) return null;
  const { time, level, message, fields } = record;
  const severity = levelNamed(level) || line.level;
  const tone = LEVEL_TONES[severity];
  const parts: Segment[] = [];
  if (withTime && time !== '') parts.push([shownTime(time, zone), 'muted']);
  if (level !== '') parts.push([level.padEnd(LEVEL_WIDTH), severity === 'info' ? 'info' : tone]);
  for (const { name, width } of columns) {
    parts.push([pad(truncate(logField(record, name) ?? '', width), width), 'strong']);
  }
  if (message !== '') parts.push([message, tone]);
  for (const [name, value] of fields) {
    if (columns.some((column) => column.name === name)) continue;
    const isPlain = !QUOTED.test(value) || /^[[{]/.test(value);
    parts.push([`${name}=${isPlain ? value : JSON.stringify(value)}`, 'muted']);
  }
  return parts.flatMap((part, i): Segment[] => (i === 0 ? [part] : [[' ', 'muted'], part]));
}

/** A time of day, to the millisecond. @param time RFC 3339, or ms */
export function clockTime(time: string | number, zone: Zone): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return String(time);
  if (zone === 'utc') return `${date.toISOString().slice(11, 23)}Z`;
  const two = (n: number): string => String(n).padStart(2, '0');
  const seconds = `${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
  return `${two(date.getHours())}:${two(date.getMinutes())}:${seconds}`;
}

/** The time that a program wrote; what tells no zone, or nothing known, stays as it is. */
function shownTime(time: string, zone: Zone): string {
  if (ZONED.test(time)) return clockTime(time.replace(',', '.'), zone);
  const ofDay = ZONELESS.exec(time)?.[1];
  if (ofDay !== undefined) return ofDay;
  const [, digits, fraction = ''] = NUMBER.exec(time) ?? [];
  if (digits === undefined) return time;
  // Seconds, milliseconds, microseconds or nanoseconds since 1970: what gives a time of our days.
  const scale =
    10 ** (digits.length <= 10 ? 3 : digits.length <= 13 ? 0 : digits.length <= 16 ? -3 : -6);
  return clockTime(Math.floor(Number(digits + fraction) * scale), zone);
}
