/** Where charts stand in a body: below each other, on wide screens in two columns. */
import type { BodySize } from '../pane.ts';

/** From this width (cells) on there are two columns. */
const WIDE = 150;
/** Cells between the two. */
export const GAP = 2;
/** Rows of a chart, with its title and its times: with fewer nothing can be seen, more tell no more. */
const LEAST_ROWS = 6;
const MOST_ROWS = 20;

/** What is on the screen. */
export interface Arrangement {
  /** Charts beside each other. */
  readonly across: number;
  /** Cells of one chart. */
  readonly columns: number;
  /** How high the charts are that are on the screen, from above. */
  readonly heights: readonly number[];
}

/** How so many charts are arranged in a body. */
export function arrangement(count: number, { columns, rows }: BodySize): Arrangement {
  const across = columns >= WIDE && count > 1 ? 2 : 1;
  const fitting = Math.max(1, Math.floor(rows / LEAST_ROWS));
  const down = Math.max(1, Math.min(fitting, Math.ceil(count / across)));
  const each = Math.max(1, Math.floor(rows / down));
  const left = rows - each * down;
  return {
    across,
    columns: Math.floor((columns - GAP * (across - 1)) / across),
    heights: Array.from({ length: down }, (_, i) => Math.min(MOST_ROWS, each + (i < left ? 1 : 0))),
  };
}

/** The first row of charts on the screen, moved no further than the cursor asks for. */
export function scrolled(
  top: number,
  cursor: number,
  count: number,
  { across, heights }: Arrangement,
): number {
  const row = Math.floor(cursor / across);
  const last = Math.max(0, Math.ceil(count / across) - heights.length);
  return Math.min(last, Math.max(row - heights.length + 1, Math.min(top, row)));
}
