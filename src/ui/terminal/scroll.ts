import type { Viewport } from './geometry.ts';

/** Rows from `top` to `bottom` (exclusive) that moved up by `by` (down when negative). */
export interface Shift {
  readonly top: number;
  readonly bottom: number;
  readonly by: number;
  /** How many lines of the viewport only moved. */
  readonly moved: number;
}

/** Lines that must have moved together before a shift is worth trying. */
const MIN_MOVED = 3;

/** The shift that explains most of what changed in a viewport, if there is one. The rectangle is the same for both. */
export function findShift(shown: Viewport, next: Viewport): Shift | undefined {
  const { rect } = next;
  const places = new Map<string, number>();
  for (const [index, line] of shown.lines.entries()) {
    // A line that stands there twice tells nothing about where it went.
    places.set(line, places.has(line) ? -1 : index);
  }
  const moved = new Map<number, number>();
  for (const [index, line] of next.lines.entries()) {
    const from = places.get(line) ?? -1;
    if (from >= 0 && from !== index && from < rect.height && index < rect.height) {
      moved.set(from - index, (moved.get(from - index) ?? 0) + 1);
    }
  }
  let best: readonly [by: number, count: number] | undefined;
  for (const entry of moved) if (entry[1] > (best?.[1] ?? 0)) best = entry;
  if (best === undefined || best[1] < MIN_MOVED) return undefined;
  return { top: rect.y, bottom: rect.y + rect.height, by: best[0], moved: best[1] };
}

/** What the rows of the screen are after the terminal has done the shift. */
export function shiftRows<T>(rows: readonly T[], { top, bottom, by }: Shift, blank: T): T[] {
  return rows.map((row, y) => {
    if (y < top || y >= bottom) return row;
    const from = y + by;
    return from >= top && from < bottom ? (rows[from] ?? blank) : blank;
  });
}
