/** A chart: figures of one thing over time, as its definition says which. */
import type { Metric } from './metric.ts';
import type { PromQuery } from './promql.ts';

/** What a chart's figures are measured in. */
export type ChartUnit = 'count' | 'bytes' | 'seconds' | 'percent';

/** Figures that are drawn over the same scale: of CloudWatch, or of a Prometheus. */
export type Chart = MetricChart | PromChart;

/** What all charts have. */
interface AnyChart {
  readonly title: string;
  readonly unit: ChartUnit;
  /** The figures are for each second; sums over a period of CloudWatch are made so, others are. */
  readonly perSecond?: true;
  /** How far its points are apart at least (s): finer periods would have holes. */
  readonly finest: number;
  /** Why there may be no points though they are sent, in a sentence. */
  readonly quiet: string;
  /**
   * The title of the chart before it that tells when there was anything to count: its metrics are
   * sent only where they are more than none, and none is 0 where the first line of that has a value.
   */
  readonly countsOf?: string;
  /** Why it is not even asked for; absent: it is. */
  readonly off?: string;
}

/** A chart of metrics of CloudWatch. */
export interface MetricChart extends AnyChart {
  readonly lines: readonly ChartLine[];
  /** An agent in the cluster measures it that another may stand for; absent: AWS does itself. */
  readonly agent?: 'cloudwatch';
  /** What sends its metrics, where that may not be there at all; absent: it always is. */
  readonly sender?: Sender;
}

/** A chart of what a Prometheus answers. */
export interface PromChart extends AnyChart {
  readonly lines: readonly PromLine[];
  readonly agent: 'prometheus';
}

/** One line of a chart. */
export interface ChartLine {
  /** A word or two; may hold names of others. */
  readonly label: string;
  readonly metric: Metric;
}

/** One line of a chart of Prometheus. */
export interface PromLine {
  /** As that of a {@link ChartLine}. */
  readonly label: string;
  /** Has one series at most. */
  readonly query: PromQuery;
}

/** What measures inside a cluster: Container Insights of CloudWatch, or a Prometheus. */
export type ChartAgent = NonNullable<Chart['agent']>;

/** Is it asked of a Prometheus? */
export const isProm = (chart: Chart): chart is PromChart => chart.agent === 'prometheus';

/** What sends metrics, or does not: told from what CloudWatch lists of the last two weeks. */
export interface Sender {
  readonly namespace: string;
  /** What all of its metrics of the thing have. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** What is so where nothing is listed. */
  readonly missing: string;
  /** What can be done about it, else empty. */
  readonly hint: string;
}

/** The charts of a row. */
export interface ChartSet {
  /** Of what, for the title: `cluster shop-prod`. */
  readonly title: string;
  /** All there may be: of what two agents measure, each has its own, and one of them is shown. */
  readonly charts: readonly Chart[];
}

/** The agents that charts of a set are told apart by. */
export const agentsOf = ({ charts }: ChartSet): ReadonlySet<ChartAgent> =>
  new Set(charts.flatMap(({ agent }) => agent ?? []));

/** The places of the charts that are shown where one agent's are: those of no agent always. */
export const placesOf = ({ charts }: ChartSet, agent: ChartAgent): readonly number[] =>
  charts.flatMap((chart, place) =>
    chart.agent === undefined || chart.agent === agent ? [place] : [],
  );
