import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCpu, formatMemory, parseQuantity } from '../../../src/core/quantity.ts';

describe('parseQuantity', () => {
  it.each([
    ['0', 0],
    ['100m', 0.1],
    ['3m', 0.003],
    ['1.5', 1.5],
    ['.5', 0.5],
    ['2.', 2],
    ['+1', 1],
    ['-250m', -0.25],
    ['1500000n', 0.0015],
    ['12u', 0.000012],
    ['1k', 1000],
    ['2M', 2e6],
    ['3G', 3e9],
    ['4T', 4e12],
    ['5P', 5e15],
    ['6E', 6e18],
    ['1Ki', 1024],
    ['64Mi', 64 * 1024 ** 2],
    ['1.5Gi', 1.5 * 1024 ** 3],
    ['2Ti', 2 * 1024 ** 4],
    ['1Pi', 1024 ** 5],
    ['1Ei', 1024 ** 6],
    ['12e6', 12e6],
    ['12E6', 12e6],
    ['1e-3', 0.001],
  ])('reads %s', (text, value) => {
    expect(parseQuantity(text)).toBe(value);
  });

  it.each(['', ' ', '1 Gi', 'Mi', '1K', '1mi', '1.2.3', '0x10', 'NaN', 'Infinity', '1e999', '--1'])(
    'refuses %j',
    (text) => {
      expect(parseQuantity(text)).toBeNull();
    },
  );

  it('never throws, and gives finite numbers only', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const value = parseQuantity(text);
        expect(value === null || Number.isFinite(value)).toBe(true);
      }),
    );
  });

  it('reads thousandths exactly', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (millis) => {
        expect(parseQuantity(`${millis}m`)).toBe(millis / 1000);
      }),
    );
  });
});

describe('formatCpu', () => {
  it.each([
    [0, '0m'],
    [0.0001, '1m'],
    [0.012, '12m'],
    [0.0121, '13m'],
    [0.999, '999m'],
    [0.9999, '1'],
    [1, '1'],
    [1.5, '1.5'],
    [1.234, '1.23'],
    [12.34, '12.3'],
    [128.4, '128'],
    [250_000, '250k'],
    [1e300, '>9999E'],
    [-1, '0m'],
    [NaN, '?'],
    [Infinity, '?'],
  ])('prints %d cores', (cores, text) => {
    expect(formatCpu(cores)).toBe(text);
  });

  it('prints every whole number of thousandths as that number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), (millis) => {
        expect(formatCpu(millis / 1000)).toBe(`${millis}m`);
      }),
    );
  });
});

describe('formatMemory', () => {
  const MI = 1024 ** 2;
  const GI = 1024 ** 3;
  it.each([
    [0, '0'],
    [512, '512'],
    [1024, '1Ki'],
    [88 * MI, '88Mi'],
    [1.2 * GI, '1.2Gi'],
    [2 * GI, '2Gi'],
    [1023.7 * MI, '1Gi'],
    [15.55 * GI, '15.6Gi'],
    [120.4 * GI, '120Gi'],
    [1023.9 * GI, '1Ti'],
    [3 * 1024 * GI, '3Ti'],
    [10 * 1024 ** 6, '10Ei'],
    [5000 * 1024 ** 6, '5000Ei'],
    [1e300, '>9999Ei'],
    [-1, '0'],
    [NaN, '?'],
    [-Infinity, '?'],
  ])('prints %d bytes', (bytes, text) => {
    expect(formatMemory(bytes)).toBe(text);
  });
});

describe('any number', () => {
  it('is a few characters', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        expect(formatCpu(value)).toMatch(/^(?:\?|>?\d{1,6}(?:\.\d{1,2})?[mkMGTPE]?)$/);
        expect(formatMemory(value)).toMatch(/^(?:\?|>?\d{1,4}(?:\.\d)?(?:[KMGTPE]i)?)$/);
      }),
    );
  });
});

describe('a text of very many digits', () => {
  it.each(['1'.repeat(100_000), `${'1'.repeat(50_000)}.${'1'.repeat(50_000)}`])(
    'is read, or is no quantity, without being tried in every way',
    (digits) => {
      // Would take 10^10 steps.
      expect(parseQuantity(`${digits}x`)).toBeNull();
      expect(parseQuantity('1e400')).toBeNull();
      expect(parseQuantity(`0.${digits.slice(0, 1000).replace('.', '')}`)).toBeCloseTo(0.111, 3);
    },
  );
});
