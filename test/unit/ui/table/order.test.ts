import { describe, expect, it } from 'vitest';
import type { Column, Value } from '../../../../src/resources/define.ts';
import { markRange, NO_MARKS, toggleMark } from '../../../../src/ui/table/marks.ts';
import { comparator, shownSort, sortBy } from '../../../../src/ui/table/order.ts';

interface Row {
  readonly uid: string;
  readonly value: Value;
}
const column = (change: Partial<Column<Row>> = {}): Column<Row> => ({
  id: 'value',
  title: 'VALUE',
  description: '',
  tier: 0,
  min: 1,
  max: 9,
  value: (row) => row.value,
  ...change,
});
const sorted = (values: readonly Value[], descending: boolean) =>
  values
    .map((value, i) => ({ uid: String(i), value }))
    .sort(comparator([column()], { column: 'value', descending }, { now: 0, time: 'age' }))
    .map(({ value }) => value);

describe('sorting', () => {
  it('counts as people do, and puts what is not known last in either direction', () => {
    expect(sorted(['web-10', null, 'web-2'], false)).toEqual(['web-2', 'web-10', null]);
    expect(sorted([3, null, 20, 1], true)).toEqual([20, 3, 1, null]);
  });

  it('begins with the natural direction of a column, then reverses', () => {
    const restarts = column({ id: 'restarts', descending: true });
    const first = sortBy({ column: 'name', descending: false }, restarts);
    expect(first).toEqual({ column: 'restarts', descending: true });
    expect(sortBy(first, restarts).descending).toBe(false);
  });

  it('is by name where the column that sorts is hidden', () => {
    const sort = { column: 'namespace', descending: true };
    expect(shownSort(sort, new Set(['namespace']))).toEqual({ column: 'name', descending: false });
    expect(shownSort(sort, new Set())).toBe(sort);
  });
});

describe('marks', () => {
  const names = ['a', 'b', 'c', 'd'];
  const rows = {
    indexOf: (uid: string) => names.indexOf(uid),
    at: (i: number) => ({ uid: names[i] ?? '' }),
    keyOf: ({ uid }: { uid: string }) => uid,
    length: names.length,
  };

  it('come and go one by one', () => {
    const one = toggleMark(NO_MARKS, 'a');
    expect([...one]).toEqual(['a']);
    expect([...toggleMark(one, 'a')]).toEqual([]);
  });

  it('reach from the last mark to the cursor, in either direction', () => {
    expect([...markRange(new Set(['d']), 1, rows)]).toEqual(['d', 'c', 'b']);
    expect([...markRange(NO_MARKS, 2, rows)]).toEqual(['c']);
    expect([...markRange(new Set(['gone']), 2, rows)]).toEqual(['gone', 'c']);
  });
});
