/**
 * How a table is declared: once, in a file of this folder that has its row type, the fields it is
 * read from and how these become the row, and with one line in index.ts. The store, the sources,
 * references, links and tests derive from it.
 */
import type { KindRef } from '../kind-ref.ts';
import type { BaseRow } from '../row.ts';
import { decoder, type Decoder } from '../wire/decoder.ts';
import type { Message } from '../wire/message.ts';

/**
 * Who fills a table: the API server by list and watch (`kube`), or by polling what it has measured
 * (`metrics`), or by saying what kinds it offers (`discovery`), or as it prints those that no file
 * declares (`found`); the kubelets of its nodes (`kubelet`); AWS for one cluster (`aws`); all profiles, regions and contexts together
 * (`fleet`); the program itself, by what it sees happen in other tables (`recorded`), or by what they
 * have together (`computed`).
 */
export type TableSource =
  | 'kube'
  | 'metrics'
  | 'discovery'
  | 'found'
  | 'kubelet'
  | 'aws'
  | 'fleet'
  | 'recorded'
  | 'computed';

/** A table's declaration. */
export interface TableDef<Row extends BaseRow = BaseRow> {
  readonly source: TableSource;
  /** A row of which nothing is known: what a source or a join starts from. */
  readonly blank: Row;
  /** Rows that left stay for a while, because that they left is news. */
  readonly keepsGone: boolean;
  /** Where it cannot be read its own panes and columns say so: the connection is no worse for it. */
  readonly failsAlone: boolean;
  /**
   * It is read in all namespaces also where one is looked at, because of what it tells of the cluster
   * as a whole; who may not do that reads the one.
   */
  readonly readsAll?: boolean;
  /** Joins write its rows into those that they are of, and they are not kept: no query finds them. */
  readonly passesOn?: boolean;
  /** Times that the API moves on while an object lasts: the first that was seen stays (0: none yet). */
  readonly firsts?: readonly string[];
}

/** A table of objects of one kind of an API server. */
export interface ObjectTable<Row extends BaseRow = BaseRow> extends TableDef<Row> {
  readonly kind: KindRef;
  readonly decoder: Decoder<Row>;
}

/** A table that AWS fills for one EKS cluster. */
export interface EksTable<Row extends BaseRow = BaseRow> extends TableDef<Row> {
  /** What of it is shown where AWS does not tell of the cluster; empty where that is nothing. */
  readonly withoutAws: string;
}

/** Declares the table of a kind. */
export function objectTable<T, Row extends BaseRow>({
  kind,
  message,
  row,
  keepsGone,
  source = 'kube',
  optional = false,
  readsAll = false,
  passesOn = false,
  firsts = [],
}: {
  readonly kind: KindRef;
  /** The fields that are read of an object. */
  readonly message: Message<T>;
  /** What becomes of them. Total: what is missing or malformed reads as absent. */
  readonly row: (object: T) => Row;
  readonly keepsGone: boolean;
  readonly source?: TableSource;
  /**
   * Clusters may do without the kind, or keep it from most of their users: where one does, only what
   * shows it says so.
   */
  readonly optional?: boolean;
  readonly readsAll?: boolean;
  readonly passesOn?: boolean;
  readonly firsts?: readonly (keyof Row & string)[];
}): ObjectTable<Row> {
  return {
    source,
    kind,
    decoder: decoder(message, row),
    blank: row(message.empty),
    keepsGone,
    failsAlone: optional || source !== 'kube',
    readsAll,
    passesOn,
    firsts,
  };
}
