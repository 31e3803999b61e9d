import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChartUnit } from '../../../../src/domain/charts/chart.ts';
import { periodText, scaleOf, unitText } from '../../../../src/domain/charts/units.ts';

const UNITS: readonly ChartUnit[] = ['count', 'bytes', 'seconds', 'percent'];

describe('a value as text', () => {
  it.each([
    [0, 'count', '0'],
    [0.000_5, 'count', '0.0005'],
    [1e-9, 'count', '~0'],
    [12.345, 'count', '12.3'],
    [4500, 'count', '4.5k'],
    [999.6, 'count', '1k'],
    [1_234_567, 'count', '1.23M'],
    [-3, 'count', '-3'],
    [NaN, 'count', '?'],
    [0, 'bytes', '0'],
    [1024, 'bytes', '1Ki'],
    [1.5 * 2 ** 20, 'bytes', '1.5Mi'],
    [2 ** 33, 'bytes', '8Gi'],
    [0, 'seconds', '0s'],
    [0.000_02, 'seconds', '20µs'],
    [0.0222, 'seconds', '22.2ms'],
    [0.9999, 'seconds', '1s'],
    [1.26, 'seconds', '1.26s'],
    [900, 'seconds', '15m'],
    [12.34, 'percent', '12.3%'],
    [100, 'percent', '100%'],
  ] as const)('%d %s is %s', (value, unit, text) => {
    expect(unitText(value, unit)).toBe(text);
  });

  it('is short, whatever it is', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.constantFrom(...UNITS), (value, unit) => {
        if (Math.abs(value) < 1e15) expect(unitText(value, unit).length).toBeLessThanOrEqual(9);
      }),
    );
  });

  it('of a period is in whole minutes or hours', () => {
    expect([60, 300, 3600].map(periodText)).toEqual(['1m', '5m', '1h']);
  });
});

describe('a scale', () => {
  it.each([
    [[0, 117], 'count', 2, { low: 0, high: 120, step: 60 }],
    [[0, 3], 'count', 2, { low: 0, high: 4, step: 2 }],
    [[0, 0.4], 'count', 2, { low: 0, high: 0.4, step: 0.2 }],
    [[0, 12.4], 'percent', 3, { low: 0, high: 15, step: 5 }],
    [[0, 100], 'percent', 4, { low: 0, high: 100, step: 25 }],
    [[0, 184 * 2 ** 20], 'bytes', 1, { low: 0, high: 192 * 2 ** 20, step: 192 * 2 ** 20 }],
    [[0, 0], 'count', 3, { low: 0, high: 1, step: 1 }],
    [[-4, 6], 'count', 3, { low: -4, high: 8, step: 4 }],
  ] as const)('over %j %s in %d steps', ([low, high], unit, most, scale) => {
    expect(scaleOf(low, high, unit, most)).toEqual(scale);
  });

  it('holds all values, in no more steps than fit, and is no more than twice as high', () => {
    const value = fc.double({ min: 1e-9, max: 1e15, noNaN: true });
    fc.assert(
      fc.property(
        value,
        fc.constantFrom(...UNITS),
        fc.integer({ min: 1, max: 20 }),
        (high, unit, most) => {
          const scale = scaleOf(0, high, unit, most);
          const steps = (scale.high - scale.low) / scale.step;
          expect(scale.high).toBeGreaterThanOrEqual(high * (1 - 1e-9));
          expect(steps).toBeLessThan(most + 1e-6);
          expect(Math.abs(steps - Math.round(steps))).toBeLessThan(1e-6);
          if (unit !== 'count') expect(scale.high).toBeLessThanOrEqual(high * 2.5);
        },
      ),
    );
  });
});
