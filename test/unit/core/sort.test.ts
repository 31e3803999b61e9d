import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sorted } from '../../../src/core/sort.ts';
import { finished } from '../../../src/core/work.ts';

interface Item {
  readonly key: number;
  readonly place: number;
}
const byKey = (a: Item, b: Item): number => a.key - b.key;

describe('sorting in pieces', () => {
  it('gives what sorting at once does, equal ones in the order they had', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), fc.integer({ min: 1, max: 9 }), (keys, piece) => {
        const items = keys.map((key, place) => ({ key, place }));
        expect(finished(sorted([...items], byKey, piece))).toEqual([...items].sort(byKey));
      }),
    );
  });

  it('compares each but once with its neighbour where all is in order', () => {
    let compared = 0;
    const count = (a: number, b: number): number => {
      compared++;
      return a - b;
    };
    const items = Array.from({ length: 5000 }, (_, i) => i);
    expect(finished(sorted([...items], count, 100))).toEqual(items);
    expect(compared).toBeLessThan(1.1 * items.length);
  });

  it('compares no more in a piece than sorting that many does, and not more than twice in all', () => {
    let compared = 0;
    const count = (a: number, b: number): number => {
      compared++;
      return a - b;
    };
    const items = Array.from({ length: 5000 }, (_, i) => (i * 7919) % 5003);
    const pieces: number[] = [];
    const work = sorted([...items], count, 100);
    let before = 0;
    while (work.next().done !== true) {
      pieces.push(compared - before);
      before = compared;
    }
    const inAll = compared;
    compared = 0;
    [...items].sort(count);
    expect(Math.max(...pieces)).toBeLessThan(100 * Math.log2(100));
    expect(inAll).toBeLessThan(2 * compared);
  });
});
