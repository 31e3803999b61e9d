import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  HOME,
  jump,
  move,
  page,
  followRows,
  type Cursor,
} from '../../../../src/ui/table/scroll.ts';

const rows = (names: string | readonly string[]) => {
  const all = Array.from(names);
  return {
    length: all.length,
    keyOf: ({ uid }: { uid: string }) => uid,
    indexOf: (key: string) => all.indexOf(key),
    at: (i: number) => (all[i] === undefined ? undefined : { uid: all[i] }),
  };
};
const at = (key: string, index: number, top: number): Cursor => ({ key, index, top });

describe('the cursor', () => {
  it('stays on its object, and the object on its line, when rows come in above', () => {
    expect(followRows(at('d', 3, 2), rows('xyabcdefgh'), 4)).toEqual(at('d', 5, 4));
  });

  it('lets rows come in above while the window stands at the top', () => {
    expect(followRows(at('b', 1, 0), rows('xabcdef'), 4)).toEqual(at('b', 2, 0));
  });

  it('stays on the first row, whichever that is, until it is moved', () => {
    expect(followRows(HOME, rows('new'), 4)).toBe(HOME);
  });

  it('goes to the neighbour when its object vanishes', () => {
    expect(followRows(at('c', 2, 0), rows('abde'), 4)).toEqual(at('d', 2, 0));
    expect(followRows(at('e', 4, 1), rows('abcd'), 4)).toEqual(at('d', 3, 0));
  });

  it('finds its object again after all rows were gone', () => {
    const lost = followRows(at('c', 2, 0), rows(''), 4);
    expect(followRows(lost, rows('abcd'), 4)).toEqual(at('c', 2, 0));
  });

  it('moves the window only when it has to', () => {
    expect(move(at('a', 0, 0), 3, rows('abcdef'), 4)).toEqual(at('d', 3, 0));
    expect(move(at('d', 3, 0), 1, rows('abcdef'), 4)).toEqual(at('e', 4, 1));
    expect(move(at('b', 1, 1), -1, rows('abcdef'), 4)).toEqual(at('a', 0, 0));
    expect(move(at('f', 5, 2), 1, rows('abcdef'), 4)).toEqual(at('f', 5, 2));
  });

  it('pages with one row in common, and jumps to either end', () => {
    expect(page(at('a', 0, 0), 1, rows('abcdefghij'), 4)).toEqual(at('d', 3, 3));
    expect(page(at('d', 3, 3), -1, rows('abcdefghij'), 4)).toEqual(at('a', 0, 0));
    expect(jump('bottom', rows('abcdef'), 4)).toEqual(at('f', 5, 2));
    expect(jump('top', rows('abcdef'), 4)).toEqual(HOME);
  });

  it('is always on a row of the window, and the window full where it can be', () => {
    const step = fc.oneof(
      fc.record({ move: fc.integer({ min: -9, max: 9 }) }),
      fc.record({ page: fc.constantFrom(1 as const, -1 as const) }),
      fc.record({ rows: fc.uniqueArray(fc.constantFrom(...Array.from('abcdefghijklmnop'))) }),
    );
    fc.assert(
      fc.property(fc.array(step), fc.integer({ min: 1, max: 8 }), (steps, height) => {
        let list = rows('abcdef');
        let cursor = HOME;
        for (const each of steps) {
          if ('rows' in each) list = rows(each.rows);
          cursor = followRows(cursor, list, height);
          if ('move' in each) cursor = move(cursor, each.move, list, height);
          if ('page' in each) cursor = page(cursor, each.page, list, height);
          if (list.length === 0) continue;
          expect(cursor.index).toBeGreaterThanOrEqual(cursor.top);
          expect(cursor.index).toBeLessThan(Math.min(list.length, cursor.top + height));
          expect(cursor.top).toBeLessThanOrEqual(Math.max(0, list.length - height));
        }
      }),
    );
  });
});
