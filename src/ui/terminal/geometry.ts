/** A rectangle of cells; origin 0,0 is the top left corner. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A painted body: `lines[i]` (printable text and SGR only) goes to row `rect.y + i`, clipped and blank-padded. */
export interface Viewport {
  readonly rect: Rect;
  readonly lines: readonly string[];
}

/** The part of a rectangle that is on a screen of this size. */
export function clip(rect: Rect, columns: number, rows: number): Rect {
  const x = Math.min(Math.max(0, rect.x), columns);
  const y = Math.min(Math.max(0, rect.y), rows);
  return {
    x,
    y,
    width: Math.max(0, Math.min(rect.x + rect.width, columns) - x),
    height: Math.max(0, Math.min(rect.y + rect.height, rows) - y),
  };
}

/** True when row `y` crosses the rectangle. */
export function covers(rect: Rect, y: number): boolean {
  return y >= rect.y && y < rect.y + rect.height && rect.width > 0;
}

export function sameRect(a: Rect, b: Rect): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}
