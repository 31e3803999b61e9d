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
  /** Cells that are enough for most contents, by column id. */
  readonly usual: ReadonlyMap<string, number>;
  /** Columns that say nothing here: the namespace of a pane of one namespace. */
  readonly hidden: ReadonlySet<string>;
}

/** The share of the screen that a growing column may claim before others are let in. */
const COMFORT = 0.35;

/** Cells at which a name cut in its middle still tells what it names. */
const NAME_COMFORT = 22;
/** The share of a wide screen that a name may claim before others are let in. */
const NAME_SHARE = 0.2;

/** Cells below which a column cut short by the edge of the screen tells nothing. */
const LEGIBLE = 8;

/** Chooses and places the columns. */
export function planColumns<Row>(input: PlanInput<Row>): ColumnPlan<Row> {
  const { columns, width, wide, hidden, content, usual } = input;
  const gap = width >= 98 ? 2 : 1;
  const shown = columns.filter((column) => !hidden.has(column.id));
  const full = (column: Column<Row>): number => needed(column, content.get(column.id) ?? 0);
  if (wide) {
    // In wide nothing is squeezed: what does not fit is a window that the arrow keys move.
    const offset = Math.min(input.offset, Math.max(0, shown.length - 2));
    return place(shown, shown.map(full), width, gap, offset);
  }
  const enough = (column: Column<Row>): number => needed(column, usual.get(column.id) ?? 0);
  const comfort = (column: Column<Row>): number => {
    // Names are what people look for: all of them are told apart, where there is room in full.
    const isName = column.cut === 'middle';
    const wanted = isName ? full(column) : enough(column);
    const most = isName ? Math.max(NAME_COMFORT, width * NAME_SHARE) : width * COMFORT;
    return Math.min(full(column), Math.max(column.min, Math.min(wanted, Math.floor(most))));
  };
  const chosen = choose(shown, width, gap, (column) =>
    isElastic(column) ? comfort(column) : full(column),
  );
  const sizes = chosen.map(full);
  const room = width - gap * (chosen.length - 1);
  // Cutting what is unusually long comes first, then what is comfortable, what is made to be cut,
  // and at last the rest.
  squeeze(
    sizes,
    room,
    chosen.map((column, i) => (isElastic(column) ? enough(column) : sizes[i])),
  );
  squeeze(
    sizes,
    room,
    chosen.map((column, i) => (isElastic(column) ? comfort(column) : sizes[i])),
  );
  squeeze(
    sizes,
    room,
    chosen.map((column, i) => (isElastic(column) ? column.min : sizes[i])),
  );
  squeeze(
    sizes,
    room,
    chosen.map(({ min }) => min),
  );
  return place(chosen, sizes, width, gap, 0);
}

/** Is it made to be cut: it takes what is left, or keeps its sense when its middle goes. */
const isElastic = <Row>({ grow, cut }: Column<Row>): boolean => (grow ?? 0) > 0 || cut === 'middle';

/** Cells that a column needs to show a content of that width, and its head. */
const needed = <Row>({ min, max, title }: Column<Row>, content: number): number =>
  Math.max(min, title.length, Math.min(content, max));

/**
 * The columns of tier 0, and then tier by tier what still fits, in the order of their declaration.
 * A tier begins only where the one before is complete: what is left over then is for names and causes.
 */
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
    const wanted = columns.filter((column) => column.tier === tier);
    for (const column of wanted) {
      const more = size(column) + gap;
      if (used + more > width) continue;
      kept.add(column);
      used += more;
    }
    if (!wanted.every((column) => kept.has(column))) break;
  }
  return columns.filter((column) => kept.has(column));
}

/** Takes cells from the columns above their floor, always from the widest, until all fit. */
function squeeze(sizes: number[], room: number, floors: readonly (number | undefined)[]): void {
  let over = sizes.reduce((sum, size) => sum + size, 0) - room;
  for (; over > 0; over--) {
    let widest = -1;
    for (const [i, size] of sizes.entries()) {
      if (size > (floors[i] ?? 0) && size > (sizes[widest] ?? 0)) widest = i;
    }
    if (widest < 0) return;
    sizes[widest] = (sizes[widest] ?? 0) - 1;
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
    // The last one may be cut short, as long as there is something left to read.
    if (after > 0 || room < Math.min(size, Math.max(LEGIBLE, column.title.length))) {
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
