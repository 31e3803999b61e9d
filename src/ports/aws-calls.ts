/**
 * What the AWS door can be asked: for each IAM action the input of the call and its answer, in the
 * field names of the API. Of an answer only what is named here is read. What AWS left out reads as
 * an empty text, an empty list or null; times are in ms since the epoch. Listings are complete, the
 * door follows their pages, unless a call says that its answer is one page.
 */
import type { AWS_ACTIONS, AwsAction } from '../domain/aws-actions.ts';
import type { ApsCalls } from './aws/aps-calls.ts';
import type { CloudWatchCalls } from './aws/cloudwatch-calls.ts';
import type { CloudTrailCalls } from './aws/cloudtrail-calls.ts';
import type { EfsCalls } from './aws/efs-calls.ts';
import type { EksCalls } from './aws/eks-calls.ts';
import type { ElbCalls } from './aws/elb-calls.ts';
import type { FsxCalls } from './aws/fsx-calls.ts';
import type { IamCalls } from './aws/iam-calls.ts';
import type { LatticeCalls } from './aws/lattice-calls.ts';
import type { LogsCalls } from './aws/logs-calls.ts';
import type { PricingCalls } from './aws/pricing-calls.ts';
import type { Route53Calls } from './aws/route53-calls.ts';
import type { S3Calls } from './aws/s3-calls.ts';
import type { SsmCalls } from './aws/ssm-calls.ts';
import type { XrayCalls } from './aws/xray-calls.ts';
import type {
  AutoScalingGroupDescription,
  AwsFilter,
  LaunchTemplateVersion,
  RouteTableDescription,
  ScalingActivity,
  SubnetDescription,
} from './aws-shapes.ts';
import type { Ec2Calls } from './aws/ec2-calls.ts';

type Nothing = Readonly<Record<string, never>>;

/** Input and answer of each call, by the IAM action that it needs. */
export interface AwsCalls
  extends
    ApsCalls,
    CloudTrailCalls,
    CloudWatchCalls,
    Ec2Calls,
    EfsCalls,
    EksCalls,
    ElbCalls,
    FsxCalls,
    IamCalls,
    LatticeCalls,
    LogsCalls,
    PricingCalls,
    Route53Calls,
    S3Calls,
    SsmCalls,
    XrayCalls {
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
  /** The regions that the account has enabled. */
  'ec2:DescribeRegions': {
    input: Nothing;
    output: { readonly Regions: readonly { readonly RegionName: string }[] };
  };
  'ec2:DescribeRouteTables': {
    input: { readonly Filters: readonly AwsFilter[] };
    output: { readonly RouteTables: readonly RouteTableDescription[] };
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

/** A call of the door that changes nothing. */
export type AwsRead = {
  [A in AwsCall]: (typeof AWS_ACTIONS)[A] extends 'read' ? A : never;
}[AwsCall];
