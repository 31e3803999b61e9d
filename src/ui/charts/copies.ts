/** What of a chart can be taken along: its figures, and the question that they answer. */
import { shellLine } from '../../core/shell.ts';
import {
  isProm,
  type Chart,
  type ChartSet,
  type MetricChart,
  type PromChart,
} from '../../domain/charts/chart.ts';
import { rangeOf, type LabelValue } from '../../domain/charts/promql.ts';
import type { Series } from '../../domain/charts/series.ts';
import { windowOf, type Span } from '../../domain/charts/span.ts';
import type { AwsScope } from '../../ports/aws.ts';
import type { WorkspaceAnswer } from '../../session/index.ts';
import type { CopyChoice } from '../pane.ts';

const quoted = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** Times and values, a column for each line; what is not known is empty. */
export function figuresCsv(chart: Chart, series: readonly Series[]): string {
  const unit = `${chart.unit}${chart.perSecond === true ? '/s' : ''}`;
  const head = ['time', ...chart.lines.map(({ label }) => `${chart.title} ${label} (${unit})`)];
  const [first] = series;
  const rows = (first?.values ?? []).map((_, i) => [
    new Date((first?.from ?? 0) + i * (first?.period ?? 0)).toISOString(),
    ...series.map(({ values }) => String(values[i] ?? '')),
  ]);
  return [head, ...rows].map((row) => `${row.map(quoted).join(',')}\n`).join('');
}

/** A name for the file of a chart's figures. */
export const csvName = ({ title }: ChartSet, chart: Chart, { id }: Span): string =>
  `${`${title}-${chart.title}-${id}`.replace(/[^\w.-]+/g, '-')}.csv`;

/** The aws line that asks for the metrics of a chart. @param now ms */
export function awsLine(
  { lines, finest }: MetricChart,
  span: Span,
  { profile, region }: AwsScope,
  now: number,
): string {
  const { from, to, period } = windowOf(span, finest, now);
  const queries = lines.map(({ metric, label }, i) => ({
    Id: `m${i}`,
    Label: label,
    MetricStat: {
      Metric: {
        Namespace: metric.namespace,
        MetricName: metric.name,
        Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: period / 1000,
      Stat: metric.stat,
    },
  }));
  return shellLine([
    ...['aws', 'cloudwatch', 'get-metric-data', '--region', region],
    ...(profile === '' ? [] : ['--profile', profile]),
    ...['--start-time', new Date(from).toISOString(), '--end-time', new Date(to).toISOString()],
    ...['--metric-data-queries', JSON.stringify(queries)],
  ]);
}

/** A chart, and what is known of it. */
export interface Copied {
  readonly chart: Chart;
  readonly span: Span;
  /** Null: it has not been read. */
  readonly series: readonly Series[] | null;
  /** What can be done where it has no points. */
  readonly hint: string;
  readonly scope: AwsScope;
  readonly prometheus: WorkspaceAnswer | null;
  /** ms */
  readonly now: number;
}

/** What of a chart can be copied. */
export function copiesOf({ chart, series, hint, ...asked }: Copied): readonly CopyChoice[] {
  const turnsOn = hint.replace(/^.*?: (?=aws )/, '');
  const figures =
    series === null
      ? []
      : [{ label: `the figures of ${chart.title} as CSV`, text: figuresCsv(chart, series) }];
  return [
    ...figures,
    question(chart, asked),
    ...(turnsOn.startsWith('aws ') && series !== null
      ? [{ label: 'the aws line that turns them on', text: turnsOn }]
      : []),
  ];
}

/** What asks for the figures of a chart. */
function question(
  chart: Chart,
  { span, scope, prometheus, now }: Omit<Copied, 'chart' | 'series' | 'hint'>,
): CopyChoice {
  if (!isProm(chart)) {
    const text = awsLine(chart, span, scope, now);
    return { label: 'the aws line that asks for them', text };
  }
  const own = prometheus?.is === 'found' ? prometheus.own : null;
  return { label: 'the PromQL that asks for them', text: promText(chart, span, own) };
}

/** A comment and a query for each line. */
const promText = ({ lines, finest }: PromChart, span: Span, own: LabelValue | null): string =>
  lines
    .map(({ label, query }) => {
      const range = rangeOf(Math.max(span.period, finest));
      return `# ${label}\n${query({ own, range })}\n`;
    })
    .join('');
