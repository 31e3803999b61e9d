/** The course of figures as a line of small bars, with its scale in words. */
import { humanDuration } from '../core/duration.ts';
import type { Cell, Segment } from '../core/styled.ts';
import type { BaseRow } from '../domain/rows.ts';
import { atLeastSince, extremes, spans, type Trend } from '../domain/trend.ts';
import { time } from './cells.ts';
import type { RowContext } from './column.ts';
import type { Section } from './define.ts';
import type { TrendDef, TrendLine } from './trend-def.ts';

const BARS = '▁▂▃▄▅▆▇█';
/** The most bars in a line (cells). */
const WIDTH = 30;

/** The figures in the order in which trends have them. */
export const figuresOf =
  <Row>({ lines }: TrendDef<Row>) =>
  (row: Row): readonly (number | null)[] =>
    lines.map(({ value }) => value(row));

/** One bar for each value: parts of `full`; a dot where it was not known. */
export function bars(values: readonly (number | null)[], full: number): string {
  const highest = BARS.length - 1;
  return values
    .map((value) => {
      if (value === null) return '·';
      const share = full <= 0 ? 0 : Math.min(1, Math.max(0, value / full));
      // What is not nothing shows, and only what is full looks full.
      const level = share === 0 ? 0 : Math.max(1, Math.floor(share * highest));
      return BARS.charAt(level);
    })
    .join('');
}

/** What was seen of a row's figures; null: nothing that is known. */
export function trendSection<Row extends BaseRow>(
  { lines }: TrendDef<Row>,
  row: Row,
  trend: Trend,
  ctx: RowContext,
): Section | null {
  const shown = lines.flatMap((line, i): readonly (readonly [string, Cell])[] => {
    const seen = extremes(trend, i);
    return seen === null ? [] : [[line.label, courseOf(line, i, row, trend, seen, ctx)]];
  });
  if (shown.length === 0) return null;
  const clock = time(trend.since, { now: ctx.now, time: ctx.time === 'local' ? 'local' : 'utc' });
  const zone = ctx.time === 'local' ? '' : ' UTC';
  const span = humanDuration(ctx.now - trend.since);
  return { title: `Trend, as seen since ${clock}${zone} (${span})`, lines: shown };
}

function courseOf<Row>(
  { value, text, full, bound }: TrendLine<Row>,
  which: number,
  row: Row,
  trend: Trend,
  { low, high }: { readonly low: number; readonly high: number },
  ctx: RowContext,
): Cell {
  const now = value(row);
  const is = now === null ? '? now' : `${text(now)} now`;
  const segments: Segment[] = [];
  if (low === high) segments.push([is, 'strong'], [', the same all the time', 'muted']);
  else {
    const top = Math.max(high, full?.(row) ?? 0);
    const scale = top > high ? `, full bar ${text(top)}` : '';
    segments.push(
      [bars(spans(trend, which, ctx.now, WIDTH), top), 'accent'],
      [`  ${is}`, 'strong'],
      [`, ${text(low)} to ${text(high)} seen${scale}`, 'muted'],
    );
  }
  const limit = bound?.(row);
  const since = limit === undefined ? null : atLeastSince(trend, which, limit.at);
  if (limit !== undefined && since !== null) {
    const span = since > trend.since ? `for ${humanDuration(ctx.now - since)}` : 'all the time';
    segments.push([`, ${limit.words} ${span}`, 'warn']);
  }
  return segments;
}
