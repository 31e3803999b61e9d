import type { Cluster } from '@aws-sdk/client-eks';
import { blankCluster } from '../../domain/tables/clusters.ts';
import { arnKey, type ClusterKey } from '../../domain/cluster-key.ts';
import type { ClusterRow, HealthIssue } from '../../domain/rows.ts';
import type { AwsScope } from '../../ports/aws.ts';
import { labels, list, part, text, texts, time } from './read.ts';

/** A cluster of which no more than the name is known. */
export function namedCluster(scope: AwsScope, key: ClusterKey, name: string): ClusterRow {
  return { ...blankCluster(key, name), profile: scope.profile, region: scope.region };
}

/** The row of a cluster as DescribeCluster tells it, or null where it does not say which. */
export function clusterRow(scope: AwsScope, cluster: Cluster): ClusterRow | null {
  const [arn, name] = [text(cluster.arn), text(cluster.name)];
  if (!arn || !name) return null;
  const { data: ca } = part(cluster.certificateAuthority);
  const { endpointPublicAccess: isPublic, endpointPrivateAccess: isPrivate } = part(
    cluster.resourcesVpcConfig,
  );
  return {
    ...namedCluster(scope, arnKey(arn), name),
    created: time(cluster.createdAt) ?? 0,
    account: arn.split(':')[4] ?? '',
    status: text(cluster.status),
    version: text(cluster.version),
    platformVersion: text(cluster.platformVersion),
    endpoint: text(cluster.endpoint),
    // Longer than other texts: certificates.
    caData: typeof ca === 'string' ? ca : '',
    endpointPublic: typeof isPublic === 'boolean' ? isPublic : null,
    endpointPrivate: typeof isPrivate === 'boolean' ? isPrivate : null,
    health: healthIssues(cluster.health),
    tags: labels(cluster.tags),
  };
}

/** Health issues of a cluster, node group or Fargate profile. */
export function healthIssues(
  health: { readonly issues?: readonly HealthIssueShape[] | undefined } | undefined,
): readonly HealthIssue[] {
  return list(part(health).issues).map((issue) => ({
    code: text(issue.code),
    message: text(issue.message),
    resources: texts(issue.resourceIds),
  }));
}

interface HealthIssueShape {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly resourceIds?: readonly string[] | undefined;
}
