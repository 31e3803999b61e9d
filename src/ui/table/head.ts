/** The line of column heads. */
import type { Segment } from '../../core/styled.ts';
import { fit, textWidth } from '../../core/text.ts';
import type { Painter } from '../../theme/index.ts';
import { mergeSegments } from './cells.ts';
import type { ColumnPlan } from './columns.ts';
import type { Sort } from './order.ts';
import { GUTTER } from './row-painter.ts';

/**
 * Heads over their columns. The arrow of the sorted one stands in the cell before its head, so that
 * sorting moves nothing; the head under the column cursor is highlighted.
 */
export function paintHead<Row>(
  plan: ColumnPlan<Row>,
  sort: Sort,
  columnCursor: string | null,
  width: number,
  painter: Painter,
): string {
  const segments: Segment[] = [];
  let used = 0;
  for (const [i, { column, width: size }] of plan.placed.entries()) {
    const arrow = column.id !== sort.column ? ' ' : sort.descending ? '↓' : '↑';
    const wide = Math.min(size, textWidth(column.title));
    const head = fit(column.title, wide);
    const blank = size - wide;
    const [before, after] = column.align === 'right' ? [blank, 0] : [0, blank];
    const gap = i === 0 ? GUTTER : plan.gap;
    segments.push(
      [' '.repeat(gap + before - 1), 'text'],
      [arrow, 'accent'],
      [head, column.id === columnCursor ? 'match' : 'title'],
      [' '.repeat(after), 'text'],
    );
    used += gap + size;
  }
  const left: Segment = [plan.before > 0 ? '‹' : ' ', 'accent'];
  const [first, ...others] = segments;
  const rest = Math.max(0, width - used - 1);
  return painter.paint(
    mergeSegments([
      left,
      [(first?.[0] ?? '').slice(1), 'text'],
      ...others,
      [' '.repeat(rest), 'text'],
      [used < width ? (plan.after > 0 ? '›' : ' ') : '', 'accent'],
    ]),
  );
}
