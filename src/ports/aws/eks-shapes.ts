/** Parts of EKS's answers, as `../aws-calls.ts` says. */

export interface EksIssue {
  readonly code: string;
  readonly message: string;
  readonly resourceIds: readonly string[];
}

export interface EksClusterDescription {
  readonly name: string;
  readonly arn: string;
  readonly version: string;
  readonly status: string;
  readonly endpoint: string;
  readonly createdAt: number | null;
  readonly platformVersion: string;
  readonly health: { readonly issues: readonly EksIssue[] };
  readonly tags: Readonly<Record<string, string>>;
  readonly identity: { readonly oidc: { readonly issuer: string } };
  readonly resourcesVpcConfig: {
    readonly vpcId: string;
    readonly subnetIds: readonly string[];
    /** null where AWS does not say. */
    readonly endpointPublicAccess: boolean | null;
    readonly endpointPrivateAccess: boolean | null;
    readonly publicAccessCidrs: readonly string[];
    readonly securityGroupIds: readonly string[];
    readonly clusterSecurityGroupId: string;
  };
  readonly roleArn: string;
  readonly logging: {
    readonly clusterLogging: readonly {
      readonly types: readonly string[];
      readonly enabled: boolean;
    }[];
  };
  readonly encryptionConfig: readonly {
    readonly resources: readonly string[];
    readonly provider: { readonly keyArn: string };
  }[];
  /** STANDARD or EXTENDED: what was asked for, not what is paid. */
  readonly upgradePolicy: { readonly supportType: string };
  /** API, API_AND_CONFIG_MAP or CONFIG_MAP. */
  readonly accessConfig: { readonly authenticationMode: string };
  readonly deletionProtection: boolean | null;
  readonly zonalShiftConfig: { readonly enabled: boolean | null };
  readonly kubernetesNetworkConfig: {
    readonly serviceIpv4Cidr: string;
    readonly serviceIpv6Cidr: string;
    readonly ipFamily: string;
  };
  readonly computeConfig: { readonly enabled: boolean };
  /** Where its hybrid nodes are; no networks for a cluster that takes none. */
  readonly remoteNetworkConfig: {
    readonly remoteNodeNetworks: readonly { readonly cidrs: readonly string[] }[];
  };
  readonly certificateAuthority: { readonly data: string };
  /** Of a local cluster on an Outpost; else empty. */
  readonly id: string;
  /** Empty for a cluster in the region. */
  readonly outpostConfig: { readonly outpostArns: readonly string[] };
}

/** A Kubernetes version as EKS offers it. */
export interface ClusterVersionDescription {
  readonly clusterVersion: string;
  readonly endOfStandardSupportDate: number | null;
  readonly endOfExtendedSupportDate: number | null;
}

export interface ScalingConfig {
  readonly minSize: number | null;
  readonly maxSize: number | null;
  readonly desiredSize: number | null;
}

export interface NodegroupDescription {
  readonly nodegroupName: string;
  readonly nodegroupArn: string;
  readonly createdAt: number | null;
  readonly modifiedAt: number | null;
  readonly status: string;
  readonly version: string;
  readonly releaseVersion: string;
  readonly amiType: string;
  /** ON_DEMAND, SPOT or CAPACITY_BLOCK. */
  readonly capacityType: string;
  readonly instanceTypes: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly {
    readonly key: string;
    readonly value: string;
    /** NO_SCHEDULE, NO_EXECUTE or PREFER_NO_SCHEDULE. */
    readonly effect: string;
  }[];
  readonly scalingConfig: ScalingConfig;
  /** One of the two, as it was set. */
  readonly updateConfig: {
    readonly maxUnavailable: number | null;
    readonly maxUnavailablePercentage: number | null;
  };
  /** null where EKS does not say. */
  readonly nodeRepairConfig: { readonly enabled: boolean | null };
  /** All empty where EKS made it by itself. */
  readonly launchTemplate: { readonly id: string; readonly name: string; readonly version: string };
  readonly nodeRole: string;
  readonly subnets: readonly string[];
  readonly resources: { readonly autoScalingGroups: readonly { readonly name: string }[] };
  readonly health: { readonly issues: readonly EksIssue[] };
}

export interface UpdateDescription {
  readonly id: string;
  /** InProgress, Failed, Cancelled or Successful. */
  readonly status: string;
  readonly type: string;
  readonly params: readonly { readonly type: string; readonly value: string }[];
  readonly createdAt: number | null;
  readonly errors: readonly {
    readonly errorCode: string;
    readonly errorMessage: string;
    readonly resourceIds: readonly string[];
  }[];
}

export interface FargateSelector {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface FargateProfileDescription {
  readonly fargateProfileName: string;
  readonly fargateProfileArn: string;
  readonly podExecutionRoleArn: string;
  readonly subnets: readonly string[];
  readonly selectors: readonly FargateSelector[];
  /** CREATING, ACTIVE, DELETING, CREATE_FAILED or DELETE_FAILED. */
  readonly status: string;
  readonly createdAt: number | null;
  readonly health: { readonly issues: readonly EksIssue[] };
}

export interface PodIdentitySummary {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly associationId: string;
  readonly associationArn: string;
  /** The add-on that owns it, else empty. */
  readonly ownerArn: string;
}

export interface PodIdentityDescription extends PodIdentitySummary {
  readonly roleArn: string;
  readonly targetRoleArn: string;
  readonly externalId: string;
  readonly disableSessionTags: boolean;
  /** The session policy as JSON, else empty. */
  readonly policy: string;
  readonly createdAt: number | null;
}

export interface AddonDescription {
  readonly addonName: string;
  readonly addonVersion: string;
  readonly status: string;
  readonly health: { readonly issues: readonly EksIssue[] };
  readonly serviceAccountRoleArn: string;
  /** ARNs. */
  readonly podIdentityAssociations: readonly string[];
  /** JSON or YAML, as it was given. */
  readonly configurationValues: string;
  readonly createdAt: number | null;
  readonly modifiedAt: number | null;
  readonly publisher: string;
  readonly owner: string;
}

export interface AccessEntryDescription {
  readonly principalArn: string;
  readonly kubernetesGroups: readonly string[];
  readonly username: string;
  /** STANDARD, EC2_LINUX, EC2_WINDOWS, FARGATE_LINUX, EC2, HYBRID_LINUX … */
  readonly type: string;
  readonly createdAt: number | null;
  readonly modifiedAt: number | null;
}

/** A policy of EKS that an access entry has, and where. */
export interface AssociatedPolicy {
  readonly policyArn: string;
  /** `cluster` or `namespace`. */
  readonly accessScope: { readonly type: string; readonly namespaces: readonly string[] };
}

export interface InsightSummary {
  readonly id: string;
  readonly name: string;
  /** UPGRADE_READINESS, MISCONFIGURATION or ROLLBACK_READINESS. */
  readonly category: string;
  readonly kubernetesVersion: string;
  readonly lastRefreshTime: number | null;
  readonly lastTransitionTime: number | null;
  /** Markdown. */
  readonly description: string;
  /** PASSING, WARNING, ERROR or UNKNOWN. */
  readonly insightStatus: { readonly status: string; readonly reason: string };
}

export interface InsightDescription extends InsightSummary {
  readonly recommendation: string;
  /** Addresses of documentation, by title. */
  readonly additionalInfo: Readonly<Record<string, string>>;
  readonly resources: readonly {
    readonly kubernetesResourceUri: string;
    readonly arn: string;
  }[];
  readonly categorySpecificSummary: {
    readonly deprecationDetails: readonly Deprecation[];
    readonly addonCompatibilityDetails: readonly {
      readonly name: string;
      readonly compatibleVersions: readonly string[];
    }[];
  };
}

/** An API that goes away, and who calls it. */
export interface Deprecation {
  /** e.g. `/apis/policy/v1beta1/podsecuritypolicies`. */
  readonly usage: string;
  readonly replacedWith: string;
  readonly stopServingVersion: string;
  readonly clientStats: readonly {
    readonly userAgent: string;
    readonly numberOfRequestsLast30Days: number | null;
    readonly lastRequestTime: number | null;
  }[];
}

/** An add-on as EKS offers it. */
export interface AddonRelease {
  readonly addonName: string;
  readonly addonVersions: readonly {
    readonly addonVersion: string;
    readonly compatibilities: readonly {
      readonly clusterVersion: string;
      readonly defaultVersion: boolean;
    }[];
  }[];
}
