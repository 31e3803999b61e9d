/**
 * How a join between two tables is declared. The store keeps the indexes, finds which rows a
 * change affects, and asks `compute` for these alone.
 */
import type { BaseRow } from '../row.ts';
import type { TableId, Tables } from '../tables/index.ts';

/** By what the rows of a table are found. */
export interface RowKey<T extends TableId = TableId> {
  readonly table: T;
  /** The key holds within the row's namespace; else in the whole cluster. */
  readonly namespaced: boolean;
  /** Key or keys of a row; empty where it has none. */
  readonly of: (row: Tables[T]) => string | readonly string[];
  /** The joined field that the key reads, where it reads one. All else comes from the source. */
  readonly joined?: keyof Tables[T];
}

/**
 * Writes fields of `target` rows from the `source` rows of the same key.
 *
 * Rows that are gone are no sources, and as targets they keep what they had. Within one table,
 * `compute` reads of its target only what the target's source wrote, never a joined field.
 */
export interface Join<
  T extends TableId,
  S extends TableId,
  F extends keyof Tables[T],
  U extends keyof Tables[S],
> {
  readonly target: RowKey<T>;
  readonly source: RowKey<S>;
  /** What `compute` reads of a source: other changes of a source affect no target. */
  readonly uses: readonly U[];
  /** The fields that it writes, and no other join for the same row. */
  readonly fields: readonly F[];
  /** The result says something of all sources (their sum, that there is none), see `known`. */
  readonly ofAll?: boolean;
  /** Which targets it writes; absent: all. */
  readonly when?: (target: Tables[T]) => boolean;
  /**
   * @param sources in no order
   * @param known all sources there are have been listed: what is not among them does not exist;
   *   only for a rule `ofAll`
   */
  compute(
    target: Tables[T],
    sources: readonly Pick<Tables[S], U>[],
    known: boolean,
  ): Pick<Tables[T], F>;
}

/** Makes rows of `table` that no source tells of, one for each key that `source` rows have. */
export interface Derivation<T extends TableId, S extends TableId, U extends keyof Tables[S]> {
  readonly table: T;
  /** The key is the uid of the row. */
  readonly source: RowKey<S>;
  readonly uses: readonly U[];
  /** @param sources at least one */
  derive(uid: string, sources: readonly Pick<Tables[S], U>[]): Tables[T];
}

/** A row whose type is not known here. */
export type AnyRow = BaseRow & Record<string, unknown>;

/** {@link RowKey} of any table. */
export interface AnyKey {
  readonly table: TableId;
  readonly namespaced: boolean;
  readonly of: (row: AnyRow) => string | readonly string[];
  readonly joined?: string;
}

/** {@link Join} between any two tables. */
export interface AnyJoin {
  readonly target: AnyKey;
  readonly source: AnyKey;
  readonly uses: readonly string[];
  readonly fields: readonly string[];
  readonly ofAll?: boolean;
  readonly when?: (target: AnyRow) => boolean;
  compute(
    target: AnyRow,
    sources: readonly AnyRow[],
    known: boolean,
  ): Readonly<Record<string, unknown>>;
}

/** {@link Derivation} between any two tables. */
export interface AnyDerivation {
  readonly table: TableId;
  readonly source: AnyKey;
  readonly uses: readonly string[];
  derive(uid: string, sources: readonly AnyRow[]): AnyRow;
}

/** What the store keeps true between its tables. */
export type Rule = AnyJoin | AnyDerivation;

/** A join, checked against the types of its tables, as one of many. */
export function join<
  T extends TableId,
  S extends TableId,
  F extends keyof Tables[T],
  U extends keyof Tables[S],
>(rule: Join<T, S, F, U>): AnyJoin {
  return rule as unknown as AnyJoin;
}

/** A derivation, checked against the types of its tables, as one of many. */
export function derivation<T extends TableId, S extends TableId, U extends keyof Tables[S]>(
  rule: Derivation<T, S, U>,
): AnyDerivation {
  return rule as unknown as AnyDerivation;
}

/** A key of a table, checked against the type of its rows. */
export function key<T extends TableId>(
  table: T,
  within: 'namespace' | 'cluster',
  of: RowKey<T>['of'],
  joined?: keyof Tables[T],
): RowKey<T> {
  const rowKey = { table, namespaced: within === 'namespace', of };
  return joined === undefined ? rowKey : { ...rowKey, joined };
}

/** What {@link byName} finds rows by. */
export const nameOf = (row: BaseRow): string => row.name;

/** The name of a row, within its namespace where it has one. */
export function byName<T extends TableId>(table: T): RowKey<T> {
  return key(table, 'namespace', nameOf);
}
