import type { Cluster } from '@aws-sdk/client-eks';
import { blankCluster } from '../../domain/blank-rows.ts';
import type { ClusterRow, HealthIssue } from '../../domain/rows.ts';
import type { AwsScope } from '../../ports/aws.ts';

/** A cluster of which no more than the name is known. */
export function namedCluster(scope: AwsScope, uid: string, name: string): ClusterRow {
  return { ...blankCluster(uid, name), profile: scope.profile, region: scope.region };
}

/** The row of a cluster as DescribeCluster tells it, or null where it does not say which. */
export function clusterRow(scope: AwsScope, cluster: Cluster): ClusterRow | null {
  const { arn, name } = cluster;
  if (!arn || !name) return null;
  return {
    ...namedCluster(scope, arn, name),
    created: cluster.createdAt?.getTime() ?? 0,
    account: arn.split(':')[4] ?? '',
    status: cluster.status ?? '',
    version: cluster.version ?? '',
    platformVersion: cluster.platformVersion ?? '',
    endpoint: cluster.endpoint ?? '',
    caData: cluster.certificateAuthority?.data ?? '',
    endpointPublic: cluster.resourcesVpcConfig?.endpointPublicAccess ?? null,
    endpointPrivate: cluster.resourcesVpcConfig?.endpointPrivateAccess ?? null,
    health: healthIssues(cluster.health?.issues),
    tags: cluster.tags ?? {},
  };
}

/** Health issues of a cluster, node group or Fargate profile. */
export function healthIssues(
  issues:
    | readonly {
        readonly code?: string | undefined;
        readonly message?: string | undefined;
        readonly resourceIds?: readonly string[] | undefined;
      }[]
    | undefined,
): readonly HealthIssue[] {
  return (issues ?? []).map((issue) => ({
    code: issue.code ?? '',
    message: issue.message ?? '',
    resources: issue.resourceIds ?? [],
  }));
}
