/**
 * How a resource is declared: once, in one file of this folder, and listed in index.ts. The table,
 * the filter, `ekscope get`, help, completion, docs and contract tests all derive from it.
 * Definitions return data and tone names, never JSX and never colours.
 */
import type { Cell } from '../core/styled.ts';
import type { AwsAction } from '../domain/aws-actions.ts';
import type { Health } from '../domain/health.ts';
import type { ObjectRef } from '../domain/ref.ts';
import type { TableId, Tables } from '../domain/tables/index.ts';
import type { KubeObject } from '../ports/kube.ts';
import type { Query } from '../ports/query.ts';
import { lasting } from './lasting.ts';

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
  /** The value changes with the clock alone (ages): repainted as time passes. */
  readonly ticking?: boolean;
  /**
   * What becomes of it once the object is gone: `identity` (who it was, what it was made of, where
   * it ran) stays, `state` says since when it is gone, one column of a pane, and what tells of the
   * `moment` is blank then. Absent: the moment.
   */
  readonly tells?: 'identity' | 'state' | 'moment';
}

/** Where a key leads from a row: another pane, narrowed to what belongs to the row. */
export interface Link<Row> {
  /** Resource to open. */
  readonly to: string;
  /** Words for hints and help, e.g. `pods of this deployment`. */
  readonly title: string;
  /** Null where this row leads nowhere; the reason is flashed. */
  readonly target: (row: Row, query: Query) => LinkTarget | { readonly none: string };
}

/** What a link narrows the pane it opens to. */
export interface LinkTarget {
  /** Crumb text, e.g. `api`. */
  readonly label: string;
  /** Resource to open instead of the link's own, where that depends on the row (an owner). */
  readonly to?: string;
  /** Keeps only these rows. Must be cheap: it runs for every row. */
  readonly only?: (row: never) => boolean;
  /** The namespace of all these rows, where they are known to be in one. */
  readonly namespace?: string;
  /** Puts the cursor on this uid. */
  readonly focus?: string;
}

/** A section of the describe view: labelled lines, or lines of text. */
export interface Section {
  readonly title: string;
  readonly lines: readonly (readonly [label: string, value: Cell] | Cell)[];
}

/** What a describe is written from. */
export interface DescribeInput<Row> {
  readonly row: Row;
  /** The full object as the API server has it; null for AWS rows. */
  readonly object: KubeObject | null;
  /** Events about the object, oldest first; null where they could not be read. */
  readonly events: readonly KubeObject[] | null;
  readonly query: Query;
  readonly ctx: RowContext;
}

/** What a resource can be to the program as a whole, and the tables of which it can be that. */
export interface Roles {
  /** The pane to begin with on a cluster, and to go to in a namespace. */
  readonly home: TableId;
  /** The clusters that can be connected to. */
  readonly fleet: 'clusters';
  /** What the rows of namespaced resources are in. */
  readonly namespaces: 'namespaces';
}

type RoleOf<T extends TableId> = {
  [R in keyof Roles]: T extends Roles[R] ? R : never;
}[keyof Roles];

/** How the header counts the rows of a resource. Where it is short, what is listed first goes first. */
export interface InHeader {
  /** What one of them is called there, e.g. `group`. */
  readonly one: string;
  /** Rows with a problem are counted among the problems. */
  readonly problems: boolean;
  /** It is read for the sake of the header; otherwise it is counted while something else reads it. */
  readonly read: boolean;
}

/** A pane's declaration. `T` is the table its rows come from. */
export interface ResourceDef<T extends TableId = TableId> {
  /** Plural, lower case: the name in `:pods` and `get pods`. */
  readonly id: string;
  /** Title of the pane, e.g. `Pods`. */
  readonly title: string;
  readonly singular: string;
  readonly aliases: readonly string[];
  readonly description: string;
  readonly table: T;
  readonly scope: 'namespaced' | 'cluster' | 'region';
  /** What it is to the program as a whole; one resource in each role. */
  readonly role?: RoleOf<T>;
  /** What the header tells of it; absent: nothing. */
  readonly inHeader?: InHeader;
  readonly columns: readonly Column<Tables[T]>[];
  readonly sort: { readonly column: string; readonly descending: boolean };
  readonly health: (row: Tables[T], ctx: RowContext) => Health;
  /** Keeps only these rows of the table, where a pane is a part of one. */
  readonly only?: (row: Tables[T]) => boolean;
  /** Where keys lead; `enter` is the drill-down. Keys are chords of the resource layer. */
  readonly links: Readonly<Record<string, Link<Tables[T]>>>;
  /** The object behind a row, where there is one: describe and YAML fetch it. */
  readonly ref?: (row: Tables[T]) => ObjectRef;
  /** Pods whose logs `l` shows: a test over pod rows; absent where logs make no sense. */
  readonly pods?: (row: Tables[T], query: Query) => (pod: Tables['pods']) => boolean;
  readonly describe: (input: DescribeInput<Tables[T]>) => readonly Section[];
  /** Tables beside its own that the describe view looks into: they are followed while it is open. */
  readonly describeNeeds?: readonly TableId[];
  /** IAM actions that its rows need, for docs; empty for Kubernetes resources. */
  readonly iam: readonly AwsAction[];
  /** What an empty pane says when nothing is wrong: why there may be none. */
  readonly empty: string;
}

/** A definition whose row type no longer matters to the reader. */
export type AnyResource = { [T in TableId]: ResourceDef<T> }[TableId];

/** Checks a definition's types where it is written; rows that are gone read as gone in its columns. */
export function defineResource<T extends TableId>(def: ResourceDef<T>): ResourceDef<T> {
  return { ...def, columns: lasting(def.columns, def.health) };
}
