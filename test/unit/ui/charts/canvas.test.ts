import { describe, expect, it } from 'vitest';
import { Canvas, type Marks } from '../../../../src/ui/charts/canvas.ts';

const drawn = (canvas: Canvas, rows: number): readonly string[] =>
  Array.from({ length: rows }, (_, row) =>
    canvas
      .row(row)
      .map(({ glyph }) => glyph)
      .join(''),
  );

describe('a stroke', () => {
  it.each([
    ['braille', 8, 4, ['⠑⢄  ', '  ⠑⢄']],
    ['blocks', 8, 4, ['▚   ', ' ▚  ', '  ▚ ', '   ▚']],
    ['ascii', 4, 4, ["'.  ", "  '."]],
  ] as const)('in %s', (marks: Marks, _width, _height, lines) => {
    const rows = lines.length;
    const canvas = new Canvas(4, rows, marks);
    canvas.stroke(0, 0, canvas.width - 1, canvas.height - 1, 0);
    expect(drawn(canvas, rows)).toEqual(lines);
  });

  it('is the same the other way round, as far as it goes', () => {
    const [one, other] = [new Canvas(6, 3, 'braille'), new Canvas(6, 3, 'braille')];
    one.stroke(0, 11, 11, 0, 0);
    other.stroke(11, 0, 0, 11, 0);
    expect(drawn(one, 3)).toEqual(drawn(other, 3));
  });

  it('ends at the edge', () => {
    const canvas = new Canvas(2, 1, 'braille');
    canvas.stroke(-5, 0, 9, 0, 0);
    expect(drawn(canvas, 1)).toEqual(['⠉⠉']);
  });
});

it('a cell has the colour of the line that was drawn there last', () => {
  const canvas = new Canvas(2, 1, 'braille');
  canvas.dot(0, 0, 1);
  canvas.dot(1, 0, 0);
  expect(canvas.row(0)).toEqual([
    { glyph: '⠉', line: 0 },
    { glyph: ' ', line: -1 },
  ]);
});
