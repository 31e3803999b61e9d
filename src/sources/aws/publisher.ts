import type { Sink } from '../../ports/sink.ts';

/** Turns repeated full answers into what changed since the last one. */
export interface Publisher<Row> {
  /** These are all rows there are now. */
  publish(rows: Iterable<Row>): void;
}

/**
 * Writes rows that are new or changed, and the removal of those that are missing. A poll that
 * brings nothing new writes nothing. Rows are plain data whose keys come in a fixed order.
 */
export function createPublisher<Row extends { readonly uid: string }>(
  sink: Sink<Row>,
): Publisher<Row> {
  let known = new Map<string, string>();
  return {
    publish(rows) {
      const now = new Map<string, string>();
      const changed: Row[] = [];
      for (const row of rows) {
        const text = JSON.stringify(row);
        now.set(row.uid, text);
        // The sink owns what it is given and writes joins into it: it gets a copy.
        if (known.get(row.uid) !== text) changed.push({ ...row });
      }
      const removed = [...known.keys()].filter((uid) => !now.has(uid));
      known = now;
      if (changed.length > 0) sink.put(changed);
      if (removed.length > 0) sink.remove(removed.map((uid) => ({ uid })));
    },
  };
}
