import type { RowView } from './def.ts';
import type { CursorRows } from './scroll.ts';

/** The marked rows of a table, by key, in the order in which they were marked. */
export type Marks = ReadonlySet<string>;

export const NO_MARKS: Marks = new Set();

/** Marks a row, or takes its mark away. */
export function toggleMark(marks: Marks, key: string): Marks {
  const next = new Set(marks);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** Marks all rows from the one marked last to the one under the cursor, or only that one. */
export function markRange<Row>(marks: Marks, index: number, rows: CursorRows<Row>): Marks {
  const last = [...marks].at(-1);
  const found = last === undefined ? -1 : rows.indexOf(last);
  const from = found < 0 ? index : found;
  const next = new Set(marks);
  const step = from <= index ? 1 : -1;
  for (let i = from; i !== index + step; i += step) {
    const row = rows.at(i);
    if (row !== undefined) next.add(rows.keyOf(row));
  }
  return next;
}

/** The marked rows that are listed, in the order in which they were marked, and how many are not. */
export function markedIn<Row>(
  marks: Marks,
  rows: Pick<RowView<Row>, 'at' | 'indexOf' | 'isThere'>,
): { readonly listed: readonly Row[]; readonly unlisted: number } {
  const listed: Row[] = [];
  let unlisted = 0;
  for (const key of marks) {
    const row = rows.at(rows.indexOf(key));
    if (row !== undefined) listed.push(row);
    else if (rows.isThere(key)) unlisted++;
  }
  return { listed, unlisted };
}
