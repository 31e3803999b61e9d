/** A chart: figures of one thing over time, as its definition says which. */
import type { Metric } from './metric.ts';

/** What a chart's figures are measured in. */
export type ChartUnit = 'count' | 'bytes' | 'seconds' | 'percent';

/** One line of a chart. */
export interface ChartLine {
  /** A word or two; may hold names of others. */
  readonly label: string;
  readonly metric: Metric;
}

/** Figures that are drawn over the same scale. */
export interface Chart {
  readonly title: string;
  readonly unit: ChartUnit;
  /** The figures are for each second; sums over a period are made so, others are. */
  readonly perSecond?: true;
  readonly lines: readonly ChartLine[];
  /** How far its points are apart at least (s): finer periods would have holes. */
  readonly finest: number;
  /** Why there may be no points though they are sent, in a sentence. */
  readonly quiet: string;
  /**
   * The title of the chart before it that tells when there was anything to count: its metrics are
   * sent only where they are more than none, and none is 0 where the first line of that has a value.
   */
  readonly countsOf?: string;
  /** What sends its metrics, where that may not be there at all; absent: it always is. */
  readonly sender?: Sender;
  /** Why it is not even asked for; absent: it is. */
  readonly off?: string;
}

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
  readonly charts: readonly Chart[];
}
