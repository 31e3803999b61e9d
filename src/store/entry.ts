/** A row as a view has it. */
export interface Entry<Row> {
  row: Row;
  /** The state by which it stands where it stands: older than `row` until it is moved. */
  placed: Row;
  /** It passes the filter. */
  listed: boolean;
}

export const isListed = <Row>({ listed }: Entry<Row>): boolean => listed;

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
