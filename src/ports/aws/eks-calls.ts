/** What EKS can be asked, and its answers, as `../aws-calls.ts` says. */
import type {
  AccessEntryDescription,
  AssociatedPolicy,
  InsightDescription,
  InsightSummary,
  AddonDescription,
  AddonRelease,
  ClusterVersionDescription,
  EksClusterDescription,
  FargateProfileDescription,
  NodegroupDescription,
  PodIdentityDescription,
  PodIdentitySummary,
  UpdateDescription,
} from './eks-shapes.ts';

interface OfCluster {
  readonly clusterName: string;
}
/** Writes that AWS recognises when they come twice; the door makes a token where none is given. */
interface Repeatable {
  readonly clientRequestToken?: string;
}

/** Input and answer of each call, by the IAM action that it needs. */
export interface EksCalls {
  'eks:ListClusters': {
    input: Readonly<Record<string, never>>;
    output: { readonly clusters: readonly string[] };
  };
  'eks:DescribeClusterVersions': {
    /** `includeAll`: those that are out of support too. */
    input: { readonly includeAll?: boolean };
    output: { readonly clusterVersions: readonly ClusterVersionDescription[] };
  };
  'eks:DescribeCluster': {
    input: { readonly name: string };
    output: { readonly cluster: EksClusterDescription };
  };
  'eks:ListNodegroups': { input: OfCluster; output: { readonly nodegroups: readonly string[] } };
  'eks:DescribeNodegroup': {
    input: OfCluster & { readonly nodegroupName: string };
    output: { readonly nodegroup: NodegroupDescription };
  };
  'eks:UpdateNodegroupConfig': {
    input: OfCluster &
      Repeatable & {
        readonly nodegroupName: string;
        readonly scalingConfig?: {
          readonly minSize?: number;
          readonly maxSize?: number;
          readonly desiredSize?: number;
        };
        readonly nodeRepairConfig?: { readonly enabled: boolean };
      };
    output: { readonly update: UpdateDescription };
  };
  /** Without a version or a release: the newest of the cluster's version. */
  'eks:UpdateNodegroupVersion': {
    input: OfCluster &
      Repeatable & {
        readonly nodegroupName: string;
        readonly version?: string;
        readonly releaseVersion?: string;
        readonly launchTemplate?: { readonly id: string; readonly version: string };
        readonly force?: boolean;
      };
    output: { readonly update: UpdateDescription };
  };
  /** A version higher, or within seven days of an upgrade one lower. */
  'eks:UpdateClusterVersion': {
    input: Repeatable & {
      readonly name: string;
      readonly version: string;
      readonly force?: boolean;
    };
    output: { readonly update: UpdateDescription };
  };
  'eks:DescribeUpdate': {
    input: {
      /** Of the cluster. */
      readonly name: string;
      readonly updateId: string;
      readonly nodegroupName?: string;
      readonly addonName?: string;
    };
    output: { readonly update: UpdateDescription };
  };
  'eks:ListUpdates': {
    input: { readonly name: string; readonly nodegroupName?: string; readonly addonName?: string };
    output: { readonly updateIds: readonly string[] };
  };
  'eks:ListFargateProfiles': {
    input: OfCluster;
    output: { readonly fargateProfileNames: readonly string[] };
  };
  'eks:DescribeFargateProfile': {
    input: OfCluster & { readonly fargateProfileName: string };
    output: { readonly fargateProfile: FargateProfileDescription };
  };
  'eks:CreateFargateProfile': {
    input: OfCluster &
      Repeatable & {
        readonly fargateProfileName: string;
        readonly podExecutionRoleArn: string;
        readonly subnets: readonly string[];
        readonly selectors: readonly {
          readonly namespace: string;
          readonly labels?: Readonly<Record<string, string>>;
        }[];
        readonly tags?: Readonly<Record<string, string>>;
      };
    output: { readonly fargateProfile: FargateProfileDescription };
  };
  'eks:DeleteFargateProfile': {
    input: OfCluster & { readonly fargateProfileName: string };
    output: { readonly fargateProfile: FargateProfileDescription };
  };
  'eks:ListPodIdentityAssociations': {
    input: OfCluster & { readonly namespace?: string; readonly serviceAccount?: string };
    output: { readonly associations: readonly PodIdentitySummary[] };
  };
  'eks:DescribePodIdentityAssociation': {
    input: OfCluster & { readonly associationId: string };
    output: { readonly association: PodIdentityDescription };
  };
  'eks:CreatePodIdentityAssociation': {
    input: OfCluster &
      Repeatable & {
        readonly namespace: string;
        readonly serviceAccount: string;
        readonly roleArn: string;
      };
    output: { readonly association: PodIdentityDescription };
  };
  'eks:UpdatePodIdentityAssociation': {
    input: OfCluster & Repeatable & { readonly associationId: string; readonly roleArn: string };
    output: { readonly association: PodIdentityDescription };
  };
  'eks:DeletePodIdentityAssociation': {
    input: OfCluster & { readonly associationId: string };
    output: { readonly association: PodIdentityDescription };
  };
  'eks:ListAddons': { input: OfCluster; output: { readonly addons: readonly string[] } };
  'eks:DescribeAddon': {
    input: OfCluster & { readonly addonName: string };
    output: { readonly addon: AddonDescription };
  };
  'eks:ListAccessEntries': {
    input: OfCluster;
    /** ARNs of principals. */
    output: { readonly accessEntries: readonly string[] };
  };
  'eks:DescribeAccessEntry': {
    input: OfCluster & { readonly principalArn: string };
    output: { readonly accessEntry: AccessEntryDescription };
  };
  'eks:ListAssociatedAccessPolicies': {
    input: OfCluster & { readonly principalArn: string };
    output: { readonly associatedAccessPolicies: readonly AssociatedPolicy[] };
  };
  'eks:ListInsights': {
    input: OfCluster;
    output: { readonly insights: readonly InsightSummary[] };
  };
  'eks:DescribeInsight': {
    input: OfCluster & { readonly id: string };
    output: { readonly insight: InsightDescription };
  };
  /** Of all versions of Kubernetes, newest first. */
  'eks:DescribeAddonVersions': {
    input: { readonly addonName: string };
    output: { readonly addons: readonly AddonRelease[] };
  };
  'eks:UpdateAddon': {
    input: OfCluster &
      Repeatable & {
        readonly addonName: string;
        readonly addonVersion: string;
        readonly resolveConflicts: 'NONE' | 'OVERWRITE' | 'PRESERVE';
      };
    output: { readonly update: UpdateDescription };
  };
}
