/** The border around a pane: its title above, the crumbs below. */
import type { Segment } from '../../core/styled.ts';
import type { Painter } from '../../theme/index.ts';
import type { PaneTitle } from '../pane.ts';
import { packLine, packParts, segmentsWidth } from './pack.ts';

/** The upper border: `╭ Pods(all)[38/1,204] /api ── stale 42s ╮`. */
export function frameTop(title: PaneTitle, width: number, painter: Painter): string {
  const inner = Math.max(0, width - 6);
  const fill: Segment = ['─', 'border'];
  const line = packLine(spaced(title.left, 'after'), spaced(title.right, 'before'), inner, {
    gap: ' ',
    fill,
    pad: 3,
  });
  return painter.paint([['╭─ ', 'border'], ...line, [' ─╮', 'border']]);
}

/** The lower border with the way to this pane: `╰ clusters › prod-eu › pods ───╯`. */
export function frameBottom(crumbs: readonly string[], width: number, painter: Painter): string {
  const inner = Math.max(0, width - 6);
  // The last crumb says most: the first ones go where there is no room.
  const parts = crumbs.map((crumb, i) => ({
    cell: [[crumb, i === crumbs.length - 1 ? 'strong' : 'muted']] as readonly Segment[],
    keep: i,
  }));
  const packed = packParts(parts, inner, ' › ');
  const rest = inner - segmentsWidth(packed) - 1;
  return painter.paint([
    ['╰─ ', 'border'],
    ...packed,
    [` ${'─'.repeat(Math.max(0, rest))}──╯`, 'border'],
  ]);
}

/** The left and right border of all rows of the body, as one text. */
export function frameSides(width: number, height: number, painter: Painter): string {
  const row = painter.paint([
    ['│', 'border'],
    [' '.repeat(Math.max(0, width - 2)), 'text'],
    ['│', 'border'],
  ]);
  return Array.from({ length: height }, () => row).join('\n');
}

/** A blank between the last part and the rule. */
function spaced(parts: PaneTitle['left'], where: 'before' | 'after'): PaneTitle['left'] {
  const at = where === 'after' ? parts.length - 1 : 0;
  return parts.map((part, i) => {
    if (i !== at) return part;
    const cell: readonly Segment[] =
      typeof part.cell === 'string' ? [[part.cell, 'text']] : part.cell;
    const blank: Segment = [' ', 'border'];
    return { ...part, cell: where === 'after' ? [...cell, blank] : [blank, ...cell] };
  });
}
