import { parseFilter, type Filter, type FilterFields } from '../core/filter.ts';
import type { FilterColumn } from '../core/filter-value.ts';
import { plain } from '../core/styled.ts';
import type { BaseRow } from '../domain/rows.ts';
import { cellOf } from './cell-of.ts';
import type { Value } from './column.ts';
import type { Column, RowContext } from './define.ts';

const EMPTY: Readonly<Record<string, string>> = {};

/** What the rows are like that are filtered. */
export interface FilteredRows<Row> {
  /** They are objects with labels; by default they are. */
  readonly labelled?: boolean;
  /** How far the clock that a row's times are of is before `now` (ms); absent: they go by one clock. */
  readonly ahead?: ((row: Row) => number) | undefined;
}

/**
 * What filters look at in the rows of a pane. The haystack is made of what the columns, shown or
 * not, hold as text; times and numbers are asked for by column. It is kept for each row object, so
 * that a filter over tens of thousands of rows stays within a frame.
 */
export class RowFilters<Row extends BaseRow> {
  readonly #fields: FilterFields<Row>;
  readonly #haystacks = new WeakMap<Row, string>();

  constructor(
    columns: readonly Column<Row>[],
    now: () => number,
    { labelled = true, ahead }: FilteredRows<Row> = {},
  ) {
    const texts = columns.filter((column) => column.unit === undefined);
    this.#fields = {
      haystack: (row) => {
        let text = this.#haystacks.get(row);
        if (text === undefined) {
          text = haystack(row, texts);
          this.#haystacks.set(row, text);
        }
        return text;
      },
      name: (row) => (row.namespace === '' ? row.name : `${row.namespace}/${row.name}`),
      labels: labelled ? (row) => ('labels' in row ? (row.labels as typeof EMPTY) : EMPTY) : null,
      columns: columnsByName(columns, now, ahead),
      now,
    };
  }

  /** Reads the text of a filter over these columns. */
  parse(text: string): Filter<Row> {
    return parseFilter(text, this.#fields);
  }
}

/** Values do not depend on the time. */
const TIMELESS: RowContext = { now: 0, time: 'age' };

function haystack<Row>(row: Row, columns: readonly Column<Row>[]): string {
  let text = '';
  for (const column of columns) {
    const value = column.value(row, TIMELESS);
    if (typeof value === 'string' && value !== '') text += `${value}\n`;
  }
  return text;
}

/** Columns go by their id and by their title, blanks left out (`az-spread`). */
function columnsByName<Row>(
  columns: readonly Column<Row>[],
  now: () => number,
  ahead: ((row: Row) => number) | undefined,
): ReadonlyMap<string, FilterColumn<Row>> {
  const byName = new Map<string, FilterColumn<Row>>();
  const names: readonly ((column: Column<Row>) => string)[] = [
    (column) => column.id,
    (column) => column.title.replaceAll(' ', '-'),
  ];
  for (const nameOf of names) {
    for (const column of columns) {
      const name = nameOf(column).toLowerCase();
      if (byName.has(name)) continue;
      byName.set(name, {
        id: column.id,
        name,
        unit: column.unit ?? null,
        value: (row) => {
          const value = column.value(row, TIMELESS);
          return column.unit === 'time' ? onOneClock(value, ahead?.(row) ?? 0) : value;
        },
        shown: (row) => plain(cellOf(column, row, { now: now(), time: 'age' })),
      });
    }
  }
  const namespace = byName.get('namespace');
  if (namespace) byName.set('ns', namespace);
  return byName;
}

/** A time of a clock that is before ours by so much (ms), as a time of ours. */
function onOneClock(value: Value, ahead: number): Value {
  const at = ahead === 0 || typeof value !== 'string' ? NaN : Date.parse(value);
  return Number.isNaN(at) ? value : new Date(at - ahead).toISOString();
}
