/** Which figures of a row have a course that is worth telling. */

/** A figure whose course is told. */
export interface TrendLine<Row> {
  readonly label: string;
  readonly value: (row: Row) => number | null;
  /** With its unit. */
  readonly text: (value: number) => string;
  /** What the bars are a part of, where that is more than the highest that was seen. */
  readonly full?: (row: Row) => number;
  /** What is told where it is at least so much, e.g. at the maximum. */
  readonly bound?: (row: Row) => { readonly at: number; readonly words: string } | undefined;
  /** That it moved at all is news, as of restarts; usage moves all the time. */
  readonly isNews?: true;
}

/** The figures whose course is told of a row. */
export interface TrendDef<Row> {
  /** Those of all its rows are followed, not only of the one that is looked at: of few. */
  readonly all?: true;
  readonly lines: readonly TrendLine<Row>[];
}
