/** What CloudWatch makes of the points of a period. */
import { ApiError } from '../api-error.ts';

/**
 * A statistic over some of the points of a period; null where it has none.
 *
 * @param weight how many points each of these stands for: of a long period only some are worked out
 */
export function statistic(stat: string, values: readonly number[], weight: number): number | null {
  if (values.length === 0) return null;
  const sum = values.reduce((total, value) => total + value, 0);
  const mean = sum / values.length;
  switch (stat) {
    case 'Average':
      return mean;
    case 'Maximum':
      return Math.max(...values);
    case 'Minimum':
      return Math.min(...values);
    case 'Sum':
      return sum * weight;
    case 'SampleCount':
      return Math.round(values.length * weight);
    default:
      return percentile(stat, values);
  }
}

function percentile(stat: string, values: readonly number[]): number {
  const share = /^p(\d{1,2}(?:\.\d+)?|100)$/.exec(stat)?.[1];
  if (share === undefined) {
    throw new ApiError(
      'ValidationError',
      400,
      `The value ${stat} for parameter Stat is not valid.`,
    );
  }
  const sorted = [...values].sort((a, b) => a - b);
  return (
    sorted[Math.min(sorted.length - 1, Math.floor((Number(share) / 100) * sorted.length))] ?? 0
  );
}
