/** Parts of a line packed into the room there is: the least important go first, the last is cut. */
import type { Cell, Segment } from '../../core/styled.ts';
import { sanitize } from '../../core/text.ts';
import type { TitlePart } from '../pane.ts';
import { cellWidth, cutSegments } from '../table/cells.ts';

/** More than the widest screen shows of a text (UTF-16 units). */
const MOST = 4096;

const safeText = (text: string): string => sanitize(text.slice(0, MOST));

/** A cell as segments that are safe to paint, of each text as much as could show. */
export const segmentsOf = (cell: Cell): readonly Segment[] =>
  typeof cell === 'string'
    ? [[safeText(cell), 'text']]
    : cell.map(([text, tone]): Segment => [safeText(text), tone]);

/** The parts that fit into `width` cells, `gap` between two; a lonely part that is too long is cut. */
export function packParts(
  parts: readonly TitlePart[],
  width: number,
  gap: string,
): readonly Segment[] {
  const kept: Packed[] = parts.map(safe).filter(({ cell }) => cellWidth(cell) > 0);
  while (kept.length > 1 && widthOf(kept, gap) > width) {
    const long = leastOf(kept.filter(({ short }) => short !== undefined));
    const least = long ?? leastOf(kept);
    if (!least) break;
    const { short, cell, keep } = least;
    const shorter = short === undefined ? [] : [{ cell: short, keep, full: cell }];
    kept.splice(kept.indexOf(least), 1, ...shorter);
  }
  // What was said shorter is said in full where there is room for it after all.
  for (const part of kept.toSorted((a, b) => b.keep - a.keep)) {
    const { full, keep } = part;
    const room = width - widthOf(kept, gap) + cellWidth(part.cell);
    if (full && cellWidth(full) <= room) kept.splice(kept.indexOf(part), 1, { cell: full, keep });
  }
  const segments = kept.flatMap(({ cell }, i): readonly Segment[] =>
    i === 0 ? segmentsOf(cell) : [[gap, 'border'], ...segmentsOf(cell)],
  );
  if (width <= 0) return [];
  return segmentsWidth(segments) > width ? cutSegments(segments, width) : segments;
}

/** A part as it will be painted: foreign text may be longer or shorter than it looks. */
const safe = ({ cell, short, keep }: TitlePart): TitlePart => ({
  cell: segmentsOf(cell),
  ...(short !== undefined && { short: segmentsOf(short) }),
  keep,
});

/** A part that is shown; in full elsewhere, where it is said shorter here. */
type Packed = TitlePart & { readonly full?: Cell };

/** Parts that matter as much as this stay whatever there is on the other side. */
export const MUST = 9;

/** The part that matters least; of equals the last. */
const leastOf = (parts: readonly Packed[]): Packed | undefined =>
  parts.reduce<Packed | undefined>(
    (least, part) => (least === undefined || part.keep <= least.keep ? part : least),
    undefined,
  );

/** Cells that segments take together. */
export const segmentsWidth = (segments: readonly Segment[]): number => cellWidth(segments);

const widthOf = (parts: readonly TitlePart[], gap: string): number =>
  parts.reduce((sum, { cell }) => sum + cellWidth(cell), 0) +
  gap.length * Math.max(0, parts.length - 1);

/**
 * A line of exactly `width` cells: parts on the left, parts on the right, `fill` between. The right
 * side yields first, but keeps up to half of the line for what is important.
 */
export function packLine(
  left: readonly TitlePart[],
  right: readonly TitlePart[],
  width: number,
  { gap = '  ', fill = [' ', 'text'] as Segment, pad = 1 } = {},
): readonly Segment[] {
  const wantedLeft = widthOf(left.map(safe), gap);
  // What must stay on the left takes of the right side's half.
  const must = left.map(safe).filter(({ keep }) => keep >= MUST);
  const least = widthOf(
    must.map(({ cell, short, keep }) => ({ cell: short ?? cell, keep })),
    gap,
  );
  const most = Math.min(Math.floor(width / 2), width - least - pad);
  const roomRight = Math.max(
    0,
    width - wantedLeft - pad,
    Math.min(most, widthOf(right.map(safe), gap)),
  );
  const packedRight = packParts(right, roomRight, gap);
  const usedRight = segmentsWidth(packedRight);
  const packedLeft = packParts(left, width - usedRight - (usedRight > 0 ? pad : 0), gap);
  const rest = width - usedRight - segmentsWidth(packedLeft);
  return [...packedLeft, [fill[0].repeat(Math.max(0, rest)), fill[1]], ...packedRight];
}
