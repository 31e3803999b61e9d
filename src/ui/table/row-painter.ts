/**
 * Rows as finished lines. A line is kept until its row, the layout, the theme or the time shown in
 * it changes (a row that changes is a new object): moving the cursor paints two rows, whatever the
 * size of the screen. When a second has passed, only the cells that looked at the time are asked
 * anew; where they say the same, as most ages do, the line stays the same string, and nothing below
 * has anything to compare.
 */
import { isEqual } from '../../core/equal.ts';
import type { Cell, Segment } from '../../core/styled.ts';
import type { BaseRow } from '../../domain/rows.ts';
import { shownCell } from '../../resources/cell-of.ts';
import type { Column, RowContext } from '../../resources/define.ts';
import type { Painter } from '../../theme/index.ts';
import { cellWidth, fitCell, mergeSegments } from './cells.ts';
import type { ColumnPlan } from './columns.ts';
import type { ColumnWidths } from './widths.ts';

/** Cells in front of the first column: the cursor and the mark. */
export const GUTTER = 2;

/**
 * The bar under the cursor is a whole row up to this width; on wider screens it ends with the name:
 * a bar of 200 cells costs a slow line more bytes for a cursor move than all else.
 */
const WHOLE_ROW = 140;

/** How a row stands out. */
export interface RowMarking {
  readonly cursor: boolean;
  readonly marked: boolean;
  /** An action works on it. */
  readonly busy: boolean;
}

/** A cell that says what it says because of the time. */
interface TimedCell<Row> {
  readonly column: Column<Row>;
  readonly cell: Cell;
}

interface Kept<Row> {
  readonly row: Row;
  readonly flags: number;
  readonly line: string;
  readonly timed: readonly TimedCell<Row>[];
  /** The tick at which it was known to be right. */
  tick: number;
}

/** Paints and keeps the lines of one table. */
export class RowPainter<Row extends BaseRow> {
  readonly #widths: ColumnWidths<Row>;
  readonly #kept = new Map<string, Kept<Row>>();
  #tick = 0;
  #plan: ColumnPlan<Row> | null = null;
  #painter: Painter | null = null;
  #width = 0;

  constructor(widths: ColumnWidths<Row>) {
    this.#widths = widths;
  }

  /** Nothing kept counts any more. */
  invalidate(): void {
    this.#kept.clear();
  }

  /** Time has passed: of what is kept, only what does not depend on it counts. */
  tick(): void {
    this.#tick++;
  }

  /** Says with what the next rows are painted. */
  use(plan: ColumnPlan<Row>, painter: Painter, width: number): void {
    if (plan === this.#plan && painter === this.#painter && width === this.#width) return;
    this.#plan = plan;
    this.#painter = painter;
    this.#width = width;
    this.#kept.clear();
  }

  /** The line of a row; no other row has its key. */
  line(rowKey: string, row: Row, marking: RowMarking, ctx: RowContext): string {
    const flags = (marking.cursor ? 1 : 0) | (marking.marked ? 2 : 0) | (marking.busy ? 4 : 0);
    const key = `${flags & 1}${rowKey}`;
    const kept = this.#kept.get(key);
    if (kept?.row === row && kept.flags === flags && this.#isRight(kept, ctx)) return kept.line;
    const timed: TimedCell<Row>[] = [];
    const line = this.#paint(row, marking, ctx, timed);
    if (this.#kept.size > 2000) this.#kept.clear();
    this.#kept.set(key, { row, flags, line, timed, tick: this.#tick });
    return line;
  }

  #isRight(kept: Kept<Row>, ctx: RowContext): boolean {
    if (kept.tick === this.#tick) return true;
    const { row, timed } = kept;
    if (!timed.every(({ column, cell }) => isEqual(shownCell(column, row, ctx), cell)))
      return false;
    kept.tick = this.#tick;
    return true;
  }

  /** @param timed is told the cells that look at the time */
  #paint(row: Row, marking: RowMarking, ctx: RowContext, timed: TimedCell<Row>[]): string {
    const plan = this.#plan;
    const painter = this.#painter;
    if (!plan || !painter) return '';
    const watched = watch(ctx);
    const segments: Segment[] = [gutterCursor(marking), gutterMark(marking)];
    let used = GUTTER;
    let nameEnd = 0;
    for (const { column, width } of plan.placed) {
      const cell = shownCell(column, row, watched.ctx);
      if (watched.looked()) timed.push({ column, cell });
      this.#widths.see(column, cellWidth(cell));
      if (used > GUTTER) {
        segments.push([' '.repeat(plan.gap), 'text']);
        used += plan.gap;
      }
      const cut = column.cut ?? 'end';
      segments.push(...fitCell(cell, { width, align: column.align ?? 'left', cut }));
      used += width;
      if (column.id === 'name' || nameEnd === 0) nameEnd = segments.length;
    }
    segments.push([' '.repeat(Math.max(0, this.#width - used)), 'text']);
    const shown = row.gone > 0 ? segments.map(asGone) : segments;
    if (!marking.cursor)
      return painter.paint(mergeSegments(shown), marking.marked ? 'marked' : undefined);
    const end = this.#width > WHOLE_ROW ? nameEnd : shown.length;
    const bar = painter.paint(mergeSegments(shown.slice(0, end).map(onBar)), 'selection');
    return bar + painter.paint(mergeSegments(shown.slice(end)));
  }
}

/** A context, and whether somebody has looked at its time since this was asked last. */
interface Watched {
  readonly ctx: RowContext;
  readonly looked: () => boolean;
}

function watch({ now, time }: RowContext): Watched {
  let looked = false;
  const ctx: RowContext = {
    time,
    get now() {
      looked = true;
      return now;
    },
  };
  return {
    ctx,
    looked: () => {
      const was = looked;
      looked = false;
      return was;
    },
  };
}

const gutterCursor = (marking: RowMarking): Segment =>
  marking.cursor ? ['▌', 'accent'] : [' ', 'text'];

function gutterMark(marking: RowMarking): Segment {
  if (marking.busy) return ['↻', 'info'];
  return marking.marked ? ['*', 'accent'] : [' ', 'text'];
}

const asGone = ([text, tone]: Segment, index: number): Segment => [
  text,
  index === 0 ? tone : 'gone',
];

/** On the bar only what is wrong keeps its colour: the bar is calm, and cheap to move. */
const onBar = ([text, tone]: Segment, index: number): Segment => [
  text,
  index === 0 || tone === 'bad' || tone === 'warn' ? tone : 'text',
];
