import { describe, expect, it } from 'vitest';
import { humanDuration } from '../../../src/core/duration.ts';

const S = 1000;
const M = 60 * S;
const H = 60 * M;
const D = 24 * H;
const Y = 365 * D;

describe('humanDuration', () => {
  // Each line is what apimachinery's HumanDuration gives on either side of one of its thresholds.
  it.each([
    [-2 * S, '<invalid>'],
    [-1 * S, '0s'],
    [-0.4 * S, '0s'],
    [0, '0s'],
    [78.9 * S, '78s'],
    [119 * S, '119s'],
    [2 * M, '2m'],
    [4 * M + 36 * S, '4m36s'],
    [10 * M - S, '9m59s'],
    [10 * M + 59 * S, '10m'],
    [179 * M + 59 * S, '179m'],
    [3 * H, '3h'],
    [3 * H + 12 * M, '3h12m'],
    [8 * H - M, '7h59m'],
    [8 * H + 59 * M, '8h'],
    [48 * H - S, '47h'],
    [2 * D, '2d'],
    [5 * D + 4 * H, '5d4h'],
    [8 * D - H, '7d23h'],
    [8 * D + 23 * H, '8d'],
    [2 * Y - H, '729d'],
    [2 * Y, '2y'],
    [2 * Y + 3 * D, '2y3d'],
    [8 * Y - D, '7y364d'],
    [8 * Y + 300 * D, '8y'],
    // As Go's longest duration, which kubectl's ages stop at.
    [285_000_000 * Y, '292y'],
    [Infinity, '292y'],
    [-Infinity, '<invalid>'],
    [NaN, '?'],
  ])('prints %d ms', (ms, text) => {
    expect(humanDuration(ms)).toBe(text);
  });
});
