/** How a resource tells which charts CloudWatch has of its rows. */
import type { TableId } from '../domain/tables/index.ts';
import type { ChartSet } from '../domain/charts/chart.ts';
import type { EksCluster } from './aws.ts';
import type { AwsRead } from './aws-calls.ts';
import type { Query } from './query.ts';

/** The charts of the rows of a resource. */
export interface ChartsDef<Row> {
  /** IAM actions of what is asked, for docs. */
  readonly iam: readonly AwsRead[];
  /** Tables beside its own that tell which these are; absent: none. */
  readonly needs?: readonly TableId[];
  /** The charts of a row, or in a sentence why it has none. */
  readonly of: (row: Row, query: Query, eks: EksCluster) => ChartSet | { readonly none: string };
}
