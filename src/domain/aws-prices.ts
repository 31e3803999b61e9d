/**
 * What asking CloudWatch costs, by list in us-east-1 in November 2026 (other regions differ by some
 * per cent): what is shown of it is an estimate, marked as one.
 *
 * @see https://aws.amazon.com/cloudwatch/pricing/
 */

/** For 1 GB that leaves AWS for the internet. Reading logs costs nothing else. */
export const TRANSFER_USD = 0.09;

/** For a metric that GetMetricData is asked for, and for a call of ListMetrics: nothing of it is free. */
export const METRIC_USD = 0.01 / 1000;

/** Dollars as a running meter shows them: `<$0.0001`, `~$0.0032`, `~$1.20`. */
export function usdWords(usd: number): string {
  if (usd < 0.0001) return '<$0.0001';
  if (usd >= 0.1) return `~$${usd.toFixed(2)}`;
  return `~$${usd.toFixed(4)}`;
}
