/**
 * How a resource is declared: once, in one file of this folder, and listed in index.ts. The table,
 * the filter, `ekscope get`, help, completion, docs and contract tests all derive from it.
 * Definitions return data and tone names, never JSX and never colours.
 */
import type { Cell } from '../core/styled.ts';
import type { AwsAction } from '../domain/aws-actions.ts';
import type { ClusterKey } from '../domain/cluster-key.ts';
import type { Health } from '../domain/health.ts';
import type { KindRef, ObjectRef } from '../domain/ref.ts';
import type { TableId, Tables } from '../domain/tables/index.ts';
import type { Rule } from '../domain/why/finding.ts';
import type { EksCluster } from '../ports/aws.ts';
import type { AwsCalls, AwsRead } from '../ports/aws-calls.ts';
import type { KubeObject, KubePort } from '../ports/kube.ts';
import type { ChartsDef } from '../ports/charts.ts';
import type { KeptLogsDef } from '../ports/kept-logs.ts';
import type { Query } from '../ports/query.ts';
import type { Column, RowContext } from './column.ts';
import type { Enter, Link } from './enter.ts';
import { lasting } from './lasting.ts';
import type { TrendDef } from './trend-def.ts';

export type { Column, RowContext, Value } from './column.ts';
export type { Link, LinkTarget } from './enter.ts';

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

/** AWS as a description asks it: about the cluster of its row, and nothing that changes anything. */
export interface Asking {
  readonly eks: EksCluster;
  readonly query: Query;
  /** ms */
  readonly now: number;
  /** Rejects with an `AwsFault`. */
  readonly call: <A extends AwsRead>(
    action: A,
    input: AwsCalls[A]['input'],
  ) => Promise<AwsCalls[A]['output']>;
}

/** What a description asks AWS beyond the rows that are followed: once, when it is opened. */
export interface Questions<Row> {
  /** Stands over the answer while it is on its way, and over why there is none. */
  readonly title: string;
  /** IAM actions of its calls, for docs. */
  readonly iam: readonly AwsRead[];
  /** Of which rows it is asked; absent: of all. */
  readonly when?: (row: Row) => boolean;
  /** Rejects where nothing of it can be told; what fails alone is said in its own line. */
  readonly sections: (row: Row, ask: Asking) => Promise<readonly Section[]>;
}

/** The API server as a description reads it: the cluster of its row. */
export interface Reading {
  readonly cluster: ClusterKey;
  readonly query: Query;
  readonly signal: AbortSignal;
  readonly kube: Pick<KubePort, 'list'>;
}

/** What a description reads of the API server beyond the object of its row: once, when it is opened. */
export interface Readings<Row> {
  /** Stands over why there is no answer, and over it while it is on its way. */
  readonly title: string;
  /** Null: there is nothing to read about that row. Rejects where nothing of it can be told. */
  readonly sections: (row: Row, reading: Reading) => Promise<readonly Section[]> | null;
}

/** What a resource can be to the program as a whole, and the tables of which it can be that. */
export interface Roles {
  /** The pane to begin with on a cluster, and to go to in a namespace. */
  readonly home: TableId;
  /** The clusters that can be connected to. */
  readonly fleet: 'clusters';
  /** What the rows of namespaced resources are in. */
  readonly namespace: 'namespaces';
  /** What changed lately. */
  readonly timeline: 'changes';
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

/**
 * A key that is answered with a word for what it does in k9s, and the arguments with which kubectl
 * does it; `{object}` stands for kind and name.
 */
export type Instead = readonly [key: string, word: string, args: string];

/** Actions on what rows tell of. */
export interface ObjectActions<Row> {
  /** Their ids, the likeliest first. */
  readonly actions: readonly string[];
  /** Where the one object is that is acted on. */
  readonly object: Link<Row>['target'];
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
  /** What k9s has under a key of its own here and this program has not. */
  readonly instead?: readonly Instead[];
  /** Where the API has it; absent: where its table says, if anywhere. */
  readonly kind?: KindRef;
  /** What its keys and the actions on it go by; absent: its id. */
  readonly keys?: string;
  /** Words that it and other kinds are meant by together. */
  readonly categories?: readonly string[];
  /** What it is to the program as a whole; one resource in each role. */
  readonly role?: RoleOf<T>;
  /** What the header tells of it; absent: nothing. */
  readonly inHeader?: InHeader;
  readonly columns: readonly Column<Tables[T]>[];
  readonly sort: { readonly column: string; readonly descending: boolean };
  readonly health: (row: Tables[T], ctx: RowContext) => Health;
  /** The figures whose course is told of rows that are looked at; absent: none. */
  readonly trend?: TrendDef<Tables[T]>;
  /** Finds why a row is not well; absent: nothing more than its row is known of it. */
  readonly why?: Rule<Tables[T]>;
  /** Finds what happened to a row that is gone; absent: nothing more than that it is. */
  readonly whyGone?: Rule<Tables[T]>;
  /** Keeps only these rows of the table, where a pane is a part of one. */
  readonly only?: (row: Tables[T]) => boolean;
  /** What enter does; absent: nothing. */
  readonly enter?: Enter<Tables[T]>;
  /** Where a row only tells of an object: the actions on that which its keys start; absent: none. */
  readonly objectActions?: ObjectActions<Tables[T]>;
  /** Where other keys lead. Keys are chords of the resource layer. */
  readonly links?: Readonly<Record<string, Link<Tables[T]>>>;
  /** The object behind a row, where there is one: describe and YAML fetch it. */
  readonly ref?: (row: Tables[T]) => ObjectRef;
  /** The IPs and host names, in lower case, by which a row is reached; absent: rows have none. */
  readonly addresses?: (row: Tables[T]) => readonly string[];
  /** Whether it had these once and has given them back, to be given to others; absent: no row has. */
  readonly gaveBack?: (row: Tables[T]) => boolean;
  /** Whether an address is of the block that a row hands out, whoever has it; absent: rows have none. */
  readonly handsOut?: (row: Tables[T], address: string) => boolean;
  /** The AWS profile that tells of a row, where rows of several are listed. */
  readonly profile?: (row: Tables[T]) => string;
  /** Pods whose logs `l` shows: a test over pod rows; absent where logs make no sense. */
  readonly pods?: (row: Tables[T], query: Query) => (pod: Tables['pods']) => boolean;
  /** Where CloudWatch keeps logs of its rows; absent: it keeps none. */
  readonly kept?: KeptLogsDef<Tables[T]>;
  /** What CloudWatch measures of its rows; absent: nothing. */
  readonly charts?: ChartsDef<Tables[T]>;
  readonly describe: (input: DescribeInput<Tables[T]>) => readonly Section[];
  /** What its description asks AWS when it is opened; absent: nothing. */
  readonly asks?: Questions<Tables[T]>;
  /** What its description reads of the API server when it is opened; absent: nothing. */
  readonly reads?: Readings<Tables[T]>;
  /** Tables beside its own that the describe view looks into: they are followed while it is open. */
  readonly describeNeeds?: readonly TableId[];
  /** More of them, of some rows alone: what others would be asked for in vain. */
  readonly describeNeedsOf?: (row: Tables[T], query: Query) => readonly TableId[];
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
