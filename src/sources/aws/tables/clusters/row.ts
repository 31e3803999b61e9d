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
  const { arn, name, resourcesVpcConfig: vpc, kubernetesNetworkConfig: network } = cluster;
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
    endpointPublic: vpc.endpointPublicAccess,
    endpointPrivate: vpc.endpointPrivateAccess,
    publicCidrs: vpc.publicAccessCidrs,
    logging: cluster.logging.clusterLogging.flatMap(({ types, enabled }) => (enabled ? types : [])),
    keyArn: cluster.encryptionConfig.map(({ provider }) => provider.keyArn).join(' '),
    supportType: cluster.upgradePolicy.supportType,
    authenticationMode: cluster.accessConfig.authenticationMode,
    deletionProtection: cluster.deletionProtection,
    zonalShift: cluster.zonalShiftConfig.enabled,
    autoMode: cluster.computeConfig.enabled,
    roleArn: cluster.roleArn,
    vpcId: vpc.vpcId,
    subnets: vpc.subnetIds,
    securityGroups: [vpc.clusterSecurityGroupId, ...vpc.securityGroupIds].filter(Boolean),
    serviceCidr: network.serviceIpv4Cidr || network.serviceIpv6Cidr,
    issuer: cluster.identity.oidc.issuer,
    health: healthIssues(cluster.health),
    tags: cluster.tags,
  };
}
