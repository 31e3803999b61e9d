import type { RowView } from './def.ts';

/** The rows as they are listed now, for looking at them in peace while the world goes on. */
export function freeze<Row>(live: RowView<Row>): RowView<Row> {
  const rows = [...live.window(0, live.length)];
  const index = new Map(rows.map((row, i) => [live.keyOf(row), i]));
  const { matched, total, status } = live;
  return {
    matched,
    total,
    status,
    length: rows.length,
    window: (from, to) => rows.slice(from, to),
    at: (i) => rows[i],
    keyOf: (row) => live.keyOf(row),
    indexOf: (key) => index.get(key) ?? -1,
    isThere: (key) => live.isThere(key),
    update: () => undefined,
    finish: () => undefined,
    subscribe: () => () => undefined,
    close: () => undefined,
  };
}
