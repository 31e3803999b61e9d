import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centered, layout } from '../../../src/ui/layout.ts';
import type { Rect } from '../../../src/ui/terminal/index.ts';

/** Draws the rectangles with one letter each, a third of the size in each direction. */
function draw(columns: number, rows: number, header = true): string {
  const { header: top, hints, frame, body, flash } = layout(columns, rows, { header });
  const cells = Array.from({ length: rows }, () => new Array<string>(columns).fill('?'));
  const fill = ({ x, y, width, height }: Rect, letter: string) => {
    for (let row = y; row < y + height; row++) {
      for (let column = x; column < x + width; column++) (cells[row] ?? [])[column] = letter;
    }
  };
  fill(top, 'h');
  fill(hints, 'k');
  fill(frame, '#');
  fill(body, '.');
  fill(flash, 'f');
  return cells.map((row) => row.join('')).join('\n');
}

/** Every eighth column is enough to see by; equal rows are told as one and how many. */
function thin(drawing: string): string {
  const rows: { text: string; count: number }[] = [];
  for (const row of drawing.split('\n')) {
    const text = Array.from(row)
      .filter((_, i) => i % 8 === 0 || i === row.length - 1)
      .join('');
    const last = rows.at(-1);
    if (last?.text === text) last.count++;
    else rows.push({ text, count: 1 });
  }
  return rows.map(({ text, count }) => `${text} ×${count}`).join('\n');
}

describe('layout', () => {
  it('gives 80×24 one header line, one hint line and 18 rows under the heads', () => {
    expect(thin(draw(80, 24))).toMatchInlineSnapshot(`
      "hhhhhhhhhhh ×1
      kkkkkkkkkkk ×1
      ########### ×1
      #.........# ×19
      ########### ×1
      fffffffffff ×1"
    `);
    expect(layout(80, 24, { header: true }).body.height - 1).toBe(18);
  });

  it('has a line for namespaces on larger screens', () => {
    expect(thin(draw(120, 40))).toMatchInlineSnapshot(`
      "hhhhhhhhhhhhhhhh ×2
      kkkkkkkkkkkkkkkk ×1
      ################ ×1
      #..............# ×34
      ################ ×1
      ffffffffffffffff ×1"
    `);
    expect(layout(200, 60, { header: true }).body).toEqual({ x: 1, y: 4, width: 198, height: 54 });
  });

  it('gives the header to the pane where it is switched off', () => {
    expect(layout(80, 24, { header: false }).body).toEqual({ x: 1, y: 1, width: 78, height: 21 });
  });

  it('says when the terminal is too small', () => {
    expect(layout(59, 24, { header: true }).tooSmall).toBe(true);
    expect(layout(80, 11, { header: true }).tooSmall).toBe(true);
    expect(layout(60, 12, { header: true }).tooSmall).toBe(false);
  });

  it('covers the whole screen with rectangles that do not overlap', () => {
    const size = fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 4, max: 120 }));
    fc.assert(
      fc.property(size, fc.boolean(), ([columns, rows], header) => {
        const places = layout(columns, rows, { header });
        const outer = [places.header, places.hints, places.frame, places.flash];
        const area = outer.reduce((sum, { width, height }) => sum + width * height, 0);
        expect(area).toBe(columns * rows);
        expect(draw(columns, rows, header)).not.toContain('?');
      }),
    );
  });
});

describe('centered', () => {
  it('never leaves the rectangle it is in', () => {
    const within = { x: 2, y: 3, width: 10, height: 5 };
    expect(centered(within, 4, 3)).toEqual({ x: 5, y: 4, width: 4, height: 3 });
    expect(centered(within, 40, 30)).toEqual(within);
  });
});
