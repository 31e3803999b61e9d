/** Boxes for dialogs: finished lines of one width, border included. */
import type { Cell, Segment, Tone } from '../../core/styled.ts';
import type { Painter } from '../../theme/index.ts';
import { segmentsOf, segmentsWidth } from '../chrome/pack.ts';
import { cutSegments } from '../table/cells.ts';

/** What a box is drawn from. */
export interface BoxInput {
  readonly title: string;
  /** Width with the border. */
  readonly width: number;
  readonly body: readonly BoxLine[];
  readonly painter: Painter;
  /** Tone of the title: `bad` for what is dangerous. */
  readonly tone?: Tone;
}

/** A line of a box; one with a base fills its whole width with it (the entry under the cursor). */
export interface BoxLine {
  readonly cell: Cell;
  readonly right?: Cell;
  readonly base?: Tone | undefined;
}

/** Cells between the border and the text, on either side. */
const BOX_PADDING = 1;

/** Cells for text in a box of that width. */
export const innerWidth = (width: number): number => Math.max(0, width - 2 - 2 * BOX_PADDING);

/** The lines of a box. */
export function boxLines({ title, width, body, painter, tone = 'title' }: BoxInput): string[] {
  const inner = innerWidth(width);
  const name = cutSegments(segmentsOf([[` ${title} `, tone]]), Math.min(inner, title.length + 2));
  const rule = '─'.repeat(Math.max(0, width - 3 - segmentsWidth(name)));
  const top = painter.paint([['╭─', 'border'], ...name, [`${rule}╮`, 'border']]);
  const bottom = painter.tone(`╰${'─'.repeat(width - 2)}╯`, 'border');
  const side = painter.tone('│', 'border');
  const lines = body.map((line) => {
    const segments = bodyLine(line, inner);
    return `${side}${painter.paint([[' ', 'text'], ...segments, [' ', 'text']], line.base)}${side}`;
  });
  return [top, ...lines, bottom];
}

/** The text cut to what the right side leaves, and both padded to the full width. */
function bodyLine({ cell, right }: BoxLine, inner: number): readonly Segment[] {
  const end = right === undefined ? [] : segmentsOf(right);
  const shown = segmentsWidth(end) > inner / 2 ? cutSegments(end, Math.floor(inner / 2)) : end;
  const room = inner - segmentsWidth(shown);
  return [...cutSegments(segmentsOf(cell), room), ...shown];
}
