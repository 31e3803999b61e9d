/**
 * How a table of AWS is declared: in a file of tables/, and with one line in its index. What polls,
 * tells the state and writes rows is in this folder and knows none of them.
 */
import type { Clock } from '../../../core/clock.ts';
import type { AwsFault } from '../../../domain/aws-fault.ts';
import type { AwsTableId, Tables } from '../../../domain/tables/index.ts';
import type { AwsCalls, AwsRead } from '../../../ports/aws-calls.ts';
import type { AwsScope, AwsTarget } from '../../../ports/aws.ts';
import type { Round } from './round.ts';

export type { AwsRead } from '../../../ports/aws-calls.ts';

/** A scope, to be read by these calls. */
export interface Reads<A extends AwsRead> {
  /** Rejects with an `AwsFault`, or with the signal's reason. */
  readonly call: <One extends A>(
    action: One,
    input: AwsCalls[One]['input'],
    signal: AbortSignal,
  ) => Promise<AwsCalls[One]['output']>;
  /** Ids of local clusters on Outposts, by name: their tokens name them by these. */
  readonly localIds: Map<string, string>;
}

/** What the parts of a table are made with. */
export interface PartContext<A extends AwsRead> {
  readonly reads: (scope: AwsScope) => Reads<A>;
  readonly clock: Clock;
  /** What is good for longer than anybody looks at the table: made once for each key. */
  readonly lasting: <Kept>(key: string, make: () => Kept) => Kept;
}

/** A part of a table: it is asked for on its own, at its own pace, and fails alone. */
export interface TablePart<Row> {
  /** Names it among the parts of its table. */
  readonly label: string;
  /** Its rows as far as they are read. */
  rows(): readonly Row[];
  /** Reads them all anew. Rejects where the part failed as a whole. */
  read(round: Round): Promise<void>;
  /**
   * Parts that it has found out of by now: each is polled as one of its own. Those that are not told
   * any more are left, and so are their rows.
   */
  more?(): readonly TablePart<Row>[];
  /** The row that says why the part failed, where others are shown; absent: none does. */
  failed?(fault: AwsFault): Row;
}

/** How the rows of a table are kept up to date. */
export interface Polling<Row> {
  /** How long after an answer it is asked for again (ms); the second while a row is changing. */
  readonly interval: { readonly quiet: number; readonly changing: number };
  /** Whether a row becomes another one by itself within minutes. */
  readonly isChanging: (row: Row) => boolean;
  /** Whether a row is no more than a name, so that another part's row of the same uid is better. */
  readonly isUnread?: (row: Row) => boolean;
  /** Calls that rows are only filled in by: none is missing for a right to these. */
  readonly details?: readonly AwsRead[];
}

/** A table of AWS. */
export interface AwsTable<T extends AwsTableId, A extends AwsRead = AwsRead> extends Polling<
  Tables[T]
> {
  /** All that its parts call, as the IAM actions that are needed. */
  readonly calls: readonly A[];
  readonly details?: readonly A[];
  parts(target: AwsTarget<T>, context: PartContext<A>): readonly TablePart<Tables[T]>[];
}
