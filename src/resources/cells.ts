/** The vocabulary of cells: how each sort of value looks in every pane. */
import { humanDuration } from '../core/duration.ts';
import { formatCpu, formatMemory } from '../core/quantity.ts';
import type { Cell, Segment, Tone } from '../core/styled.ts';
import type { Health } from '../domain/health.ts';
import type { Share } from '../domain/share.ts';
import type { RowContext, Value } from './column.ts';

/** What is not known: never blank, never zero. */
export const UNKNOWN: Cell = [['?', 'muted']];
/** What is known to be none. */
export const NONE: Cell = [['-', 'muted']];

/** Text in one tone. */
export function toned(text: string | number, tone: Tone): Cell {
  return [[String(text), tone]];
}

/** Secondary text; empty is none, null is not known. */
export function muted(text: string | number | null): Cell {
  if (text === null) return UNKNOWN;
  return text === '' ? NONE : toned(text, 'muted');
}

/** Ordinary text; empty is none, null is not known. */
export function known(text: string | number | null): Cell {
  if (text === null) return UNKNOWN;
  return text === '' ? NONE : String(text);
}

/** A raw value as it is: what a column shows that declares no cell of its own. */
export function cellOfValue(value: Value): Cell {
  return value === null ? UNKNOWN : String(value);
}

/** A count that only matters when there is one. */
export function count(value: number | null, tone: Tone = 'text'): Cell {
  if (value === null) return UNKNOWN;
  return toned(value, value === 0 ? 'muted' : tone);
}

/** Cores, e.g. `12m`. */
export function cpu(cores: number | null): Cell {
  return cores === null ? UNKNOWN : formatCpu(cores);
}

/** Bytes, e.g. `88Mi`. */
export function memory(bytes: number | null): Cell {
  return bytes === null ? UNKNOWN : formatMemory(bytes);
}

/** A request or limit: 0 means that there is none. */
export function cpuSpec(cores: number): Cell {
  return cores === 0 ? NONE : toned(formatCpu(cores), 'muted');
}

/** A request or limit: 0 means that there is none. */
export function memorySpec(bytes: number): Cell {
  return bytes === 0 ? NONE : toned(formatMemory(bytes), 'muted');
}

/**
 * `part` in percent of `whole`, cut to a whole number as `kubectl top` and `kubectl describe node`
 * do; null where either is not known or whole is none.
 */
export function percentOf(part: number | null, whole: number | null): number | null {
  if (part === null || whole === null) return null;
  // Cores are fractions: what is but for their last bit a whole percent must not lose it.
  const share = Math.floor((part / whole) * 100 + 1e-9);
  return Number.isFinite(share) ? share : null;
}

/** Tone of a share of what there is: near its end it needs a look. */
export function loadTone(percent: number): Tone {
  if (percent >= 90) return 'bad';
  return percent >= 75 ? 'warn' : 'text';
}

/** Never wider than five cells. */
function percentText(value: number): string {
  return value > 999 ? '>999%' : `${value}%`;
}

/** A percentage, toned as it nears 100. */
export function percent(value: number | null, tone: (percent: number) => Tone = loadTone): Cell {
  return value === null ? UNKNOWN : toned(percentText(value), tone(value));
}

/** How much is used of a request or limit, in percent; null where there is none, or it is not known. */
export function percentOfShare({ used, of }: Share): number | null {
  return of === 0 ? null : percentOf(used, of);
}

/** The same as a cell: where there is no request or limit there is nothing to use. */
export function shareCell(share: Share): Cell {
  return share.of === 0 ? NONE : percent(percentOfShare(share));
}

const BAR_CELLS = 5;

/** A bar of five cells and the number: `▇▇▇▁▁ 62%`. */
export function bar(value: number | null, tone: (percent: number) => Tone): Cell {
  if (value === null) return UNKNOWN;
  const share = Math.min(1, Math.max(0, value / 100));
  // What is not nothing shows, and only what is full looks full.
  const filled =
    share === 1 ? BAR_CELLS : Math.min(BAR_CELLS - 1, Math.ceil(share * BAR_CELLS - 0.25));
  const segments: Segment[] = [
    ['▇'.repeat(filled), tone(value)],
    ['▁'.repeat(BAR_CELLS - filled), 'border'],
    [percentText(value).padStart(5), loadText(tone(value))],
  ];
  return segments.filter(([text]) => text !== '');
}

/** The number beside a calm bar is plain: the bar has the colour. */
function loadText(tone: Tone): Tone {
  return tone === 'bad' || tone === 'warn' ? tone : 'text';
}

/** Fill of a bar of what is used: calm, then alarming. */
export function usageTone(percentUsed: number): Tone {
  const tone = loadTone(percentUsed);
  return tone === 'text' ? 'good' : tone;
}

/** Fill of a bar of what is requested: a full node is well used, not in trouble. */
export function requestTone(): Tone {
  return 'info';
}

const GLYPHS: Readonly<Record<Health['level'], readonly [glyph: string, tone: Tone]>> = {
  ok: ['✓', 'good'],
  busy: ['…', 'info'],
  warn: ['!', 'warn'],
  bad: ['✗', 'bad'],
  gone: ['-', 'gone'],
};

/** Tone of the name of a row: rows without problems are plain. */
export function nameTone(level: Health['level']): Tone {
  return level === 'bad' || level === 'warn' || level === 'gone' ? level : 'text';
}

/** A state in words with its cause and since when: `✗ CrashLoopBackOff · OOMKilled 137 · 2m`. */
export function status(
  word: string,
  { level, cause }: Health,
  since?: { readonly at: number; readonly ctx: RowContext },
): Cell {
  const [glyph, tone] = GLYPHS[level];
  const said = word === '' ? '?' : word;
  const cells: Segment[] = [
    [`${glyph} `, tone],
    [said, level === 'ok' ? 'muted' : tone],
  ];
  // `OOMKilled` with the cause `OOMKilled 137` is said once.
  if (cause.startsWith(said)) cells.push([cause.slice(said.length), tone]);
  else if (cause !== '') cells.push([` · ${cause}`, 'text']);
  if (since !== undefined && since.at > 0 && cause !== '')
    cells.push([` · ${time(since.at, since.ctx)}`, 'muted']);
  return cells.filter(([text]) => text !== '');
}

const DAY = 86_400_000;
const two = (value: number): string => String(value).padStart(2, '0');

/** A clock of a node may run ahead of the server's by that much (ms) without a word. */
const AHEAD = 60_000;

/** How long ago; what lies ahead beyond the difference of two clocks says so. */
function ageText(ms: number): string {
  if (ms >= 0) return humanDuration(ms);
  return ms >= -AHEAD ? '0s' : `in ${humanDuration(-ms)}`;
}

/** A moment as the user wants times: an age, or the clock (with the date when it was not today). */
export function time(at: number, { now, time: mode }: RowContext): string {
  if (mode === 'age') return ageText(now - at);
  // Servers may say any number of years; a date knows 275,760 of them.
  if (Number.isNaN(new Date(at).getTime())) return '?';
  // A moment in UTC reads the same through the UTC getters as a local one through the local ones.
  const shift = mode === 'local' ? new Date(at).getTimezoneOffset() * 60_000 : 0;
  const date = new Date(at - shift);
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
  if (Math.abs(now - at) < DAY / 2) return `${clock}:${two(date.getUTCSeconds())}`;
  return `${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())} ${clock}`;
}

/** A time of an object as values carry it: ISO 8601, null where there is none. */
export function iso(at: number | null): string | null {
  if (at === null || at === 0 || Number.isNaN(new Date(at).getTime())) return null;
  return new Date(at).toISOString();
}

/** The day of a moment: `2026-11-26`. */
export function day(at: number): string {
  return iso(at)?.slice(0, 10) ?? '';
}
