/** Columns of what is used, asked for, or both. */
import type { Share } from '../domain/share.ts';
import {
  bar,
  cpu,
  cpuSpec,
  memory,
  memorySpec,
  percentOf,
  percentOfShare,
  requestTone,
  shareCell,
} from './cells.ts';
import type { Column } from './define.ts';

type QuantityColumn<Row> = Pick<Column<Row>, 'id' | 'title' | 'description' | 'tier'> &
  Partial<Pick<Column<Row>, 'sortKey' | 'needs'>>;

/** Cores or bytes that are used: unknown is `?`. */
export function usageColumn<Row>(
  column: QuantityColumn<Row> & { readonly unit: 'cores' | 'bytes' },
  used: (row: Row) => number | null,
): Column<Row> {
  const format = column.unit === 'cores' ? cpu : memory;
  return { ...quantity(column), value: used, cell: (row) => format(used(row)) };
}

/** Cores or bytes that are asked for: 0 is none, as raw value null. */
export function specColumn<Row>(
  column: QuantityColumn<Row> & { readonly unit: 'cores' | 'bytes' },
  asked: (row: Row) => number,
): Column<Row> {
  const format = column.unit === 'cores' ? cpuSpec : memorySpec;
  return {
    ...quantity(column),
    value: (row) => asked(row) || null,
    cell: (row) => format(asked(row)),
  };
}

function quantity<Row>(column: QuantityColumn<Row>) {
  const min = Math.max(5, column.title.length);
  const rank = 1;
  return { rank, min, max: Math.max(7, min), align: 'right', descending: true, ...column } as const;
}

/** What is used of a request or limit, in percent; no request or limit is none. */
export function shareColumn<Row>(
  column: Pick<Column<Row>, 'id' | 'title' | 'description' | 'tier'>,
  share: (row: Row) => Share,
): Column<Row> {
  return {
    ...column,
    min: 4,
    max: 5,
    align: 'right',
    descending: true,
    needs: ['podusage'],
    value: (row) => percentOfShare(share(row)),
    cell: (row) => shareCell(share(row)),
  };
}

/** What is requested of what there is, in percent, as a bar. */
export function requestBarColumn<Row>(
  column: Pick<Column<Row>, 'id' | 'title' | 'description'> &
    Partial<Pick<Column<Row>, 'sortKey' | 'needs'>>,
  requested: (row: Row) => number | null,
  allocatable: (row: Row) => number | null,
): Column<Row> {
  return {
    ...column,
    tier: 1,
    min: 10,
    max: 10,
    descending: true,
    value: (row) => percentOf(requested(row), allocatable(row)),
    cell: (row) => bar(percentOf(requested(row), allocatable(row)), requestTone),
  };
}
