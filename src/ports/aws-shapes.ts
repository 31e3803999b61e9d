/** Parts of AWS's answers, as `aws-calls.ts` says. */
import type { Tag } from './aws/tag.ts';

export type * from './aws/eks-shapes.ts';
export type * from './aws/iam-shapes.ts';
export type { LogEvent } from './aws/logs-calls.ts';
export type * from './aws/tag.ts';

export interface AutoScalingGroupDescription {
  readonly AutoScalingGroupName: string;
  readonly CreatedTime: number | null;
  /** Only of a group that is being deleted; else empty. */
  readonly Status: string;
  readonly AvailabilityZones: readonly string[];
  /** Ids of subnets, joined by commas. */
  readonly VPCZoneIdentifier: string;
  readonly LaunchTemplate: LaunchTemplateName;
  /** null where all instances are of the launch template's type and capacity. */
  readonly MixedInstancesPolicy: MixedInstancesPolicy | null;
  readonly MinSize: number | null;
  readonly MaxSize: number | null;
  readonly DesiredCapacity: number | null;
  readonly Instances: readonly {
    readonly InstanceId: string;
    readonly InstanceType: string;
    readonly AvailabilityZone: string;
    readonly LifecycleState: string;
    readonly HealthStatus: string;
    readonly ProtectedFromScaleIn: boolean;
  }[];
  readonly SuspendedProcesses: readonly {
    readonly ProcessName: string;
    readonly SuspensionReason: string;
  }[];
  readonly Tags: readonly Tag[];
}

/** Which version of a launch template: a number, `$Latest` or `$Default`; all empty for none. */
export interface LaunchTemplateName {
  readonly LaunchTemplateId: string;
  readonly Version: string;
}

export interface MixedInstancesPolicy {
  readonly InstancesDistribution: {
    readonly OnDemandBaseCapacity: number | null;
    readonly OnDemandPercentageAboveBaseCapacity: number | null;
  };
  readonly LaunchTemplate: { readonly Overrides: readonly { readonly InstanceType: string }[] };
}

export interface LaunchTemplateVersion {
  readonly LaunchTemplateData: {
    readonly InstanceType: string;
    /** spot or capacity-block; empty for on demand. */
    readonly InstanceMarketOptions: { readonly MarketType: string };
  };
}

export interface ScalingActivity {
  readonly ActivityId: string;
  readonly Description: string;
  readonly Cause: string;
  readonly StartTime: number | null;
  readonly EndTime: number | null;
  /** Successful, Failed, InProgress, Cancelled … */
  readonly StatusCode: string;
  /** Why it failed, in AWS's words. */
  readonly StatusMessage: string;
}

export interface SubnetDescription {
  readonly SubnetId: string;
  readonly VpcId: string;
  readonly CidrBlock: string;
  readonly AvailabilityZone: string;
  readonly AvailabilityZoneId: string;
  readonly AvailableIpAddressCount: number | null;
  readonly MapPublicIpOnLaunch: boolean;
  readonly Tags: readonly Tag[];
}

export interface RouteTableDescription {
  readonly RouteTableId: string;
  readonly VpcId: string;
  readonly Associations: readonly { readonly SubnetId: string; readonly Main: boolean }[];
  readonly Routes: readonly {
    readonly DestinationCidrBlock: string;
    readonly DestinationIpv6CidrBlock: string;
    readonly GatewayId: string;
    readonly NatGatewayId: string;
    readonly TransitGatewayId: string;
    readonly State: string;
  }[];
}

/** A filter of EC2 and Auto Scaling: what has one of the values. */
export interface AwsFilter {
  readonly Name: string;
  readonly Values: readonly string[];
}
