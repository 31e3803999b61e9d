/** The border around a pane: its title above, the crumbs below. */
import type { Segment } from '../../core/styled.ts';
import type { Painter } from '../../theme/index.ts';
import type { PaneTitle, TitlePart } from '../pane.ts';
import { cellWidth } from '../table/cells.ts';
import type { Rect, Viewport } from '../terminal/index.ts';
import { MUST, packParts, segmentsWidth } from './pack.ts';

/** The upper border: `╭─ Pods(all)[38/1,204] /api ── stale 42s ─╮`. */
export function frameTop(title: PaneTitle, width: number, painter: Painter): string {
  const inner = Math.max(0, width - 6);
  const blank: Segment = [' ', 'border'];
  // The name of the pane, and what must stay, is whole, however much there is to say on the right.
  const most = Math.max(inner - mustWidth(title.left) - 4, 0);
  const right = packParts(title.right, most, '  ');
  const room = inner - segmentsWidth(right) - (right.length > 0 ? 3 : 1);
  const left = packParts(title.left, room, ' ');
  const rule = inner - segmentsWidth(left) - segmentsWidth(right) - (right.length > 0 ? 2 : 1);
  return painter.paint([
    ['╭─ ', 'border'],
    ...left,
    blank,
    ['─'.repeat(Math.max(0, rule)), 'border'],
    ...(right.length > 0 ? [blank, ...right, blank] : [['─', 'border'] as const]),
    ['─╮', 'border'],
  ]);
}

function mustWidth(parts: readonly TitlePart[]): number {
  const must = parts.filter(({ keep }, i) => i === 0 || keep >= MUST);
  return must.reduce((sum, { cell }) => sum + cellWidth(cell), Math.max(0, must.length - 1));
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

/**
 * The left and right border of the body. Painted as the body is: as text of Ink's they would make it
 * lay out every cell of the body with every change of a title, which takes longer than all the rest.
 */
export function frameSides(body: Rect, painter: Painter): readonly Viewport[] {
  const lines = new Array<string>(body.height).fill(painter.tone('│', 'border'));
  return [body.x - 1, body.x + body.width].map((x) => ({ rect: { ...body, x, width: 1 }, lines }));
}
