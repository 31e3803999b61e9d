/**
 * Reads charts of Prometheus: all of them that go over the same time in one question, whose answers are
 * told apart by a label that the question gives them.
 */
import type { PromChart } from '../domain/charts/chart.ts';
import { quoted, rangeOf } from '../domain/charts/promql.ts';
import { seriesOf, type Points, type Series } from '../domain/charts/series.ts';
import type { Window } from '../domain/charts/span.ts';
import type { PromSeries } from '../ports/aws/aps-calls.ts';
import { lineId, type Asked, type ChartRead, type ReadTools } from './chart-reads.ts';
import type { FoundWorkspace } from './workspace-look.ts';

type AskedQueries = Asked<PromChart>;

/** By this label answers are told apart. */
const LINE = 'ekscope_line';

/** A question that would cost more than about ten cents is refused, and costs nothing. */
export const MOST_SAMPLES = 1_000_000_000;

/** The questions that read charts. */
export const promReads = (
  charts: readonly AskedQueries[],
  { workspace, own }: FoundWorkspace,
  { door, meter }: ReadTools,
): readonly ChartRead[] =>
  [...Map.groupBy(charts, ({ window }) => `${window.from}/${window.to}/${window.period}`)].flatMap(
    ([, asked]): ChartRead[] => {
      const [first] = asked;
      if (first === undefined) return [];
      const { window } = first;
      const step = window.period / 1000;
      const scope = { own, range: rangeOf(step) };
      const query = asked
        .flatMap(({ place, chart }) =>
          chart.lines.map(
            (line, i) =>
              `label_replace(${line.query(scope)}, "${LINE}", ${quoted(lineId(place, i))}, "", "")`,
          ),
        )
        .join('\nor ');
      const input = {
        ...{ workspaceId: workspace.id, region: workspace.region },
        ...{ query, step, mostSamples: MOST_SAMPLES },
        // A point is what was so at the end of a period.
        ...{ start: window.from + window.period, end: window.to },
      };
      return [
        {
          asked,
          async read(signal) {
            const { series, samples } = await door.call('aps:QueryMetrics', input, signal);
            meter.questioned(samples);
            const found = new Map(series.map((each) => [each.labels[LINE], each]));
            return new Map(
              asked.map(({ place, chart }) => [
                place,
                chart.lines.map((_, i) => laidOut(found.get(lineId(place, i)), window)),
              ]),
            );
          },
        },
      ];
    },
  );

function laidOut(series: PromSeries | undefined, window: Window): Series {
  const points: Points = {
    Timestamps: (series?.points ?? []).map(([at]) => at - window.period),
    Values: (series?.points ?? []).map(([, value]) => value),
  };
  return seriesOf(points, window, false);
}
