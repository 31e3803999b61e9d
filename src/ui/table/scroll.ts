/**
 * The cursor of a table: it stays on its object while rows come, go and move around it, and the
 * object stays on its line of the screen where that is possible.
 */

/** Where the cursor is. */
export interface Cursor {
  /** The object under the cursor; null: the first row, whichever that is (never moved so far). */
  readonly key: string | null;
  /** Its index when last seen: where the cursor goes when the object vanishes. */
  readonly index: number;
  /** Index of the first row on the screen. */
  readonly top: number;
}

/** The rows a cursor stands in, as far as it needs to know them. */
export interface CursorRows<Row> {
  readonly length: number;
  keyOf(row: Row): string;
  indexOf(key: string): number;
  at(index: number): Row | undefined;
}

export const HOME: Cursor = { key: null, index: 0, top: 0 };

/** The cursor after the rows have changed under it. `height`: rows on the screen. */
export function followRows<Row>(cursor: Cursor, rows: CursorRows<Row>, height: number): Cursor {
  if (cursor.key === null) return cursor.index === 0 && cursor.top === 0 ? cursor : HOME;
  if (rows.length === 0) return cursor;
  const found = rows.indexOf(cursor.key);
  if (found >= 0) {
    // What moved the object moves the window too, unless the window stands at the top.
    const shift = cursor.top === 0 ? 0 : found - cursor.index;
    return clamp({ key: cursor.key, index: found, top: cursor.top + shift }, rows, height);
  }
  const index = Math.min(cursor.index, rows.length - 1);
  return clamp({ key: keyAt(rows, index), index, top: cursor.top }, rows, height);
}

/** The cursor moved by `delta` rows. */
export function move<Row>(
  cursor: Cursor,
  delta: number,
  rows: CursorRows<Row>,
  height: number,
): Cursor {
  const index = Math.max(0, Math.min(rows.length - 1, cursor.index + delta));
  return clamp({ key: keyAt(rows, index), index, top: cursor.top }, rows, height);
}

/** The cursor moved by a whole screen, the window with it. */
export function page<Row>(
  cursor: Cursor,
  direction: 1 | -1,
  rows: CursorRows<Row>,
  height: number,
): Cursor {
  const delta = direction * Math.max(1, height - 1);
  const moved = move(cursor, delta, rows, height);
  return clamp({ ...moved, top: cursor.top + delta }, rows, height);
}

/** The cursor on the first or last row. */
export function jump<Row>(to: 'top' | 'bottom', rows: CursorRows<Row>, height: number): Cursor {
  if (to === 'top') return HOME;
  const index = Math.max(0, rows.length - 1);
  return clamp({ key: keyAt(rows, index), index, top: index }, rows, height);
}

/** Keeps the cursor inside the window and the window inside the rows. */
function clamp(cursor: Cursor, rows: { readonly length: number }, height: number): Cursor {
  const h = Math.max(1, height);
  let top = Math.min(cursor.top, Math.max(0, rows.length - h));
  if (cursor.index < top) top = cursor.index;
  if (cursor.index >= top + h) top = cursor.index - h + 1;
  return { ...cursor, top: Math.max(0, top) };
}

function keyAt<Row>(rows: CursorRows<Row>, index: number): string | null {
  const row = rows.at(index);
  return row === undefined ? null : rows.keyOf(row);
}
