/** Calls of CloudWatch. Each costs money: by the metric, or by the call. */
import type { Metric } from '../../domain/charts/metric.ts';

/** Calls of CloudWatch. */
export interface CloudWatchCalls {
  /** At most 500 queries and 100,800 points in one call; all pages of them. */
  'cloudwatch:GetMetricData': {
    input: {
      readonly MetricDataQueries: readonly MetricQuery[];
      /** ms; from it on. */
      readonly StartTime: number;
      /** ms; before it. */
      readonly EndTime: number;
    };
    output: { readonly MetricDataResults: readonly MetricResult[] };
  };
  /**
   * The first page, at most 500: metrics that had points in the last two weeks and have at least
   * these dimensions.
   */
  'cloudwatch:ListMetrics': {
    input: {
      readonly Namespace: string;
      readonly MetricName?: string;
      readonly Dimensions: readonly {
        readonly Name: string;
        /** Absent: any. */
        readonly Value?: string;
      }[];
    };
    output: { readonly Metrics: readonly { readonly MetricName: string }[] };
  };
}

/** A question about one metric. */
export interface MetricQuery {
  /** What its answer goes by: a small letter first, then letters and digits. */
  readonly Id: string;
  readonly metric: Metric;
  /** Seconds, a multiple of 60. */
  readonly Period: number;
}

/** What CloudWatch has of one metric: a value for each time, where there is one. */
export interface MetricResult {
  readonly Id: string;
  /** `Complete`, `PartialData`, `InternalError` or `Forbidden`. */
  readonly StatusCode: string;
  /** The beginnings of periods (ms), oldest first. */
  readonly Timestamps: readonly (number | null)[];
  readonly Values: readonly (number | null)[];
}
