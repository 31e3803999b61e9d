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

/** The course of a row's figures, as far as it tells anything. */
export interface ToldTrend {
  readonly section: Section;
  /** One of them is at its bound, or moved and should not: it is told before all else. */
  readonly isNews: boolean;
}

/** What was seen of the figures of a row that moved or are at a bound; null: of none. */
export function trendSection<Row extends BaseRow>(
  { lines }: TrendDef<Row>,
  row: Row,
  trend: Trend,
  ctx: RowContext,
): ToldTrend | null {
  const shown: (readonly [string, Cell])[] = [];
  let isNews = false;
  lines.forEach((line, i) => {
    const seen = extremes(trend, i);
    const bound = boundOf(line, i, row, trend, ctx);
    const moved = seen !== null && seen.low !== seen.high;
    if (seen === null || (!moved && bound.length === 0)) return;
    if (bound.length > 0 || (moved && line.isNews === true)) isNews = true;
    shown.push([line.label, [...courseOf(line, i, row, trend, seen, ctx), ...bound]]);
  });
  if (shown.length === 0) return null;
  const clock = time(trend.since, { now: ctx.now, time: ctx.time === 'local' ? 'local' : 'utc' });
  const zone = ctx.time === 'local' ? '' : ' UTC';
  const span = humanDuration(ctx.now - trend.since);
  return {
    section: { title: `Trend, as seen since ${clock}${zone} (${span})`, lines: shown },
    isNews,
  };
}

function courseOf<Row>(
  { value, text, full }: TrendLine<Row>,
  which: number,
  row: Row,
  trend: Trend,
  { low, high }: { readonly low: number; readonly high: number },
  ctx: RowContext,
): readonly Segment[] {
  const now = value(row);
  const is = now === null ? '? now' : `${text(now)} now`;
  if (low === high) return [[is, 'strong']];
  const top = Math.max(high, full?.(row) ?? 0);
  const scale = top > high ? `, full bar ${text(top)}` : '';
  return [
    [bars(spans(trend, which, ctx.now, WIDTH), top), 'accent'],
    [`  ${is}`, 'strong'],
    [`, ${text(low)} to ${text(high)} seen${scale}`, 'muted'],
  ];
}

/** That it is at its bound, and for how long; empty: it is not, or has none. */
function boundOf<Row>(
  { bound }: TrendLine<Row>,
  which: number,
  row: Row,
  trend: Trend,
  ctx: RowContext,
): readonly Segment[] {
  const limit = bound?.(row);
  const since = limit === undefined ? null : atLeastSince(trend, which, limit.at);
  if (limit === undefined || since === null) return [];
  const span = since > trend.since ? `for ${humanDuration(ctx.now - since)}` : 'all the time';
  return [[`, ${limit.words} ${span}`, 'warn']];
}
