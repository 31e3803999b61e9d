/** How charts are read, wherever from: as few questions as it takes, each about some of them. */
import type { Chart } from '../domain/charts/chart.ts';
import type { AwsFault } from '../domain/aws-fault.ts';
import type { Series } from '../domain/charts/series.ts';
import type { Window } from '../domain/charts/span.ts';
import type { AwsDoor } from '../ports/aws.ts';
import type { MetricMeter } from './metric-meter.ts';

/** A chart that is asked for. */
export interface Asked<C extends Chart = Chart> {
  /** Its place among the charts: its lines go by it, `c3l0`. */
  readonly place: number;
  readonly chart: C;
  readonly window: Window;
}

/** One question, and the charts that it is about. */
export interface ChartRead {
  readonly asked: readonly Asked[];
  /** The series of each chart, by its place, or why it has none. Rejects where none of them has. */
  readonly read: (
    signal: AbortSignal,
  ) => Promise<ReadonlyMap<number, readonly Series[] | AwsFault>>;
}

/** What is asked with. */
export interface ReadTools {
  readonly door: AwsDoor;
  readonly meter: MetricMeter;
}

/** What the answer to a line goes by. */
export const lineId = (place: number, line: number): string => `c${place}l${line}`;
