import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogBuffer } from '../../../../src/core/log-buffer.ts';
import { LogScroll, type ScrollScreen } from '../../../../src/ui/logs/scroll.ts';

function scrolled(heights: readonly number[], rows: number): [LogScroll, ScrollScreen] {
  const buffer = new LogBuffer(100);
  for (const height of heights) {
    buffer.push({
      time: '',
      source: 0,
      text: 'x'.repeat(height),
      styled: null,
      level: '',
      at: 0,
      continues: false,
    });
  }
  const scroll = new LogScroll(buffer);
  return [scroll, { rows, height: (i) => buffer.at(scroll.seqAt(i))?.text.length ?? 1 }];
}

describe('scrolling through lines of several rows', () => {
  it('moves by rows, within a line and from line to line', () => {
    const [scroll, screen] = scrolled([1, 5, 1, 4], 3);
    expect(scroll.top(screen)).toEqual({ index: 3, row: 1 });
    scroll.move(-1, screen);
    expect(scroll.top(screen)).toEqual({ index: 3, row: 0 });
    scroll.move(-3, screen);
    expect(scroll.top(screen)).toEqual({ index: 1, row: 3 });
    scroll.move(-100, screen);
    expect(scroll.top(screen)).toEqual({ index: 0, row: 0 });
    expect(scroll.move(2, screen)).toBe(false);
    expect(scroll.top(screen)).toEqual({ index: 1, row: 1 });
    expect(scroll.move(100, screen)).toBe(true);
    expect(scroll.top(screen)).toEqual({ index: 3, row: 1 });
    expect(scroll.following).toBe(false);
  });

  it('is at the row it would be at, were rows lines, and no key is lost at the ends', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 10 }),
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 10 }),
        (heights, rows, moves) => {
          const [scroll, screen] = scrolled(heights, rows);
          const total = heights.reduce((sum, height) => sum + height, 0);
          const last = Math.max(0, total - rows);
          let expected = last;
          for (const move of moves) {
            scroll.move(move, screen);
            expected = Math.max(0, Math.min(last, expected + move));
            const { index, row } = scroll.top(screen);
            const at = heights.slice(0, index).reduce((sum, height) => sum + height, 0) + row;
            expect(at).toBe(expected);
          }
        },
      ),
    );
  });

  it('stays in its line when that takes fewer rows than before', () => {
    const [scroll, screen] = scrolled([1, 50, 1, 1], 2);
    scroll.goTo(1, 40);
    expect(scroll.top(screen)).toEqual({ index: 1, row: 40 });
    expect(scroll.top({ rows: 2, height: () => 1 })).toEqual({ index: 1, row: 0 });
  });
});
