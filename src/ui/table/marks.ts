/** The marked rows of a table, by uid, in the order in which they were marked. */
export type Marks = ReadonlySet<string>;

export const NO_MARKS: Marks = new Set();

/** Marks a row, or takes its mark away. */
export function toggleMark(marks: Marks, uid: string): Marks {
  const next = new Set(marks);
  if (!next.delete(uid)) next.add(uid);
  return next;
}

/** Marks all rows from the one marked last to the one under the cursor, or only that one. */
export function markRange(
  marks: Marks,
  index: number,
  rows: { indexOf(uid: string): number; at(index: number): { readonly uid: string } | undefined },
): Marks {
  const last = [...marks].at(-1);
  const found = last === undefined ? -1 : rows.indexOf(last);
  const from = found < 0 ? index : found;
  const next = new Set(marks);
  const step = from <= index ? 1 : -1;
  for (let i = from; i !== index + step; i += step) {
    const row = rows.at(i);
    if (row) next.add(row.uid);
  }
  return next;
}
