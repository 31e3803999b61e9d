/** What of a chart can be taken along: its figures, and the question that they answer. */
import { shellLine } from '../../core/shell.ts';
import type { Chart } from '../../domain/charts/chart.ts';
import type { Series } from '../../domain/charts/series.ts';
import { windowOf, type Span } from '../../domain/charts/span.ts';
import type { AwsScope } from '../../ports/aws.ts';

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

/** The aws line that asks for the metrics of a chart. @param now ms */
export function awsLine(
  { lines, finest }: Chart,
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
