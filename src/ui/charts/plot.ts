/** The drawing of a chart: lines over a scale and over time, with gaps where nothing is known. */
import { timeMarks, type MarkZone } from '../../core/time-marks.ts';
import type { Segment, Tone } from '../../core/styled.ts';
import { textWidth } from '../../core/text.ts';
import type { ChartUnit } from '../../domain/charts/chart.ts';
import type { Series } from '../../domain/charts/series.ts';
import type { Window } from '../../domain/charts/span.ts';
import { scaleOf, unitText, type Scale } from '../../domain/charts/units.ts';
import { Canvas, type Marks } from './canvas.ts';
import { letterOf, toneOf } from './legend.ts';

/** What is drawn, and on how much room. */
export interface PlotOptions {
  readonly series: readonly Series[];
  readonly window: Window;
  readonly unit: ChartUnit;
  readonly columns: number;
  /** With the line of times at the bottom. */
  readonly rows: number;
  readonly zone: MarkZone;
  readonly marks: Marks;
}

/** Cells that a time at the bottom takes, with some air. */
const TIME_CELLS = 14;
/** Rows from one mark of the scale to the next, at least, and how many marks tell enough. */
const MARK_ROWS = 2;
const MOST_MARKS = 6;

/** The lines of a plot, each exactly as wide as it is told. */
export function plot(options: PlotOptions): readonly (readonly Segment[])[] {
  const { series, window, unit, columns, zone, marks } = options;
  const rows = Math.max(1, options.rows - 1);
  const known = series.flatMap(({ values }) => values.filter((value) => value !== null));
  const [low, high] = known.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [0, 0],
  );
  const scale = scaleOf(
    low,
    high,
    unit,
    Math.max(1, Math.min(MOST_MARKS, Math.floor((rows - 1) / MARK_ROWS))),
  );
  const labels = scaleLabels(scale, unit, rows);
  const left = Math.max(...labels.map(textWidth));
  // What letters say which line is which takes a cell for each, where there are several.
  const right = series.length > 1 ? series.length : 0;
  const width = Math.max(1, columns - left - 1 - right);
  const canvas = new Canvas(width, rows, marks);
  // The first line is the one that matters most: it is drawn over the others.
  for (let i = series.length - 1; i >= 0; i--) drawLine(canvas, series[i], window, scale, i);
  const ends = lineEnds(series, scale, rows);
  return [
    ...Array.from({ length: rows }, (_, row): readonly Segment[] => {
      const label = labels[row] ?? '';
      const letters = right === 0 ? [] : lettersOf(ends[row] ?? [], right);
      return [
        [label.padStart(left), 'muted'],
        [label === '' ? bar(marks) : tick(marks), 'border'],
        ...canvas.row(row).map(({ glyph, line }): Segment => [glyph, toneOf(line)]),
        ...letters,
      ];
    }),
    timeLine(window, { left: left + 1, width, right }, zone),
  ];
}

const bar = (marks: Marks): string => (marks === 'ascii' ? '|' : '│');
const tick = (marks: Marks): string => (marks === 'ascii' ? '+' : '┤');

function drawLine(
  canvas: Canvas,
  series: Series | undefined,
  { from, to }: Window,
  { low, high }: Scale,
  line: number,
): void {
  if (series === undefined) return;
  let before: readonly [x: number, y: number] | null = null;
  series.values.forEach((value, i) => {
    if (value === null) {
      before = null;
      return;
    }
    // A period stands where it begins and ends: in its middle.
    const at = series.from + (i + 0.5) * series.period;
    const x = Math.round(((at - from) / (to - from)) * canvas.width - 0.5);
    const y = Math.round((1 - (value - low) / (high - low)) * (canvas.height - 1));
    if (before === null) canvas.dot(x, y, line);
    else canvas.stroke(before[0], before[1], x, y, line);
    before = [x, y];
  });
}

/** The row of a value, from the top. */
const rowOf = (value: number, { low, high }: Scale, rows: number): number =>
  Math.round((1 - (value - low) / (high - low)) * (rows - 1));

/** What stands before each row: the marks of the scale, no two in one row. */
function scaleLabels(scale: Scale, unit: ChartUnit, rows: number): readonly string[] {
  const labels = Array.from({ length: rows }, () => '');
  const steps = Math.round((scale.high - scale.low) / scale.step);
  for (let i = 0; i <= steps; i++) {
    const value = scale.low + i * scale.step;
    const row = rowOf(value, scale, rows);
    if (labels[row] === '') labels[row] = unitText(Number(value.toPrecision(12)), unit);
  }
  return labels;
}

/** Which lines end in which row: what their newest value is. */
function lineEnds(
  series: readonly Series[],
  scale: Scale,
  rows: number,
): readonly (readonly number[])[] {
  const ends: number[][] = Array.from({ length: rows }, () => []);
  series.forEach(({ values }, line) => {
    const last = values.findLast((value) => value !== null);
    if (last != null) ends[rowOf(last, scale, rows)]?.push(line);
  });
  return ends;
}

const lettersOf = (lines: readonly number[], width: number): readonly Segment[] => [
  ...lines.map((line): Segment => [letterOf(line), toneOf(line)]),
  [' '.repeat(width - lines.length), 'text'],
];

/** Round times under the places where they are; what has no room is left out. */
function timeLine(
  { from, to }: Window,
  { left, width, right }: { readonly left: number; readonly width: number; readonly right: number },
  zone: MarkZone,
): readonly Segment[] {
  const most = Math.max(1, Math.floor(width / TIME_CELLS));
  let line = ' '.repeat(left);
  for (const { at, text } of timeMarks(from, to, most, zone)) {
    const middle = left + ((at - from) / (to - from)) * width;
    const start = Math.min(Math.round(middle - text.length / 2), left + width - text.length);
    if (start < line.length + (line.trim() === '' ? 0 : 1)) continue;
    line = line.padEnd(start) + text;
  }
  return [[line.padEnd(left + width + right), 'muted' satisfies Tone]];
}
