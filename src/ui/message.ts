import { plain, type Cell } from '../core/styled.ts';
import { fits, sanitize, textWidth } from '../core/text.ts';
import type { Painter } from '../theme/index.ts';
import type { BodySize } from './pane.ts';
import { breaks } from './text/wrap.ts';

/** Lines longer than this are hard to read. */
const WIDTH = 64;
/** No sentence that is worth reading is longer (UTF-16 units); what a server sends may be. */
const MOST = 4096;

/** Sentences in the upper middle of an empty body. */
export function paintMessage(
  cells: readonly Cell[],
  size: BodySize,
  painter: Painter,
): readonly string[] {
  const lines = cells.flatMap((cell) => wrapCell(cell, Math.min(WIDTH, size.columns - 4)));
  const above = Math.max(0, Math.floor((size.rows - lines.length) / 3));
  const blank = Array.from({ length: above }, () => '');
  const painted = lines.map((cell) => {
    const indent = Math.max(0, Math.floor((size.columns - textWidth(plain(cell))) / 2));
    return ' '.repeat(indent) + painter.paint(cell);
  });
  return [...blank, ...painted].slice(0, Math.max(0, size.rows));
}

/** A long sentence broken at blanks; it takes the tone of its first segment. */
export function wrapCell(cell: Cell, width: number): readonly Cell[] {
  const text = sanitize(plain(cell).slice(0, MOST));
  if (fits(text, width))
    return [typeof cell === 'string' ? text : cell.map(([part, tone]) => [sanitize(part), tone])];
  const tone = typeof cell === 'string' ? 'text' : (cell[0]?.[1] ?? 'text');
  return breaks(text, width).map(({ start, end }) => [
    [text.slice(start.unit, end.unit).trimEnd(), tone],
  ]);
}
