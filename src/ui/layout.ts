/** Where everything stands: a pure function of the terminal's size and of what is shown. */
import type { Rect } from './terminal/index.ts';

/** The smallest terminal the panes fit into. */
export const MIN_COLUMNS = 60;
/** @see MIN_COLUMNS */
export const MIN_ROWS = 12;

/** What of the screen can be switched off. */
export interface LayoutOptions {
  readonly header: boolean;
}

/** Rectangles in cells, origin in the top left corner. They never overlap and fill the screen. */
export interface Layout {
  readonly columns: number;
  readonly rows: number;
  /** The terminal is too small: nothing is drawn, and no key acts on what is not seen. */
  readonly tooSmall: boolean;
  /** Cluster, connection and counts; a second line with the namespaces where there is room. */
  readonly header: Rect;
  readonly hints: Rect;
  /** The pane with its border; the title stands in the upper, the crumbs in the lower one. */
  readonly frame: Rect;
  /** Inside the border: what panes paint. */
  readonly body: Rect;
  /** The last line: what happened, or the prompt. Always reserved, so that nothing jumps. */
  readonly flash: Rect;
}

/** Divides a screen of `columns` × `rows` cells. */
export function layout(columns: number, rows: number, options: LayoutOptions): Layout {
  const roomy = columns >= 100 && rows >= 30;
  const headerRows = options.header ? (roomy ? 2 : 1) : 0;
  const hintRows = options.header ? 1 : 0;
  const top = headerRows + hintRows;
  const frame = rect(0, top, columns, Math.max(0, rows - top - 1));
  return {
    columns,
    rows,
    tooSmall: columns < MIN_COLUMNS || rows < MIN_ROWS,
    header: rect(0, 0, columns, headerRows),
    hints: rect(0, headerRows, columns, hintRows),
    frame,
    body: rect(1, top + 1, Math.max(0, columns - 2), Math.max(0, frame.height - 2)),
    flash: rect(0, rows - 1, columns, 1),
  };
}

/** A rectangle of the given size in the middle of another, never larger than it. */
export function centered(within: Rect, width: number, height: number): Rect {
  const w = Math.min(width, within.width);
  const h = Math.min(height, within.height);
  return rect(
    within.x + Math.floor((within.width - w) / 2),
    within.y + Math.floor((within.height - h) / 2),
    w,
    h,
  );
}

const rect = (x: number, y: number, width: number, height: number): Rect => ({
  x,
  y,
  width,
  height,
});
