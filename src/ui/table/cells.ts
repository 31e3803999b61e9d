/** Cells fitted into a column: cut and padded, tones kept. */
import type { Cell, Segment, Tone } from '../../core/styled.ts';
import { fit, textWidth, truncate, truncateMiddle } from '../../core/text.ts';

/** Cells of the terminal that a cell needs uncut. */
export function cellWidth(cell: Cell): number {
  if (typeof cell === 'string') return textWidth(cell);
  let width = 0;
  for (const [text] of cell) width += textWidth(text);
  return width;
}

/** How a cell is fitted. */
export interface Fitting {
  readonly width: number;
  readonly align: 'left' | 'right';
  readonly cut: 'end' | 'middle';
}

/** The cell as segments that are exactly `width` cells wide together. */
export function fitCell(cell: Cell, { width, align, cut }: Fitting): readonly Segment[] {
  if (typeof cell === 'string') return [[fitText(cell, width, align, cut), 'text']];
  const [only] = cell;
  if (cell.length === 1 && only) return [[fitText(only[0], width, align, cut), only[1]]];
  const total = cellWidth(cell);
  if (total > width) return cutSegments(cell, width);
  const blank: Segment = [' '.repeat(width - total), 'text'];
  return align === 'left' ? [...cell, blank] : [blank, ...cell];
}

function fitText(
  text: string,
  width: number,
  align: 'left' | 'right',
  cut: 'end' | 'middle',
): string {
  return cut === 'middle'
    ? fit(truncateMiddle(text, width), width, align)
    : fit(text, width, align);
}

/** Segments cut at the end to exactly `width` cells, the last one an ellipsis. */
export function cutSegments(segments: readonly Segment[], width: number): readonly Segment[] {
  const out: Segment[] = [];
  let left = width;
  for (const [i, [text, tone]] of segments.entries()) {
    const size = textWidth(text);
    const rest = segments.slice(i + 1).some(([more]) => more !== '');
    if (size < left || (size === left && !rest)) {
      out.push([text, tone]);
      left -= size;
      continue;
    }
    // A text of `left` cells with more behind it has to give one up to the ellipsis.
    out.push([fit(truncate(`${text}  `, left), left), tone]);
    return out;
  }
  return left > 0 ? [...out, [' '.repeat(left), 'text']] : out;
}

/** Tones under which a blank looks like a blank in every theme. */
const PLAIN: ReadonlySet<Tone> = new Set(['text', 'muted', 'strong', 'gone']);
/** Blanks from this number on stay without a tone: the terminal can then erase them in one go. */
const LONG_BLANK = 10;

/** Neighbours of one tone become one segment: fewer colour changes on the wire. */
export function mergeSegments(segments: readonly Segment[]): readonly Segment[] {
  const out: Segment[] = [];
  for (const [text, tone] of segments) {
    const content = text.trimEnd();
    const blanks = text.length - content.length;
    if (blanks >= LONG_BLANK && content !== '' && PLAIN.has(tone)) {
      append(out, content, tone);
      append(out, text.slice(content.length), 'text');
    } else append(out, text, tone);
  }
  return out;
}

function append(out: Segment[], text: string, tone: Tone): void {
  const last = out.at(-1);
  const joins =
    last &&
    (last[1] === tone || (PLAIN.has(last[1]) && text.length < LONG_BLANK && text.trim() === ''));
  if (joins) out[out.length - 1] = [last[0] + text, last[1]];
  else out.push([text, tone]);
}
