import { ALL_REGIONS, partitionOf } from '../../../domain/aws-regions.ts';
import type { ClusterScope } from '../../../ports/aws.ts';
import type { AwsTable } from '../polling/table.ts';
import { allRegions } from './clusters/all-regions.ts';
import { regionClusters } from './clusters/region.ts';
import type { SupportDates, ToldDates } from './clusters/support.ts';

/** Statuses that end by themselves within minutes. */
const CHANGING: ReadonlySet<string> = new Set(['CREATING', 'UPDATING', 'DELETING', 'PENDING']);

type Call =
  | 'ec2:DescribeRegions'
  | 'eks:ListClusters'
  | 'eks:DescribeCluster'
  | 'eks:DescribeClusterVersions';

/**
 * The clusters of several scopes. One that several of them see is shown once, as the first scope
 * tells that could describe it; a scope that fails beside others leaves a row that says why.
 */
export const clusters: AwsTable<'clusters', Call> = {
  calls: [
    'ec2:DescribeRegions',
    'eks:ListClusters',
    'eks:DescribeCluster',
    'eks:DescribeClusterVersions',
  ],
  details: ['eks:DescribeClusterVersions'],
  interval: { quiet: 30_000, changing: 5_000 },
  isChanging: ({ status }) => CHANGING.has(status),
  isUnread: ({ error }) => error !== '',
  parts: (scopes, { reads, clock }) => {
    const told = new Map<string, ToldDates>();
    const one = (scope: ClusterScope) => {
      const partition = partitionOf(scope.region);
      const dates: ToldDates = told.get(partition) ?? new Map<string, SupportDates>();
      told.set(partition, dates);
      return regionClusters(scope, reads(scope), clock, dates);
    };
    return scopes.map((scope) =>
      scope.region === ALL_REGIONS ? allRegions(scope, reads(scope), clock, one) : one(scope),
    );
  },
};
