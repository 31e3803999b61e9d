import { describe, expect, it } from 'vitest';
import { compareNatural } from '../../../src/core/compare.ts';

describe('compareNatural', () => {
  it('counts as people do', () => {
    const names = ['web-10', 'web-2', 'web', 'api-1', 'web-02', 'web-2b', 'web-1'];
    expect([...names].sort(compareNatural)).toEqual([
      'api-1',
      'web',
      'web-1',
      'web-02',
      'web-2',
      'web-2b',
      'web-10',
    ]);
  });

  it('is an order', () => {
    const words = ['', 'a', 'a1', 'a10', 'a2', 'a01', '1', '10', '2', 'b', 'a1b', 'a1a'];
    for (const a of words) {
      for (const b of words) {
        expect(Math.sign(compareNatural(a, b))).toBe(-Math.sign(compareNatural(b, a)) + 0);
        for (const c of words) {
          if (compareNatural(a, b) < 0 && compareNatural(b, c) < 0)
            expect(compareNatural(a, c), `${a} ${b} ${c}`).toBeLessThan(0);
        }
      }
    }
  });
});
