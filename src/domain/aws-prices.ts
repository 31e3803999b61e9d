/**
 * What asking CloudWatch and Managed Service for Prometheus costs, by list in us-east-1 in November 2026
 * (other regions differ by some per cent): what is shown of it is an estimate, marked as one.
 *
 * @see https://aws.amazon.com/cloudwatch/pricing/
 * @see https://aws.amazon.com/prometheus/pricing/
 */

/** For 1 GB that leaves AWS for the internet. Reading logs that were kept costs nothing else. */
export const TRANSFER_USD = 0.09;

/**
 * For a minute of Live Tail. The first 1,800 of an account's month are free, which is not reckoned with:
 * nobody here knows how many there were.
 */
export const LIVE_MINUTE_USD = 0.01;

/** For a metric that GetMetricData is asked for, and for a call of ListMetrics: nothing of it is free. */
export const METRIC_USD = 0.01 / 1000;

/**
 * For a sample that a question to Prometheus goes through. The first 200 billion of an account's month
 * are free, which is not reckoned with: nobody here knows how many there were.
 */
export const SAMPLE_USD = 0.1 / 1e9;

/** Dollars as a running meter shows them: `<$0.0001`, `~$0.0032`, `~$1.20`. */
export function usdWords(usd: number): string {
  if (usd < 0.0001) return '<$0.0001';
  if (usd >= 0.1) return `~$${usd.toFixed(2)}`;
  return `~$${usd.toFixed(4)}`;
}
