/** Logs that are kept outside the cluster: where they are, and whose they are. */
import type { KeptLine } from '../domain/kept-logs/line.ts';
import type { EksCluster } from './aws.ts';
import type { AwsRead } from './aws-calls.ts';
import type { KubePort } from './kube.ts';
import type { LogEvent } from './aws/logs-calls.ts';
import type { Query } from './query.ts';

/** A way to pick events out of a log group. */
export interface LogSearch {
  /** Only of streams whose names begin so; empty: of all. */
  readonly streams: string;
  /** A filter pattern of CloudWatch; empty: all events. */
  readonly pattern: string;
}

/** Where CloudWatch keeps a log. */
export interface LogPlace {
  readonly group: string;
  /** Tried in this order until one finds something: the first asks the least of AWS. */
  readonly searches: readonly LogSearch[];
  /** Nothing was written before (ms); 0: that is not known. */
  readonly from: number;
  /** Nothing is written after (ms); null: it goes on. */
  readonly until: number | null;
  readonly read: (event: LogEvent) => KeptLine;
  /** What to do where there is no such log group. */
  readonly unless: string;
}

/** Who writes. */
export interface LogWriter {
  readonly pod: string;
  /** Empty where it is none. */
  readonly container: string;
  /** Why it writes nothing that is kept; empty: it does. */
  readonly missing: string;
}

/** What a finder may ask. */
export interface KeptAsking {
  readonly eks: EksCluster;
  /** Rejects where the cluster is not connected to. */
  readonly kube: Pick<KubePort, 'get'>;
}

/** Logs of a row that are kept in CloudWatch. */
export interface KeptLogs {
  /** Of what, for the title: `shop-prod control plane`. */
  readonly title: string;
  readonly namespace: string;
  /** Who is known to write, before anything was read. */
  readonly writers: readonly LogWriter[];
  /** What can be done about those who write nothing, in a few words each. */
  readonly advice: readonly string[];
  /** The commands that it means. */
  readonly copies: readonly { readonly label: string; readonly text: string }[];
  /** Rejects with an `AwsFault`, or with the reason why there is no such place. */
  readonly find: (ask: KeptAsking) => Promise<LogPlace>;
}

/** How a resource tells where the logs of its rows are kept. */
export interface KeptLogsDef<Row> {
  /** IAM actions of what is asked, for docs. */
  readonly iam: readonly AwsRead[];
  /** The reason is flashed. */
  readonly of: (row: Row, query: Query, eks: EksCluster) => KeptLogs | { readonly none: string };
}
