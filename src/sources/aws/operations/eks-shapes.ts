/** What is read of EKS's answers. */
import type {
  AccessEntryDescription,
  AssociatedPolicy,
  Deprecation,
  InsightDescription,
  InsightSummary,
  AddonDescription,
  AddonRelease,
  ClusterVersionDescription,
  EksClusterDescription,
  EksIssue,
  FargateProfileDescription,
  FargateSelector,
  NodegroupDescription,
  PodIdentityDescription,
  PodIdentitySummary,
  ScalingConfig,
  UpdateDescription,
} from '../../../ports/aws-shapes.ts';
import { count, flag, longText, many, map, record, said, strings, text, time } from './shape.ts';

const health = record<{ readonly issues: readonly EksIssue[] }>({
  issues: many(record<EksIssue>({ code: text, message: text, resourceIds: strings })),
});

export const cluster = record<EksClusterDescription>({
  name: text,
  arn: text,
  version: text,
  status: text,
  endpoint: text,
  createdAt: time,
  platformVersion: text,
  health,
  tags: map,
  identity: record<EksClusterDescription['identity']>({ oidc: record({ issuer: text }) }),
  resourcesVpcConfig: record<EksClusterDescription['resourcesVpcConfig']>({
    vpcId: text,
    subnetIds: strings,
    endpointPublicAccess: said,
    endpointPrivateAccess: said,
    publicAccessCidrs: strings,
    securityGroupIds: strings,
    clusterSecurityGroupId: text,
  }),
  roleArn: text,
  logging: record<EksClusterDescription['logging']>({
    clusterLogging: many(record({ types: strings, enabled: flag })),
  }),
  encryptionConfig: many(
    record<EksClusterDescription['encryptionConfig'][number]>({
      resources: strings,
      provider: record({ keyArn: text }),
    }),
  ),
  upgradePolicy: record<EksClusterDescription['upgradePolicy']>({ supportType: text }),
  accessConfig: record<EksClusterDescription['accessConfig']>({ authenticationMode: text }),
  deletionProtection: said,
  zonalShiftConfig: record<EksClusterDescription['zonalShiftConfig']>({ enabled: said }),
  kubernetesNetworkConfig: record<EksClusterDescription['kubernetesNetworkConfig']>({
    serviceIpv4Cidr: text,
    serviceIpv6Cidr: text,
    ipFamily: text,
  }),
  computeConfig: record<EksClusterDescription['computeConfig']>({ enabled: flag }),
  remoteNetworkConfig: record<EksClusterDescription['remoteNetworkConfig']>({
    remoteNodeNetworks: many(record({ cidrs: strings })),
  }),
  certificateAuthority: record<EksClusterDescription['certificateAuthority']>({
    data: longText,
  }),
  id: text,
  outpostConfig: record<EksClusterDescription['outpostConfig']>({ outpostArns: strings }),
});

export const clusterVersion = record<ClusterVersionDescription>({
  clusterVersion: text,
  endOfStandardSupportDate: time,
  endOfExtendedSupportDate: time,
});

export const nodegroup = record<NodegroupDescription>({
  nodegroupName: text,
  nodegroupArn: text,
  createdAt: time,
  modifiedAt: time,
  status: text,
  version: text,
  releaseVersion: text,
  amiType: text,
  capacityType: text,
  instanceTypes: strings,
  labels: map,
  taints: many(
    record<NodegroupDescription['taints'][number]>({ key: text, value: text, effect: text }),
  ),
  scalingConfig: record<ScalingConfig>({ minSize: count, maxSize: count, desiredSize: count }),
  updateConfig: record<NodegroupDescription['updateConfig']>({
    maxUnavailable: count,
    maxUnavailablePercentage: count,
  }),
  nodeRepairConfig: record<NodegroupDescription['nodeRepairConfig']>({ enabled: said }),
  launchTemplate: record<NodegroupDescription['launchTemplate']>({
    id: text,
    name: text,
    version: text,
  }),
  nodeRole: text,
  subnets: strings,
  resources: record<NodegroupDescription['resources']>({
    autoScalingGroups: many(record({ name: text })),
  }),
  health,
});

export const update = record<UpdateDescription>({
  id: text,
  status: text,
  type: text,
  params: many(record<UpdateDescription['params'][number]>({ type: text, value: text })),
  createdAt: time,
  errors: many(
    record<UpdateDescription['errors'][number]>({
      errorCode: text,
      errorMessage: text,
      resourceIds: strings,
    }),
  ),
});

export const fargateProfile = record<FargateProfileDescription>({
  fargateProfileName: text,
  fargateProfileArn: text,
  podExecutionRoleArn: text,
  subnets: strings,
  selectors: many(record<FargateSelector>({ namespace: text, labels: map })),
  status: text,
  createdAt: time,
  health,
});

const summary = {
  namespace: text,
  serviceAccount: text,
  associationId: text,
  associationArn: text,
  ownerArn: text,
};

export const associationSummary = record<PodIdentitySummary>(summary);

export const association = record<PodIdentityDescription>({
  ...summary,
  roleArn: text,
  targetRoleArn: text,
  externalId: text,
  disableSessionTags: flag,
  policy: longText,
  createdAt: time,
});

export const addon = record<AddonDescription>({
  addonName: text,
  addonVersion: text,
  status: text,
  health,
  serviceAccountRoleArn: text,
  podIdentityAssociations: strings,
  configurationValues: longText,
  createdAt: time,
  modifiedAt: time,
  publisher: text,
  owner: text,
});

export const accessEntry = record<AccessEntryDescription>({
  principalArn: text,
  kubernetesGroups: strings,
  username: text,
  type: text,
  createdAt: time,
  modifiedAt: time,
});

export const associatedPolicy = record<AssociatedPolicy>({
  policyArn: text,
  accessScope: record<AssociatedPolicy['accessScope']>({ type: text, namespaces: strings }),
});

const summaryOfInsight = {
  id: text,
  name: text,
  category: text,
  kubernetesVersion: text,
  lastRefreshTime: time,
  lastTransitionTime: time,
  description: text,
  insightStatus: record<InsightSummary['insightStatus']>({ status: text, reason: text }),
};

export const insightSummary = record<InsightSummary>(summaryOfInsight);

export const insight = record<InsightDescription>({
  ...summaryOfInsight,
  recommendation: text,
  additionalInfo: map,
  resources: many(
    record<InsightDescription['resources'][number]>({ kubernetesResourceUri: text, arn: text }),
  ),
  categorySpecificSummary: record<InsightDescription['categorySpecificSummary']>({
    deprecationDetails: many(
      record<Deprecation>({
        usage: text,
        replacedWith: text,
        stopServingVersion: text,
        clientStats: many(
          record<Deprecation['clientStats'][number]>({
            userAgent: text,
            numberOfRequestsLast30Days: count,
            lastRequestTime: time,
          }),
        ),
      }),
    ),
    addonCompatibilityDetails: many(record({ name: text, compatibleVersions: strings })),
  }),
});

type Version = AddonRelease['addonVersions'][number];

export const addonRelease = record<AddonRelease>({
  addonName: text,
  addonVersions: many(
    record<Version>({
      addonVersion: text,
      compatibilities: many(
        record<Version['compatibilities'][number]>({ clusterVersion: text, defaultVersion: flag }),
      ),
    }),
  ),
});
