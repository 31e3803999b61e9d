import { plain } from '../../src/core/styled.ts';
import type { Painter } from '../../src/theme/index.ts';

/** Paints nothing: what is tested is the text. */
export const plainPainter: Painter = {
  theme: 'test',
  depth: 'none',
  tone: (text) => text,
  paint: (cell) => plain(cell),
};
