/** One chart as lines: its title with the figures, and the drawing, or why there is none. */
import type { Cell, Segment } from '../../core/styled.ts';
import type { MarkZone } from '../../core/time-marks.ts';
import type { Chart } from '../../domain/charts/chart.ts';
import { summaryOf, type Series } from '../../domain/charts/series.ts';
import { windowOf, type Span } from '../../domain/charts/span.ts';
import { periodText, unitText } from '../../domain/charts/units.ts';
import type { ChartState } from '../../session/index.ts';
import { wrapCell } from '../message.ts';
import { segmentsOf } from '../chrome/pack.ts';
import { cellWidth, fitCell } from '../table/cells.ts';
import type { Marks } from './canvas.ts';
import { ageNote, labelOf, legend, letterOf, toneOf, valueText } from './legend.ts';
import { plot } from './plot.ts';

/** A chart, what is known of it, and the room that it has. */
export interface BlockOptions {
  readonly chart: Chart;
  readonly state: ChartState;
  /** Why it has no points; null: that is not known yet. */
  readonly why: { readonly reason: string; readonly hint: string } | null;
  readonly span: Span;
  readonly columns: number;
  readonly rows: number;
  readonly zone: MarkZone;
  readonly marks: Marks;
  readonly isCurrent: boolean;
  /** It is shown alone: its figures stand below it, a line of text for each of its lines. */
  readonly isAlone: boolean;
  readonly now: number;
}

/** Cells before a chart: the cursor. */
const GUTTER = 2;
/** A drawing of fewer rows gives none of them up for figures. */
const LEAST_PLOT = 8;

/** So many lines as it has rows, each exactly as wide as it is told. */
export function chartBlock(options: BlockOptions): readonly (readonly Segment[])[] {
  const { columns, rows, isCurrent, state, chart, isAlone } = options;
  const inner = columns - GUTTER;
  const figures =
    isAlone && rows - chart.lines.length - 2 >= LEAST_PLOT ? figureLines(options) : [];
  const body = bodyOf(options, inner, rows - 1 - figures.length);
  const head = headOf(options, inner, figures.length > 0);
  const gutter: Segment = isCurrent ? ['▌ ', 'accent'] : ['  ', 'text'];
  const lines = [head, ...body, ...figures].slice(0, rows);
  const isDim = state.trouble !== null && state.series !== null;
  return lines.map((line, i) => [
    i === 0 ? gutter : ['  ', 'text'],
    ...fitCell(isDim && i > 0 ? dimmed(line) : segmentsOf(line), {
      ...{ width: inner, align: 'left', cut: 'end' },
    }),
  ]);
}

/** What is no longer true looks so. */
const dimmed = (line: Cell): readonly Segment[] =>
  segmentsOf(line).map(([text]): Segment => [text, 'gone']);

function headOf({ chart, state, span, now }: BlockOptions, width: number, isShort: boolean): Cell {
  const { series, trouble } = state;
  const unit = chart.perSecond === true ? ' /s' : '';
  const period = Math.max(span.period, chart.finest);
  const coarse = period > span.period ? ` per ${periodText(period)}` : '';
  const title: readonly Segment[] = [
    [chart.title, 'title'],
    [`${unit}${coarse}  `, 'muted'],
  ];
  const left = width - cellWidth(title);
  const isEmpty = series?.every((each) => summaryOf(each) === null) !== false;
  if (trouble !== null && series !== null) {
    return [...title, [`not read again: ${trouble.reason}`, 'warn']];
  }
  if (series === null || isEmpty || isShort) return title;
  return [...title, ...legend(chart, series, left, now)];
}

function bodyOf(options: BlockOptions, columns: number, rows: number): readonly Cell[] {
  const { chart, state, why, span, zone, marks, now } = options;
  const { series, trouble } = state;
  const isEmpty = series?.every((each) => summaryOf(each) === null) === true;
  if (chart.off !== undefined) return message([[chart.off, 'muted']], columns, rows);
  if (series === null && trouble !== null) {
    return message([[trouble.reason, 'warn']], columns, rows, trouble.hint);
  }
  if (series === null) return message([['reading…', 'muted']], columns, rows);
  if (isEmpty) {
    return message(
      [[why?.reason ?? 'no points; finding out why…', 'muted']],
      columns,
      rows,
      why?.hint,
    );
  }
  const window = series[0] ?? windowOf(span, chart.finest, now);
  return plot({ series, window, unit: chart.unit, columns, rows, zone, marks });
}

/** Sentences in place of a drawing. */
function message(cell: Cell, columns: number, rows: number, hint = ''): readonly Cell[] {
  const width = columns - 2;
  const lines = [
    ...wrapCell(cell, width),
    ...(hint === '' ? [] : wrapCell([[hint, 'muted']], width)),
  ];
  const blank: readonly Cell[] = Array.from({ length: rows }, () => '');
  return [...lines, ...blank].slice(0, Math.max(0, rows));
}

/** A line of text for each line of the chart, in columns. */
function figureLines({ chart, state, now }: BlockOptions): readonly Cell[] {
  const { series } = state;
  if (series === null) return [];
  const widest = Math.max(...chart.lines.map(({ label }) => cellWidth(labelOf(label))));
  return [
    [['', 'text']],
    ...chart.lines.map(({ label }, line): Cell => {
      const name: Segment = [`${letterOf(line)} ${labelOf(label).padEnd(widest)}`, toneOf(line)];
      const own = series[line];
      const summary = own === undefined ? null : summaryOf(own);
      if (own === undefined || summary === null) return [name, ['  no points', 'muted']];
      return [name, ...figures(chart, own, summary, now)];
    }),
  ];
}

function figures(
  chart: Chart,
  series: Series,
  { lastAt, ...summary }: NonNullable<ReturnType<typeof summaryOf>>,
  now: number,
): readonly Segment[] {
  const { last, low, high, mean } = summary;
  const text = (value: number): string => unitText(value, chart.unit).padEnd(8);
  const missing = series.values.filter((value) => value === null).length;
  const gaps = missing === 0 ? '' : `  ${missing}/${series.values.length} unknown`;
  return [
    [`  now ${valueText(last, chart).padEnd(10)}`, 'strong'],
    [`  least ${text(low)} most ${text(high)} mean ${text(mean)}`.trimEnd(), 'muted'],
    [ageNote(series, { lastAt, ...summary }, now), 'warn'],
    [gaps, 'muted'],
  ];
}
