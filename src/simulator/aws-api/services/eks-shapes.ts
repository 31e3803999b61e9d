import type {
  Cluster,
  ClusterVersionInformation,
  ErrorDetail,
  FargateProfile as FargateProfileShape,
  Nodegroup as NodegroupShape,
  Taint,
  Update,
  UpdateParamType,
} from '@aws-sdk/client-eks';
import type {
  EksCluster,
  FargateProfile,
  HealthIssue,
  Nodegroup,
  EksUpdate,
  Region,
} from '../../region.ts';

/** When each version came to EKS (Amazon EKS Kubernetes release calendar). */
const RELEASES: Readonly<Record<string, string>> = {
  '1.32': '2025-01-23',
  '1.33': '2025-05-29',
  '1.34': '2025-10-02',
  '1.35': '2026-01-27',
  '1.36': '2026-05-28',
};
const STANDARD_MONTHS = 14;
const EXTENDED_MONTHS = STANDARD_MONTHS + 12;

/** The calendar of versions, newest first. */
export function versionShapes(now: number): readonly ClusterVersionInformation[] {
  const versions = Object.entries(RELEASES).reverse();
  return versions.map(([clusterVersion, released], i) => {
    const standardEnd = monthsAfter(released, STANDARD_MONTHS);
    const standard = now < standardEnd.getTime();
    return {
      clusterVersion,
      clusterType: 'eks',
      defaultVersion: i === 0,
      releaseDate: new Date(released),
      endOfStandardSupportDate: standardEnd,
      endOfExtendedSupportDate: monthsAfter(released, EXTENDED_MONTHS),
      status: standard ? 'standard-support' : 'extended-support',
      versionStatus: standard ? 'STANDARD_SUPPORT' : 'EXTENDED_SUPPORT',
    };
  });
}

function monthsAfter(date: string, months: number): Date {
  const end = new Date(date);
  end.setUTCMonth(end.getUTCMonth() + months);
  return end;
}

/** A cluster as DescribeCluster tells it. */
export function clusterShape(cluster: EksCluster, region: Region): Cluster {
  const { access, autoMode } = cluster;
  return {
    ...(cluster.hybrid && {
      remoteNetworkConfig: { remoteNodeNetworks: [{ cidrs: [cluster.hybrid.cidr] }] },
    }),
    name: cluster.name,
    arn: cluster.arn,
    createdAt: new Date(cluster.createdAt),
    version: cluster.version,
    endpoint: cluster.endpoint,
    roleArn: cluster.roleArn,
    resourcesVpcConfig: {
      subnetIds: cluster.subnets.map(({ id }) => id),
      securityGroupIds: [],
      clusterSecurityGroupId: cluster.clusterSecurityGroupId,
      vpcId: cluster.vpcId,
      endpointPublicAccess: access.endpointPublic,
      endpointPrivateAccess: access.endpointPrivate,
      publicAccessCidrs: [...access.publicCidrs],
    },
    kubernetesNetworkConfig: {
      serviceIpv4Cidr: cluster.serviceCidr,
      ipFamily: 'ipv4',
      elasticLoadBalancing: { enabled: autoMode !== undefined },
    },
    ...(autoMode && {
      computeConfig: {
        ...{ enabled: true, nodePools: [...autoMode.nodePools] },
        nodeRoleArn: autoMode.nodeRoleArn,
      },
      storageConfig: { blockStorage: { enabled: true } },
    }),
    logging: {
      clusterLogging: [{ types: [...cluster.loggingTypes] as [], enabled: true }],
    },
    identity: { oidc: { issuer: cluster.oidcIssuer } },
    status: cluster.status,
    certificateAuthority: { data: cluster.caData },
    platformVersion: cluster.platformVersion,
    tags: { ...cluster.tags },
    health: { issues: issueShapes(cluster.healthIssues) },
    accessConfig: { authenticationMode: access.authenticationMode },
    upgradePolicy: { supportType: cluster.supportType },
    deletionProtection: false,
    ...(cluster.local && {
      id: cluster.local.id,
      outpostConfig: {
        outpostArns: [cluster.local.outpostArn],
        controlPlaneInstanceType: 'm5.large',
      },
    }),
    ...(region.zones.length > 1 ? { zonalShiftConfig: { enabled: false } } : {}),
  };
}

/** A node group as DescribeNodegroup tells it: of a launch template that EKS made itself it says nothing. */
export function nodegroupShape(cluster: EksCluster, group: Nodegroup): NodegroupShape {
  const { scaling } = group;
  return {
    nodegroupName: group.name,
    nodegroupArn: group.arn,
    clusterName: cluster.name,
    version: group.version,
    releaseVersion: group.releaseVersion,
    createdAt: new Date(group.createdAt),
    modifiedAt: new Date(group.modifiedAt),
    status: group.status,
    capacityType: group.capacityType,
    scalingConfig: {
      minSize: scaling.min,
      maxSize: scaling.max,
      desiredSize: scaling.desired,
    },
    instanceTypes: [...group.instanceTypes],
    subnets: [...group.subnetIds],
    amiType: group.amiType as NonNullable<NodegroupShape['amiType']>,
    nodeRole: group.nodeRoleArn,
    labels: { ...group.labels },
    taints: group.taints.map((taint): Taint => ({
      key: taint.key,
      value: taint.value,
      effect: taint.effect as NonNullable<Taint['effect']>,
    })),
    resources: { autoScalingGroups: [{ name: group.asgName }] },
    diskSize: group.diskSize,
    health: { issues: issueShapes(group.healthIssues) },
    updateConfig: { maxUnavailable: group.maxUnavailable },
    nodeRepairConfig: { enabled: group.repair },
    tags: { ...group.tags },
  };
}

/** A Fargate profile as DescribeFargateProfile tells it. */
export function fargateShape(cluster: EksCluster, profile: FargateProfile): FargateProfileShape {
  return {
    fargateProfileName: profile.name,
    fargateProfileArn: profile.arn,
    clusterName: cluster.name,
    createdAt: new Date(profile.createdAt),
    podExecutionRoleArn: profile.podExecutionRoleArn,
    subnets: [...profile.subnetIds],
    selectors: profile.selectors.map(({ namespace, labels }) => ({
      namespace,
      labels: { ...labels },
    })),
    status: profile.status,
    tags: { ...profile.tags },
    health: { issues: [] },
  };
}

/** An update as DescribeUpdate tells it. */
export function updateShape(update: EksUpdate): Update {
  return {
    id: update.id,
    status: update.status,
    type: update.type,
    params: Object.entries(update.params).map(([type, value]) => ({
      type: type as UpdateParamType,
      value,
    })),
    createdAt: new Date(update.createdAt),
    errors: (update.errors ?? []).map(({ errorCode, errorMessage, resourceIds }) => ({
      errorCode: errorCode as NonNullable<ErrorDetail['errorCode']>,
      errorMessage,
      ...(resourceIds && { resourceIds: [...resourceIds] }),
    })),
  };
}

/** Health issues as EKS words them. */
export function issueShapes(issues: readonly HealthIssue[]): object[] {
  return issues.map(({ code, message, resourceIds }) => ({
    code,
    message,
    resourceIds: [...resourceIds],
  }));
}
