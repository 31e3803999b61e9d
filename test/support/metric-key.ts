import type { Metric } from '../../src/domain/charts/metric.ts';

/** What tells a metric and its statistic from all others. */
export const metricKey = ({ namespace, name, dimensions, stat }: Metric): string =>
  JSON.stringify([namespace, name, Object.entries(dimensions).sort(), stat]);
