/** By which column a table is sorted. */
import { compareNatural } from '../../core/compare.ts';
import type { Column, RowContext, Value } from '../../resources/define.ts';

/** A column's id and its direction. */
export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** The sort after the user asked for a column: its natural direction first, again reverses. */
export function sortBy<Row>(present: Sort, column: Column<Row>): Sort {
  if (present.column === column.id) return { ...present, descending: !present.descending };
  return { column: column.id, descending: column.descending ?? false };
}

/** The sort as it is shown: a column that is hidden has one value only, and names decide. */
export function shownSort(sort: Sort, hidden: ReadonlySet<string>): Sort {
  return hidden.has(sort.column) ? { column: 'name', descending: false } : sort;
}

/** Compares rows by a column. What is not known comes last in either direction. */
export function comparator<Row>(
  columns: readonly Column<Row>[],
  sort: Sort,
  ctx: RowContext,
): (a: Row, b: Row) => number {
  const column = columns.find(({ id }) => id === sort.column);
  if (!column) return () => 0;
  const key = column.sortBy ?? ((row: Row) => column.value(row, ctx));
  const sign = sort.descending ? -1 : 1;
  return (a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x === y) return 0;
    if (x === null) return 1;
    if (y === null) return -1;
    return sign * compareValues(x, y);
  };
}

function compareValues(a: NonNullable<Value>, b: NonNullable<Value>): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return compareNatural(String(a), String(b));
}
