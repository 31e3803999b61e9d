import type { BaseRow } from '../domain/rows.ts';

/** A row as a view has it. */
export interface Entry<Row> {
  row: Row;
  /** The state by which it stands where it stands: older than `row` until it is moved. */
  placed: Row;
  /** It passes the filter. */
  listed: boolean;
}

export const isListed = <Row>({ listed }: Entry<Row>): boolean => listed;

/** How many entries there are, those that are gone aside, and how many of them pass the filter. */
export class Counts<Row extends BaseRow> {
  total = 0;
  matched = 0;

  add({ row, listed }: Entry<Row>, by: 1 | -1): void {
    if (row.gone > 0) return;
    this.total += by;
    if (listed) this.matched += by;
  }

  static of<Row extends BaseRow>(entries: readonly Entry<Row>[]): Counts<Row> {
    const counts = new Counts<Row>();
    for (const entry of entries) counts.add(entry, 1);
    return counts;
  }
}

/** What changes in the two lists of a view: of all entries, and of those that are listed. */
export interface Delta<Row> {
  readonly out: Entry<Row>[];
  readonly into: Entry<Row>[];
  readonly hidden: Entry<Row>[];
  readonly shown: Entry<Row>[];
}

export function noDelta<Row>(): Delta<Row> {
  return { out: [], into: [], hidden: [], shown: [] };
}
