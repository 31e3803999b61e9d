/**
 * What the AWS door can be asked: for each IAM action the input of the call and its answer, in the
 * field names of the API. Of an answer only what is named here is read. What AWS left out reads as
 * an empty text, an empty list or null; times are in ms since the epoch. Listings are complete: the
 * door follows their pages.
 */
import type { AwsAction } from '../domain/aws-actions.ts';
import type {
  AddonDescription,
  AutoScalingGroupDescription,
  ClusterVersionDescription,
  AwsFilter,
  EksClusterDescription,
  FargateProfileDescription,
  LaunchTemplateVersion,
  NodegroupDescription,
  PodIdentityDescription,
  PodIdentitySummary,
  PolicyDescription,
  RoleDescription,
  RouteTableDescription,
  ScalingActivity,
  SimulatedDecision,
  SubnetDescription,
  Tag,
  UpdateDescription,
} from './aws-shapes.ts';

interface OfCluster {
  readonly clusterName: string;
}
/** Writes that AWS recognises when they come twice; the door makes a token where none is given. */
interface Repeatable {
  readonly clientRequestToken?: string;
}
type Nothing = Readonly<Record<string, never>>;

type RolePolicy = { readonly RoleName: string; readonly PolicyArn: string };

/** Input and answer of each call, by the IAM action that it needs. */
export interface AwsCalls {
  'eks:ListClusters': { input: Nothing; output: { readonly clusters: readonly string[] } };
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
        readonly scalingConfig: {
          readonly minSize?: number;
          readonly maxSize?: number;
          readonly desiredSize?: number;
        };
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
  'autoscaling:DescribeAutoScalingGroups': {
    input: {
      readonly AutoScalingGroupNames?: readonly string[];
      readonly Filters?: readonly AwsFilter[];
    };
    output: { readonly AutoScalingGroups: readonly AutoScalingGroupDescription[] };
  };
  'autoscaling:UpdateAutoScalingGroup': {
    input: {
      readonly AutoScalingGroupName: string;
      readonly MinSize?: number;
      readonly MaxSize?: number;
      readonly DesiredCapacity?: number;
    };
    output: Nothing;
  };
  /** The newest hundred, newest first: AWS keeps those of six weeks. */
  'autoscaling:DescribeScalingActivities': {
    input: { readonly AutoScalingGroupName: string };
    output: { readonly Activities: readonly ScalingActivity[] };
  };
  'ec2:DescribeLaunchTemplateVersions': {
    input: { readonly LaunchTemplateId: string; readonly Versions: readonly string[] };
    output: { readonly LaunchTemplateVersions: readonly LaunchTemplateVersion[] };
  };
  'ec2:DescribeSubnets': {
    input: { readonly Filters: readonly AwsFilter[] };
    output: { readonly Subnets: readonly SubnetDescription[] };
  };
  'ec2:DescribeRouteTables': {
    input: { readonly Filters: readonly AwsFilter[] };
    output: { readonly RouteTables: readonly RouteTableDescription[] };
  };
  /** Without tags and boundary, which AWS leaves to GetRole. */
  'iam:ListRoles': {
    input: { readonly PathPrefix?: string };
    output: { readonly Roles: readonly RoleDescription[] };
  };
  'iam:GetRole': {
    input: { readonly RoleName: string };
    output: { readonly Role: RoleDescription };
  };
  'iam:CreateRole': {
    input: {
      readonly RoleName: string;
      readonly AssumeRolePolicyDocument: string;
      readonly Path?: string;
      readonly Description?: string;
      readonly PermissionsBoundary?: string;
      readonly Tags?: readonly Tag[];
    };
    output: { readonly Role: RoleDescription };
  };
  'iam:DeleteRole': { input: { readonly RoleName: string }; output: Nothing };
  'iam:UpdateAssumeRolePolicy': {
    input: { readonly RoleName: string; readonly PolicyDocument: string };
    output: Nothing;
  };
  'iam:AttachRolePolicy': { input: RolePolicy; output: Nothing };
  'iam:DetachRolePolicy': { input: RolePolicy; output: Nothing };
  'iam:ListAttachedRolePolicies': {
    input: { readonly RoleName: string };
    output: {
      readonly AttachedPolicies: readonly {
        readonly PolicyName: string;
        readonly PolicyArn: string;
      }[];
    };
  };
  'iam:ListPolicies': {
    input: { readonly Scope?: 'All' | 'AWS' | 'Local'; readonly OnlyAttached?: boolean };
    output: { readonly Policies: readonly PolicyDescription[] };
  };
  'iam:GetOpenIDConnectProvider': {
    input: { readonly OpenIDConnectProviderArn: string };
    output: { readonly Url: string; readonly ClientIDList: readonly string[] };
  };
  'iam:CreateOpenIDConnectProvider': {
    input: {
      readonly Url: string;
      readonly ClientIDList: readonly string[];
      readonly Tags?: readonly Tag[];
    };
    output: { readonly OpenIDConnectProviderArn: string };
  };
  'iam:AddClientIDToOpenIDConnectProvider': {
    input: { readonly OpenIDConnectProviderArn: string; readonly ClientID: string };
    output: Nothing;
  };
  'iam:SimulatePrincipalPolicy': {
    input: {
      readonly PolicySourceArn: string;
      readonly ActionNames: readonly string[];
      readonly ResourceArns?: readonly string[];
    };
    output: { readonly EvaluationResults: readonly SimulatedDecision[] };
  };
  'sts:GetCallerIdentity': {
    input: Nothing;
    output: { readonly Account: string; readonly Arn: string; readonly UserId: string };
  };
  /** Not signed: the token alone decides. The credentials that it yields are thrown away. */
  'sts:AssumeRoleWithWebIdentity': {
    input: {
      readonly RoleArn: string;
      readonly RoleSessionName: string;
      readonly WebIdentityToken: string;
    };
    output: {
      readonly AssumedRoleUser: { readonly Arn: string; readonly AssumedRoleId: string };
      readonly SubjectFromWebIdentityToken: string;
      readonly Audience: string;
      readonly Provider: string;
    };
  };
}

/** A call of the door: an action that is both described here and on the allow-list. */
export type AwsCall = keyof AwsCalls & AwsAction;
