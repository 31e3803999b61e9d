import { textWidth } from '../../core/text.ts';

/**
 * Where a text is broken so that no part is wider than `width` cells, as columns [start, end) of
 * each part: at a blank where the part stays more than half full, else inside the word.
 */
export function breaks(text: string, width: number): readonly (readonly [number, number])[] {
  const total = textWidth(text);
  if (total <= width || width < 1) return [[0, total]];
  const parts: (readonly [number, number])[] = [];
  let start = 0;
  let column = 0;
  let blank = -1;
  for (const char of text) {
    const size = textWidth(char);
    if (column + size - start > width) {
      const end = blank - start > width / 2 ? blank : column;
      parts.push([start, end]);
      start = end;
    }
    column += size;
    if (char === ' ') blank = column;
  }
  parts.push([start, total]);
  return parts;
}
