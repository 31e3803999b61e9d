/** Which line of a chart is which: a letter, a colour, and its figures. */
import { humanDuration } from '../../core/duration.ts';
import { CLUSTER_TONES, type Segment, type Tone } from '../../core/styled.ts';
import { sanitize, textWidth, truncateMiddle } from '../../core/text.ts';
import type { Chart } from '../../domain/charts/chart.ts';
import { summaryOf, type Series, type Summary } from '../../domain/charts/series.ts';
import { unitText } from '../../domain/charts/units.ts';

/** The colours that tell clusters apart tell lines apart as well. */
export const toneOf = (line: number): Tone =>
  line < 0 ? 'text' : (CLUSTER_TONES[line % CLUSTER_TONES.length] ?? 'text');

/** `a` for the first line: it stands at the line's end, as colours alone tell nothing. */
export const letterOf = (line: number): string => String.fromCharCode(0x61 + (line % 26));

/** The longest label of a line (cells). */
const LABEL = 28;

/** Labels tell nothing any more when they are shorter than this: letters stand alone then. */
const LEAST_LABEL = 4;

/** A line's label, which may hold names of others. */
export const labelOf = (label: string, most = LABEL): string =>
  truncateMiddle(sanitize(label), most);

/** A value as a chart tells it: `12.3/s`. */
export const valueText = (value: number, { unit, perSecond }: Chart): string =>
  `${unitText(value, unit)}${perSecond === true ? '/s' : ''}`;

/** A newest value that is older than so many periods is told with its age. */
const STALE_PERIODS = 3;

/** How old the newest value is, where that is news; else empty. @param now ms */
export function ageNote(series: Series, { lastAt }: Summary, now: number): string {
  const age = now - lastAt;
  return age > STALE_PERIODS * series.period ? ` ${humanDuration(age)} ago` : '';
}

type Form = (text: Texts) => string;

/** Where there is room for no more. */
const SHORTEST: Form = (text) => `${text.last}${text.age}`;

/** How much is said of each line, the most first. */
const FORMS: readonly Form[] = [
  (text) => `${text.last} now${text.age}, ${text.low} to ${text.high}, mean ${text.mean}`,
  (text) => `${text.last}${text.age} (${text.low}–${text.high}, ø ${text.mean})`,
  (text) => `${text.last}${text.age} (${text.low}–${text.high})`,
  SHORTEST,
];

/** What never moved has no range that is worth telling. */
const saidIn = (form: Form, text: Texts): string =>
  text.low === text.high && form !== SHORTEST ? `${SHORTEST(text)}, steady` : form(text);

interface Texts {
  readonly last: string;
  readonly low: string;
  readonly high: string;
  readonly mean: string;
  readonly age: string;
}

/**
 * All lines with their figures, as much of these as fits: the newest value of each stands there when
 * labels have become short, and letters alone where there is no room for any.
 */
export function legend(
  chart: Chart,
  series: readonly Series[],
  width: number,
  now: number,
): readonly Segment[] {
  const forms = chart.lines.length > 1 ? FORMS.slice(1) : FORMS;
  const fits = (cell: readonly Segment[]): boolean => widthOf(cell) <= width;
  for (const form of forms) {
    const made = legendIn(form, chart, series, now);
    if (fits(made)) return made;
  }
  for (let most = LABEL - 1; most >= LEAST_LABEL; most--) {
    const made = legendIn(SHORTEST, chart, series, now, most);
    if (fits(made)) return made;
  }
  return legendIn(SHORTEST, chart, series, now, 0);
}

const widthOf = (cell: readonly Segment[]): number =>
  cell.reduce((sum, [text]) => sum + textWidth(text), 0);

function legendIn(
  form: Form,
  chart: Chart,
  series: readonly Series[],
  now: number,
  most = LABEL,
): readonly Segment[] {
  const isOne = chart.lines.length === 1;
  return chart.lines.flatMap(({ label }, line): Segment[] => {
    const own = series[line];
    const summary = own === undefined ? null : summaryOf(own);
    const said: Segment =
      own === undefined || summary === null
        ? ['none', 'muted']
        : [saidIn(form, textsOf(chart, own, summary, now)), 'strong'];
    if (isOne) return [said];
    const gap = line === 0 ? '' : '  ';
    const name = most === 0 ? '' : `${labelOf(label, most)} `;
    return [[`${gap}${letterOf(line)} ${name}`, toneOf(line)], said];
  });
}

function textsOf(chart: Chart, series: Series, summary: Summary, now: number): Texts {
  const { last, low, high, mean } = summary;
  return {
    last: valueText(last, chart),
    low: unitText(low, chart.unit),
    high: unitText(high, chart.unit),
    mean: unitText(mean, chart.unit),
    age: ageNote(series, summary, now),
  };
}
