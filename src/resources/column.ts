/** What a column of a pane is: a raw value, and the cell that shows it. */
import type { Cell } from '../core/styled.ts';
import type { TableId } from '../domain/tables/index.ts';

/** What a column or rule may look at beside the row itself. */
export interface RowContext {
  /** Present time (ms). */
  readonly now: number;
  /** How times are shown: `age` (3h12m), local clock time, or UTC. */
  readonly time: 'age' | 'local' | 'utc';
}

/** The raw value of a cell: what sorts, filters, copies and prints as JSON. null: not known. */
export type Value = string | number | boolean | null;

/** A column of a pane. */
export interface Column<Row> {
  /** JSON key of `get -o json`, and the name in `column:value` filters. Lower camel case. */
  readonly id: string;
  /** Head of the column, upper case as kubectl prints them. */
  readonly title: string;
  /** What it shows, in one sentence for help and docs. */
  readonly description: string;
  /** 0: always, fits 80 columns together; 1: from about 110; 2: from about 150; 3: only in wide. */
  readonly tier: 0 | 1 | 2 | 3;
  /** Which columns of a tier come first where there is no room for all: lower first, those without last. */
  readonly rank?: number;
  /** Widths in cells: never under `min`; over `max` the text is cut (in the middle for names). */
  readonly min: number;
  readonly max: number;
  /** Takes what space is left, in proportion to this weight; 0: only what its content needs. */
  readonly grow?: number;
  /** A growing text that is cut to `min` before a column of tier 1 goes. Absent: it keeps its share. */
  readonly yields?: true;
  readonly align?: 'left' | 'right';
  /** Where a text that is too long is cut: `middle` keeps the hash at the end of a name. */
  readonly cut?: 'end' | 'middle';
  readonly value: (row: Row, ctx: RowContext) => Value;
  /**
   * What a value stands for where it is no plain text or number, so that filters can compare it
   * (`age:>1h`, `cpu:>200m`, `mem:>1Gi`): an ISO time, cores, or bytes.
   */
  readonly unit?: 'time' | 'cores' | 'bytes';
  /** What is shown; without it, the value as text (null as `?`). */
  readonly cell?: (row: Row, ctx: RowContext) => Cell;
  /** What sorting compares, where the value would not sort as people expect. */
  readonly sortBy?: (row: Row) => Value;
  /** First press of its sort key sorts downwards (restarts, CPU, age of events). */
  readonly descending?: boolean;
  /** The sort key, of the settled set N A S P C M T I. */
  readonly sortKey?: string;
  /** Tables beside the resource's own that must be followed for this column to be known. */
  readonly needs?: readonly TableId[];
  /** Tables that tell more of it: followed as well, and where they cannot be read it is known without. */
  readonly alsoFrom?: readonly TableId[];
  /**
   * `c` offers its value under this word, e.g. `image`: what people paste elsewhere. Copied is the raw
   * value, of each row that has one.
   */
  readonly copies?: string;
  /**
   * What is compared among rows: the column is shown only where they differ in it. Empty where a row
   * has no say. Absent: it is shown wherever there is room.
   */
  readonly differs?: (row: Row) => string;
  /** The value changes with the clock alone (ages): repainted as time passes. */
  readonly ticking?: boolean;
  /**
   * What becomes of it once the object is gone: `identity` (who it was, what it was made of, where
   * it ran) stays, `state` says since when it is gone, one column of a pane, and what tells of the
   * `moment` is blank then. Absent: the moment.
   */
  readonly tells?: 'identity' | 'state' | 'moment';
}

/** All tables beside the resource's own that are followed for a column. */
export const tablesOf = <Row>({ needs = [], alsoFrom = [] }: Column<Row>): readonly TableId[] => [
  ...needs,
  ...alsoFrom,
];
