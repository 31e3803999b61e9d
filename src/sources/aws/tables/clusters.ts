import type { AwsTable } from '../polling/table.ts';
import { regionClusters } from './clusters/region.ts';

/** Statuses that end by themselves within minutes. */
const CHANGING: ReadonlySet<string> = new Set(['CREATING', 'UPDATING', 'DELETING', 'PENDING']);

type Call = 'eks:ListClusters' | 'eks:DescribeCluster' | 'eks:DescribeClusterVersions';

/**
 * The clusters of several scopes. One that several of them see is shown once, as the first scope
 * tells that could describe it; a scope that fails beside others leaves a row that says why.
 */
export const clusters: AwsTable<'clusters', Call> = {
  calls: ['eks:ListClusters', 'eks:DescribeCluster', 'eks:DescribeClusterVersions'],
  interval: { quiet: 30_000, changing: 5_000 },
  isChanging: ({ status }) => CHANGING.has(status),
  isUnread: ({ error }) => error !== '',
  parts: (scopes, { reads, clock }) =>
    scopes.map((scope) => regionClusters(scope, reads(scope), clock)),
};
