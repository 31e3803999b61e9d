/** How a resource tells which charts CloudWatch has of its rows. */
import type { ChartSet } from '../domain/charts/chart.ts';
import type { EksCluster } from './aws.ts';
import type { AwsRead } from './aws-calls.ts';
import type { Query } from './query.ts';

/** The charts of the rows of a resource. */
export interface ChartsDef<Row> {
  /** IAM actions of what is asked, for docs. */
  readonly iam: readonly AwsRead[];
  /** The charts of a row, or in a sentence why it has none. */
  readonly of: (row: Row, query: Query, eks: EksCluster) => ChartSet | { readonly none: string };
}
