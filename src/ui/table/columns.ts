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
  /** Cells that the widest content of the rows looked at needs, by column id. */
  readonly content: ReadonlyMap<string, number>;
  /** Cells that are enough for most contents, by column id. */
  readonly usual: ReadonlyMap<string, number>;
  /** Cells of wider contents met since: they widen a column, and change nothing else. */
  readonly seen: ReadonlyMap<string, number>;
  /** Columns that say nothing here: the namespace of a pane of one namespace. */
  readonly hidden: ReadonlySet<string>;
  /** Columns that are shown whatever their tier: those that rows are sorted or filtered by. */
  readonly pinned: ReadonlySet<string>;
  /** What is wrong is what is looked for: causes come before other columns, and before whole names. */
  readonly causes: boolean;
}

/** The share of the screen that a name may claim before other columns are let in. */
const NAME_SHARE = 0.3;
/** The same of another growing text. */
const TEXT_SHARE = 0.35;
/** Cells at which a name cut in its middle still tells what it names. */
const NAME_COMFORT = 22;
/** The share of its least width to which a text is cut before names are. */
const TERSE = 0.75;
/** Cells that show a state and the beginning of its cause. */
const STATE = 24;
/** Cells of a column on a screen too narrow for all that must be there. */
const NARROWEST = 3;
/** Columns from this tier on are shown in wide only. */
const WIDE_TIER = 3;
/** Cells below which a column that is cut tells nothing. */
const LEGIBLE = 8;

/** What decides which columns may be shown at all, see {@link PlanInput}. */
export type Candidacy = Pick<PlanInput<never>, 'wide' | 'hidden' | 'pinned'>;

/** The columns that are shown where there is room: the others stay out on the widest screen. */
export function candidates<Row>(
  columns: readonly Column<Row>[],
  { wide, hidden, pinned }: Candidacy,
): readonly Column<Row>[] {
  return columns.filter(
    ({ id, tier }) => !hidden.has(id) && (wide || tier < WIDE_TIER || pinned.has(id)),
  );
}

/**
 * Chooses and places the columns. The choice follows from width, declarations and the contents looked at
 * alone, never from what happened to be painted before.
 */
export function planColumns<Row>(input: PlanInput<Row>): ColumnPlan<Row> {
  const { columns, width, wide, content, seen, causes } = input;
  const gap = width >= 98 ? 2 : 1;
  const shown = candidates(columns, input);
  const whole = (column: Column<Row>): number =>
    wholeWidth(column, max(content.get(column.id), seen.get(column.id)));
  if (wide) {
    // In wide nothing is squeezed: what does not fit is a window that the arrow keys move.
    const offset = Math.min(input.offset, Math.max(0, shown.length - 2));
    return place(shown, shown.map(whole), width, gap, offset);
  }
  const chosen = choose(shown, input, gap);
  const demand = (column: Column<Row>): number => Math.floor(demandOf(column, input));
  const sizes = chosen.map(whole);
  const room = width - gap * (chosen.length - 1);
  const squeezeTo = (floor: (column: Column<Row>) => number | null): void => {
    const floors = chosen.map((column, i) => floor(column) ?? sizes[i] ?? 0);
    squeeze(sizes, room, floors);
  };
  const least = ({ min, title }: Column<Row>): number =>
    Math.min(min, Math.max(LEGIBLE, title.length));
  // What is cut first: names of what is only there where there is room; what texts have to say beyond
  // what is usual, then beyond their state; then names of places, names, and at last the rest. Where
  // causes are looked for, they come last.
  squeezeTo((column) => (isName(column) && column.tier > 0 ? demand(column) : null));
  const texts = [
    (column: Column<Row>) => (isText(column) ? demand(column) : null),
    (column: Column<Row>) => (isText(column) ? terse(column) : null),
  ];
  const names = [
    (column: Column<Row>) => (isName(column) && !isGrowing(column) ? column.min : null),
    (column: Column<Row>) => (isName(column) ? Math.min(demand(column), NAME_COMFORT) : null),
    (column: Column<Row>) => (isName(column) ? column.min : null),
  ];
  for (const floor of causes ? [...names, ...texts] : [...texts, ...names]) squeezeTo(floor);
  squeezeTo((column) => (isElastic(column) ? least(column) : null));
  squeezeTo(least);
  squeezeTo(() => NARROWEST);
  return place(chosen, sizes, width, gap, 0);
}

/** Cells at which a text still tells what it is: the state without its cause. */
const terse = <Row>({ min }: Column<Row>): number =>
  Math.max(Math.ceil(min * TERSE), Math.min(min, Math.ceil(STATE * TERSE)));

const isGrowing = <Row>({ grow }: Column<Row>): boolean => (grow ?? 0) > 0;
/** Keeps its sense when its middle goes. */
const isName = <Row>({ cut }: Column<Row>): boolean => cut === 'middle';
/** Is made to be cut at its end: a state with its cause, a message. */
const isText = <Row>(column: Column<Row>): boolean => isGrowing(column) && !isName(column);
const isElastic = <Row>(column: Column<Row>): boolean => isGrowing(column) || isName(column);

const max = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : b === undefined ? a : Math.max(a, b);

/**
 * Cells that a column needs to show a content of that width, and its head. What is made to be cut
 * takes no more than its content; other columns keep their least width, so that nothing moves when
 * values come.
 */
function wholeWidth<Row>(column: Column<Row>, content: number | undefined): number {
  const { min, title } = column;
  const cells = Math.min(content ?? min, column.max);
  return isElastic(column) ? Math.max(title.length, cells) : Math.max(min, title.length, cells);
}

/**
 * Cells that a column may claim before others are let in. Shares are not rounded: with one cell more
 * of width all claims together grow by no more than that, so that no column goes.
 */
function demandOf<Row>(column: Column<Row>, input: PlanInput<Row>): number {
  const { content, usual, width, causes } = input;
  const whole = wholeWidth(column, content.get(column.id));
  const { min, tier } = column;
  if (isName(column)) {
    const share = tier === 0 ? width * NAME_SHARE : 0;
    return Math.min(whole, Math.max(min, NAME_COMFORT, share));
  }
  if (!isGrowing(column) || (causes && tier === 0)) return whole;
  if (column.yields === true) return Math.min(whole, min);
  // Calm states are short; others change by the second, which must not change the choice.
  if (column.ticking === true) return whole <= min / 2 ? whole : Math.max(min, STATE);
  return Math.min(whole, Math.max(min, usual.get(column.id) ?? 0), textShare(width, min));
}

/** The most that a text gets before columns of tier 2. */
const textShare = (width: number, min: number): number => Math.max(min, width * TEXT_SHARE);

/** Columns without a rank come after those that have one. */
const LAST_RANK = 9;

/**
 * The columns of tier 0 and those pinned, and then tier by tier and by rank as many as fit, in the
 * order of their declaration. What does not fit ends the choice, so that with more room columns only
 * come in, and what is left over is for names and causes.
 */
function choose<Row>(
  columns: readonly Column<Row>[],
  input: PlanInput<Row>,
  gap: number,
): readonly Column<Row>[] {
  const { width, pinned, content } = input;
  const size = (column: Column<Row>): number => demandOf(column, input);
  const most = (column: Column<Row>): number =>
    Math.min(wholeWidth(column, content.get(column.id)), textShare(width, column.min));
  const isKept = (column: Column<Row>): boolean => column.tier === 0 || pinned.has(column.id);
  const kept = new Set(columns.filter(isKept));
  let used = -gap;
  for (const column of kept) used += size(column) + gap;
  const others = columns
    .filter((column) => !kept.has(column))
    .sort((a, b) => a.tier - b.tier || (a.rank ?? LAST_RANK) - (b.rank ?? LAST_RANK));
  let texts = columns.filter((column) => kept.has(column) && isText(column));
  for (const column of others) {
    // What is nice to know comes after causes in full.
    if (column.tier === 2) {
      for (const text of texts) used += Math.max(0, most(text) - size(text));
      texts = [];
    }
    used += size(column) + gap;
    // Rounded down, all claims together fit.
    if (used >= width + 1) break;
    kept.add(column);
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
