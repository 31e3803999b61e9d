/** What a board is made of: sections of lines, whose fields lead to other panes. */
import { plain, type Cell } from '../../core/styled.ts';
import { textWidth } from '../../core/text.ts';
import type { BaseRow } from '../../domain/rows.ts';
import type { LinkTarget } from '../enter.ts';

/** Where a field leads. */
export interface BoardLink {
  /** Id of the resource whose pane it opens. */
  readonly to: string;
  /** What the pane is narrowed to; absent: the whole of it. */
  readonly target?: LinkTarget;
  /** Of these only the rows with a problem, until that is switched off. */
  readonly problems?: boolean;
  /** The first of what it leads to: of it one may ask why. */
  readonly example?: BaseRow;
}

/** A part of a line. */
export interface Field {
  readonly cell: Cell;
  /** In cells; absent: what its text needs. */
  readonly width?: number;
  readonly align?: 'left' | 'right';
  /** Where it is cut. */
  readonly cut?: 'end' | 'middle';
  /** Where there is no room for it, it is cut down to so many cells rather than left out. */
  readonly least?: number;
  /** Takes what the others leave: the last of a line. */
  readonly grows?: boolean;
  /** It can be stood on: by this it is known from one moment to the next, and there it leads. */
  readonly id?: string;
  readonly link?: BoardLink;
  /** What there is to say of it where one stands on it. */
  readonly remark?: Cell;
}

/** A line; what does not fit goes, the last field first. */
export interface BoardLine {
  readonly fields: readonly Field[];
  /** Stands for the fields that had to go. @param hidden how many */
  readonly more?: (hidden: number) => Field;
}

/** Lines that belong together, the most important first. */
export interface BoardSection {
  readonly id: string;
  /** Stays above its lines; absent: they speak for themselves. */
  readonly head?: BoardLine;
  readonly lines: readonly BoardLine[];
  /** How many of the lines there must be room for before others get more. */
  readonly least: number;
  /**
   * What stands for the lines that there is no room for. @param hidden how many. Absent: the lines are
   * one text, of which the last line shows as much as it has room for.
   */
  readonly rest?: (hidden: number) => BoardLine;
}

/** A line of text alone. */
export const textLine = (cell: Cell): BoardLine => ({ fields: [{ cell, grows: true }] });

/**
 * Fields one after the other, in as many lines of that width as they take.
 * @param lead what each line begins with
 * @param more what stands for fields that there is no room for
 */
export function flow(
  fields: readonly Field[],
  width: number,
  lead: (line: number) => Field,
  more: (hidden: number) => Field,
): readonly BoardLine[] {
  const lines: Field[][] = [];
  let used = Infinity;
  for (const field of fields) {
    const size = widthOf(field) + GAP;
    if (used + size > width + GAP) {
      const first = lead(lines.length);
      lines.push([first]);
      used = widthOf(first) + GAP;
    }
    lines.at(-1)?.push(field);
    used += size;
  }
  return lines.map((each) => ({ fields: each, more }));
}

/** Cells between two fields. */
const GAP = 2;

const widthOf = ({ cell, width }: Field): number => width ?? textWidth(plain(cell));
