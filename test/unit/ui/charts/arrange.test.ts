import { describe, expect, it } from 'vitest';
import { arrangement, scrolled } from '../../../../src/ui/charts/arrange.ts';

describe('charts', () => {
  it('stand below each other, and share the rows', () => {
    expect(arrangement(10, { columns: 78, rows: 19 })).toEqual({
      ...{ across: 1, columns: 78, heights: [7, 6, 6] },
    });
  });

  it('stand in two columns where it is wide', () => {
    expect(arrangement(5, { columns: 198, rows: 54 })).toEqual({
      ...{ across: 2, columns: 98, heights: [18, 18, 18] },
    });
  });

  it('are no higher than tells something, and one at least is there', () => {
    expect(arrangement(1, { columns: 78, rows: 54 }).heights).toEqual([20]);
    expect(arrangement(3, { columns: 78, rows: 4 }).heights).toEqual([4]);
  });

  it('scroll no further than the cursor asks for', () => {
    const three = arrangement(10, { columns: 78, rows: 19 });
    expect(scrolled(0, 2, 10, three)).toBe(0);
    expect(scrolled(0, 3, 10, three)).toBe(1);
    expect(scrolled(5, 4, 10, three)).toBe(4);
    expect(scrolled(9, 9, 10, three)).toBe(7);
  });
});
