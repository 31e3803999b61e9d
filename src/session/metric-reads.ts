/** Reads charts of CloudWatch, in as few calls as it takes. */
import { AwsFault } from '../domain/aws-fault.ts';
import type { MetricChart } from '../domain/charts/chart.ts';
import { seriesOf, type Series } from '../domain/charts/series.ts';
import type { AwsCalls } from '../ports/aws-calls.ts';
import type { MetricResult } from '../ports/aws/cloudwatch-calls.ts';
import { lineId, type Asked, type ChartRead, type ReadTools } from './chart-reads.ts';

type AskedMetrics = Asked<MetricChart>;

/** One call, and the charts that it is for. */
interface Batch {
  readonly asked: readonly AskedMetrics[];
  readonly input: AwsCalls['cloudwatch:GetMetricData']['input'];
}

/** CloudWatch takes so many metrics in a call, and answers with so many points. */
const MOST_METRICS = 500;
const MOST_POINTS = 100_800;

/** The calls that read charts. */
export const metricReads = (
  charts: readonly AskedMetrics[],
  { door, meter }: ReadTools,
): readonly ChartRead[] =>
  batchesOf(charts).map(({ asked, input }) => ({
    asked,
    async read(signal) {
      meter.asked(input.MetricDataQueries.length);
      const answer = await door.call('cloudwatch:GetMetricData', input, signal);
      const results = new Map(answer.MetricDataResults.map((each) => [each.Id, each]));
      return new Map(asked.map((each) => [each.place, answered(each, results)]));
    },
  }));

function answered(
  { place, chart, window }: AskedMetrics,
  results: ReadonlyMap<string, MetricResult>,
): readonly Series[] | AwsFault {
  const answers = chart.lines.map((_, line) => results.get(lineId(place, line)));
  const refused = answers.find((each) => each && !DONE.has(each.StatusCode));
  if (refused !== undefined) {
    return new AwsFault('busy', `CloudWatch answers ${refused.StatusCode || 'nothing'}`);
  }
  return answers.map((each, line) => seriesOf(each ?? NO_POINTS, window, isRate(chart, line)));
}

const DONE: ReadonlySet<string> = new Set(['Complete', 'PartialData']);

const NO_POINTS = { Timestamps: [], Values: [] };

/** A sum over a period becomes what it is in a second; what is none is so already. */
const isRate = ({ perSecond, lines }: MetricChart, line: number): boolean =>
  perSecond === true && lines[line]?.metric.stat === 'Sum';

/** All charts in one call, or in as many as it takes. */
function batchesOf(charts: readonly AskedMetrics[]): readonly Batch[] {
  const parts: AskedMetrics[][] = [];
  let [metrics, points] = [0, 0];
  for (const asked of charts) {
    const { lines } = asked.chart;
    const { from, to, period } = asked.window;
    // One more: windows end where their own periods do, and a call is for all of them.
    const own = lines.length * (Math.ceil((to - from) / period) + 1);
    const last = parts.at(-1);
    if (last === undefined || metrics + lines.length > MOST_METRICS || points + own > MOST_POINTS) {
      parts.push([asked]);
      [metrics, points] = [lines.length, own];
    } else {
      last.push(asked);
      metrics += lines.length;
      points += own;
    }
  }
  return parts.map(batchOf);
}

const batchOf = (asked: readonly AskedMetrics[]): Batch => ({
  asked,
  input: {
    MetricDataQueries: asked.flatMap(({ place, chart, window }) =>
      chart.lines.map(({ metric }, line) => ({
        Id: lineId(place, line),
        metric,
        Period: window.period / 1000,
      })),
    ),
    StartTime: Math.min(...asked.map(({ window }) => window.from)),
    EndTime: Math.max(...asked.map(({ window }) => window.to)),
  },
});
