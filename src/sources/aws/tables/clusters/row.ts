import { arnKey, type ClusterKey } from '../../../../domain/cluster-key.ts';
import type { ClusterRow } from '../../../../domain/rows.ts';
import { blankCluster } from '../../../../domain/tables/clusters.ts';
import type { AwsScope } from '../../../../ports/aws.ts';
import type { EksClusterDescription } from '../../../../ports/aws-shapes.ts';
import { healthIssues } from '../health-issues.ts';

/** A cluster of which no more than the name is known. */
export function namedCluster(scope: AwsScope, key: ClusterKey, name: string): ClusterRow {
  return { ...blankCluster(key, name), profile: scope.profile, region: scope.region };
}

/** The row of a cluster as DescribeCluster tells it, or null where it does not say which. */
export function clusterRow(scope: AwsScope, cluster: EksClusterDescription): ClusterRow | null {
  const { arn, name } = cluster;
  if (!arn || !name) return null;
  return {
    ...namedCluster(scope, arnKey(arn), name),
    created: cluster.createdAt ?? 0,
    account: arn.split(':')[4] ?? '',
    status: cluster.status,
    version: cluster.version,
    platformVersion: cluster.platformVersion,
    endpoint: cluster.endpoint,
    caData: cluster.certificateAuthority.data,
    endpointPublic: cluster.resourcesVpcConfig.endpointPublicAccess,
    endpointPrivate: cluster.resourcesVpcConfig.endpointPrivateAccess,
    health: healthIssues(cluster.health),
    tags: cluster.tags,
  };
}
