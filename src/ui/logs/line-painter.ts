/** One log line as one or more screen lines. */
import type { LogLevel, LogLine } from '../../core/log-buffer.ts';
import type { Segment, Tone } from '../../core/styled.ts';
import { pad, sanitize, sliceColumns, textWidth, truncateMiddle } from '../../core/text.ts';
import type { Painter } from '../../theme/index.ts';

/** How lines are shown. */
export interface LineStyle {
  readonly columns: number;
  readonly wrap: boolean;
  readonly timestamps: 'off' | 'local' | 'utc';
  /** Columns the text is shifted to the left; ignored when wrapping. */
  readonly shift: number;
  /** Prefix of each stream, by its index, all of one width; empty where there is only one stream. */
  readonly prefixes: readonly Segment[];
  /** What to mark in the text. */
  readonly highlight: RegExp | null;
  readonly painter: Painter;
}

const LEVEL_TONES: Readonly<Record<LogLevel, Tone>> = {
  error: 'bad',
  warn: 'warn',
  info: 'text',
  debug: 'muted',
  '': 'text',
};

/** Told apart by tone, never by tone alone: the name is there too. */
const PREFIX_TONES: readonly Tone[] = ['info', 'accent', 'title', 'good', 'strong', 'muted'];

const MOST_PREFIX = 28;

/**
 * Prefixes of equal width for streams named by pod and container, each pod (or container of the one
 * pod) in a tone of its own as far as there are tones; none for a single stream.
 */
export function prefixesOf(
  sources: readonly { readonly pod: string; readonly container: string }[],
  columns: number,
): readonly Segment[] {
  if (sources.length < 2) return [];
  const onePod = sources.every(({ pod }) => pod === sources[0]?.pod);
  const multi = new Set(sources.map(({ container }) => container)).size > 1;
  const streams = sources.map(({ pod, container }) => ({
    owner: onePod ? container : pod,
    name: onePod ? container : multi ? `${pod}/${container}` : pod,
  }));
  const widest = Math.max(...streams.map(({ name }) => textWidth(name)));
  const width = Math.min(widest, MOST_PREFIX, Math.floor(columns / 3));
  const tones = new Map<string, Tone>();
  return streams.map(({ owner, name }) => {
    const tone = tones.get(owner) ?? PREFIX_TONES[tones.size % PREFIX_TONES.length] ?? 'muted';
    tones.set(owner, tone);
    return [pad(truncateMiddle(name, width), width), tone];
  });
}

/**
 * Paints a line.
 * @param context a line that only surrounds a match: dimmed
 * @returns one line, or as many as it takes when wrapping; none wider than `columns`
 */
export function paintLine(line: LogLine, context: boolean, style: LineStyle): readonly string[] {
  const head = headOf(line, context, style);
  const headWidth = textWidth(head);
  const room = Math.max(1, style.columns - headWidth);
  const body = bodyOf(line, context, style);
  if (!style.wrap) {
    const shown = style.shift === 0 && textWidth(body) <= room ? body : cut(body, style, room);
    return [head + shown];
  }
  const lines: string[] = [];
  const width = textWidth(body);
  for (let at = 0; at === 0 || at < width; at += room) {
    lines.push((at === 0 ? head : ' '.repeat(headWidth)) + sliceColumns(body, at, at + room));
  }
  return lines;
}

/** The window of a long line, with marks where it goes on. */
function cut(body: string, { shift, painter }: LineStyle, room: number): string {
  const width = textWidth(body);
  const more = width > shift + room;
  const less = shift > 0 && width > 0;
  const text = sliceColumns(body, shift + (less ? 1 : 0), shift + room - (more ? 1 : 0));
  return (less ? painter.tone('‹', 'muted') : '') + text + (more ? painter.tone('›', 'muted') : '');
}

function headOf(line: LogLine, context: boolean, style: LineStyle): string {
  const { painter } = style;
  let head = ' ';
  if (style.timestamps !== 'off') head += painter.tone(`${stamp(line.time, style)} `, 'muted');
  if (style.prefixes.length > 0) {
    const [prefix, tone] = style.prefixes[line.source] ?? ['', 'muted'];
    head += painter.tone(prefix, context ? 'muted' : tone) + painter.tone(' │ ', 'border');
  }
  return head;
}

function stamp(time: string, { timestamps }: LineStyle): string {
  if (timestamps === 'utc') return `${time.slice(11, 23).padEnd(12, '0')}Z`;
  const date = new Date(time);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

function bodyOf(line: LogLine, context: boolean, style: LineStyle): string {
  const tone: Tone = context ? 'muted' : LEVEL_TONES[line.level];
  // A program that colours its own lines keeps its colours, unless something is to be marked in them.
  if (line.text.includes('\x1b[') && style.highlight === null && !context) {
    return sanitize(line.text, { keepSgr: true });
  }
  const text = sanitize(line.text);
  if (style.highlight === null || context) return style.painter.tone(text, tone);
  return style.painter.paint(mark(text, style.highlight, tone));
}

/** The text cut where the pattern matches. */
function mark(text: string, pattern: RegExp, tone: Tone): readonly Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  for (const found of text.matchAll(pattern)) {
    if (found[0] === '') continue;
    if (found.index > at) segments.push([text.slice(at, found.index), tone]);
    segments.push([found[0], 'match']);
    at = found.index + found[0].length;
  }
  if (at < text.length) segments.push([text.slice(at), tone]);
  return segments;
}
