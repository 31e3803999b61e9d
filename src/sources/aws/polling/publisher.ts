import { isEqual } from '../../../core/equal.ts';
import type { Sink } from '../../../ports/sink.ts';

/** Takes all rows there are now; repeated, it tells the sink no more than what changed. */
export type Publish<Row> = (rows: readonly Row[]) => void;

/** Writes rows that are new or changed, and removes those that are missing. */
export function publisher<Row extends { readonly uid: string }>(sink: Sink<Row>): Publish<Row> {
  let known = new Map<string, Row>();
  return (rows) => {
    const now = new Map(rows.map((row) => [row.uid, row]));
    const changed = rows.filter((row) => !isEqual(row, known.get(row.uid)));
    const removed = [...known.keys()].filter((uid) => !now.has(uid));
    known = now;
    // The sink owns what it is given and writes joins into it: it gets copies.
    if (changed.length > 0) sink.put(changed.map((row) => ({ ...row })));
    if (removed.length > 0) sink.remove(removed.map((uid) => ({ uid })));
  };
}
