import type { TableId, Tables } from '../domain/tables/index.ts';

/** The rows of a table that go by one key. */
export interface TallyGroup<Row> {
  /** By uid. */
  readonly rows: ReadonlyMap<string, Row>;
  /** Another number whenever one of its rows came, changed or left. */
  readonly version: number;
}

/** The rows of a table put together by a key, those that are gone excepted; kept by delta. */
export interface Tally<Row> {
  /** By key; those without rows are not there. */
  readonly groups: ReadonlyMap<string, TallyGroup<Row>>;
  /** Puts all rows together anew: the key depends on something else. Of very many it takes a moment. */
  recount(): void;
  close(): void;
}

/** Keeps tallies. */
export interface Tallying {
  /**
   * @param keyOf what a row goes by; null: by nothing, and then it costs nothing. It may depend on the
   *   time: every half minute all rows are looked at anew.
   * @param counted told when all rows were looked at, at first and each time anew
   */
  tally<T extends TableId>(
    table: T,
    keyOf: (row: Tables[T]) => string | null,
    counted: () => void,
  ): Tally<Tables[T]>;
}
