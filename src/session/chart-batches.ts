/** Puts charts together into as few calls of CloudWatch as it takes. */
import type { Chart } from '../domain/charts/chart.ts';
import type { Window } from '../domain/charts/span.ts';
import type { AwsCalls } from '../ports/aws-calls.ts';

/** A chart that is asked for. */
export interface Asked {
  /** Its place among the charts: its metrics go by it, `c3l0`. */
  readonly place: number;
  readonly chart: Chart;
  readonly window: Window;
}

/** One call, and the charts that it is for. */
export interface Batch {
  readonly asked: readonly Asked[];
  readonly input: AwsCalls['cloudwatch:GetMetricData']['input'];
}

/** CloudWatch takes so many metrics in a call, and answers with so many points. */
const MOST_METRICS = 500;
const MOST_POINTS = 100_800;

/** All charts in one call, or in as many as it takes. */
export function batchesOf(charts: readonly Asked[]): readonly Batch[] {
  const parts: Asked[][] = [];
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

const batchOf = (asked: readonly Asked[]): Batch => ({
  asked,
  input: {
    MetricDataQueries: asked.flatMap(({ place, chart, window }) =>
      chart.lines.map(({ metric }, line) => ({
        Id: `c${place}l${line}`,
        metric,
        Period: window.period / 1000,
      })),
    ),
    StartTime: Math.min(...asked.map(({ window }) => window.from)),
    EndTime: Math.max(...asked.map(({ window }) => window.to)),
  },
});
