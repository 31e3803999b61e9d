/**
 * Which columns a table shows, how wide, and where each stands. Pure: from the width there is and
 * from the widths that the contents need.
 */
import type { Column } from '../../resources/define.ts';

/** A column with the place it got. */
export interface PlacedColumn<Row> {
  readonly column: Column<Row>;
  readonly width: number;
}

/** What is shown of a table's columns, from left to right. */
export interface ColumnPlan<Row> {
  /** All that take part, those scrolled out of the window included. */
  readonly chosen: readonly Column<Row>[];
  readonly placed: readonly PlacedColumn<Row>[];
  /** Blanks between two columns. */
  readonly gap: number;
  /** Columns hidden at the left and right side of the window. */
  readonly before: number;
  readonly after: number;
}

/** What a plan is made from. */
export interface PlanInput<Row> {
  readonly columns: readonly Column<Row>[];
  /** Cells there are. */
  readonly width: number;
  readonly wide: boolean;
  /** Columns scrolled out at the left; the first column always stays. */
  readonly offset: number;
  /** Cells that the widest content seen so far needs, by column id. */
  readonly content: ReadonlyMap<string, number>;
  /** Columns that say nothing here: the namespace of a pane of one namespace. */
  readonly hidden: ReadonlySet<string>;
}

/** How many cells of the screen a column that can be cut may claim before others are let in. */
const COMFORT = 0.3;

/** Chooses and places the columns. */
export function planColumns<Row>(input: PlanInput<Row>): ColumnPlan<Row> {
  const gap = input.width >= 98 ? 2 : 1;
  const shown = input.columns.filter((column) => !input.hidden.has(column.id));
  const need = (column: Column<Row>): number => needed(column, input.content);
  const chosen = input.wide
    ? shown
    : choose(shown, input.width, gap, (c) => comfortable(c, input, need));
  const sizes = chosen.map(need);

  if (!input.wide) {
    squeeze(chosen, sizes, input.width - gap * (chosen.length - 1));
    return place(chosen, sizes, input.width, gap, 0);
  }
  // In wide nothing is squeezed: what does not fit is a window that the arrow keys move.
  return place(
    chosen,
    sizes,
    input.width,
    gap,
    Math.min(input.offset, Math.max(0, chosen.length - 2)),
  );
}

/** Cells that a column needs to show its content and its head in full. */
function needed<Row>(column: Column<Row>, content: ReadonlyMap<string, number>): number {
  return Math.max(
    column.min,
    column.title.length,
    Math.min(content.get(column.id) ?? 0, column.max),
  );
}

function comfortable<Row>(
  column: Column<Row>,
  input: PlanInput<Row>,
  need: (column: Column<Row>) => number,
): number {
  const full = need(column);
  if (column.grow === undefined || column.grow === 0) return full;
  return Math.min(full, Math.max(column.min, Math.floor(input.width * COMFORT)));
}

/** The columns of tier 0, and then tier by tier what still fits, in the order of their declaration. */
function choose<Row>(
  columns: readonly Column<Row>[],
  width: number,
  gap: number,
  size: (column: Column<Row>) => number,
): readonly Column<Row>[] {
  const kept = new Set(columns.filter((column) => column.tier === 0));
  let used = -gap;
  for (const column of kept) used += size(column) + gap;
  for (const tier of [1, 2] as const) {
    for (const column of columns) {
      if (column.tier !== tier) continue;
      const more = size(column) + gap;
      if (used + more > width) continue;
      kept.add(column);
      used += more;
    }
  }
  return columns.filter((column) => kept.has(column));
}

/** Takes cells from the columns that can be cut, always from the widest, until all fit. */
function squeeze<Row>(columns: readonly Column<Row>[], sizes: number[], room: number): void {
  let over = sizes.reduce((sum, size) => sum + size, 0) - room;
  while (over > 0) {
    let widest = -1;
    for (const [i, column] of columns.entries()) {
      const size = sizes[i] ?? 0;
      if (size <= column.min) continue;
      if (widest < 0 || size > (sizes[widest] ?? 0)) widest = i;
    }
    if (widest < 0) return;
    sizes[widest] = (sizes[widest] ?? 0) - 1;
    over--;
  }
}

function place<Row>(
  chosen: readonly Column<Row>[],
  sizes: readonly number[],
  width: number,
  gap: number,
  offset: number,
): ColumnPlan<Row> {
  const placed: PlacedColumn<Row>[] = [];
  let left = width;
  let after = 0;
  for (const [i, column] of chosen.entries()) {
    if (i > 0 && i <= offset) continue;
    const size = sizes[i] ?? 0;
    const room = placed.length === 0 ? left : left - gap;
    if (after > 0 || room < Math.min(size, Math.max(4, column.min))) {
      after++;
      continue;
    }
    const got = Math.min(size, room);
    placed.push({ column, width: got });
    left = room - got;
  }
  return { chosen, placed: spread(placed, left), gap, before: offset, after };
}

/** Gives the cells left over to the columns that can use them. */
function spread<Row>(placed: readonly PlacedColumn<Row>[], left: number): PlacedColumn<Row>[] {
  const weight = placed.reduce((sum, { column }) => sum + (column.grow ?? 0), 0);
  if (left <= 0 || weight === 0) return [...placed];
  let rest = left;
  return placed.map(({ column, width }) => {
    const more = Math.min(rest, Math.ceil((left * (column.grow ?? 0)) / weight));
    rest -= more;
    return { column, width: width + more };
  });
}
