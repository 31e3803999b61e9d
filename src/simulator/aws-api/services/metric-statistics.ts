/** What CloudWatch makes of the points of a period. */
import { meanOf, type Point } from '../../metric.ts';
import { ApiError } from '../api-error.ts';

/**
 * A statistic over some of the points of a period; null where it has none.
 *
 * @param weight how many points each of these stands for: of a long period only some are worked out
 */
export function statistic(stat: string, points: readonly Point[], weight: number): number | null {
  if (points.length === 0) return null;
  const means = points.map(meanOf);
  const sum = means.reduce((total, value) => total + value, 0);
  switch (stat) {
    case 'Average':
      return sum / points.length;
    case 'Maximum':
      return Math.max(...points.map((point) => (typeof point === 'number' ? point : point.high)));
    case 'Minimum':
      return Math.min(...points.map((point) => (typeof point === 'number' ? point : point.low)));
    case 'Sum':
      return sum * weight;
    case 'SampleCount':
      return Math.round(points.length * weight);
    default:
      return percentile(shareIn(stat), points);
  }
}

/** `p99` → 0.99. */
function shareIn(stat: string): number {
  const share = /^p(\d{1,2}(?:\.\d+)?|100)$/.exec(stat)?.[1];
  if (share !== undefined) return Number(share) / 100;
  throw new ApiError('ValidationError', 400, `The value ${stat} for parameter Stat is not valid.`);
}

/** Of values that are told one by one; of a spread, whose upper half is the longer the higher it goes. */
function percentile(share: number, points: readonly Point[]): number {
  const sorted = points
    .map((point) => {
      if (typeof point === 'number') return point;
      const { low, mean, high } = point;
      const from = share < 0.5 ? low : mean;
      const part = share < 0.5 ? 2 * share : (2 * share - 1) ** 2;
      return from + (share < 0.5 ? mean - low : high - mean) * part;
    })
    .sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
