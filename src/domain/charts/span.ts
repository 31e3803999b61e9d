/** How far back charts go, and in what periods CloudWatch is asked for it. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A stretch of time up to now. */
export interface Span {
  readonly id: string;
  /** ms */
  readonly length: number;
  /** What one point stands for (s). */
  readonly period: number;
}

/**
 * The spans there are. Points of a minute are kept for 15 days, of five minutes for 63: each period is
 * there as far back as its span goes, and has no more points than a screen has dots.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html
 */
export const SPANS = [
  { id: '1h', length: HOUR, period: 60 },
  { id: '3h', length: 3 * HOUR, period: 60 },
  { id: '12h', length: 12 * HOUR, period: 300 },
  { id: '1d', length: DAY, period: 300 },
  { id: '7d', length: 7 * DAY, period: 3600 },
] as const satisfies readonly Span[];

/** Whole periods: what is asked for, and what a chart shows. */
export interface Window {
  /** ms; from it on. */
  readonly from: number;
  /** ms; before it. The period that is still running is none of it: a part of it would look low. */
  readonly to: number;
  /** ms */
  readonly period: number;
}

/** The whole periods of a span up to now. @param finest s */
export function windowOf({ length, period }: Span, finest: number, now: number): Window {
  const step = 1000 * Math.max(period, finest);
  const to = Math.floor(now / step) * step;
  return { from: to - length, to, period: step };
}
