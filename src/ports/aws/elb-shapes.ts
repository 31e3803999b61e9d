/** Parts of the answers of Elastic Load Balancing, as `elb-calls.ts` says. */
import type { Tag } from './tag.ts';

/** An application, network or gateway load balancer. */
export interface LoadBalancerDescription {
  readonly LoadBalancerArn: string;
  readonly LoadBalancerName: string;
  readonly DNSName: string;
  readonly CreatedTime: number | null;
  readonly Scheme: string;
  readonly VpcId: string;
  readonly State: { readonly Code: string; readonly Reason: string };
  /** application, network or gateway. */
  readonly Type: string;
  readonly AvailabilityZones: readonly { readonly ZoneName: string; readonly SubnetId: string }[];
  readonly SecurityGroups: readonly string[];
}

/** A balancer of the first generation, which AWS calls classic. */
export interface ClassicBalancerDescription {
  readonly LoadBalancerName: string;
  readonly DNSName: string;
  readonly CreatedTime: number | null;
  readonly Scheme: string;
  readonly VPCId: string;
  readonly AvailabilityZones: readonly string[];
  readonly Subnets: readonly string[];
  readonly SecurityGroups: readonly string[];
  readonly ListenerDescriptions: readonly {
    readonly Listener: {
      readonly Protocol: string;
      readonly LoadBalancerPort: number | null;
      readonly InstancePort: number | null;
    };
  }[];
  readonly HealthCheck: { readonly Target: string };
}

export interface ListenerDescription {
  readonly Port: number | null;
  readonly Protocol: string;
}

export interface TargetGroupDescription {
  readonly TargetGroupArn: string;
  readonly TargetGroupName: string;
  readonly Protocol: string;
  readonly Port: number | null;
  readonly VpcId: string;
  readonly HealthCheckProtocol: string;
  /** A number, or `traffic-port`. */
  readonly HealthCheckPort: string;
  readonly HealthCheckPath: string;
  readonly LoadBalancerArns: readonly string[];
  /** instance, ip, lambda or alb. */
  readonly TargetType: string;
}

export interface TargetHealthDescription {
  readonly Target: {
    readonly Id: string;
    readonly Port: number | null;
    readonly AvailabilityZone: string;
  };
  readonly TargetHealth: {
    /** healthy, unhealthy, initial, draining, unused, unavailable. */
    readonly State: string;
    readonly Reason: string;
    readonly Description: string;
  };
}

export interface InstanceStateDescription {
  readonly InstanceId: string;
  /** InService, OutOfService or Unknown. */
  readonly State: string;
  readonly ReasonCode: string;
  readonly Description: string;
}

/** The tags of one resource: one of the two says which. */
export interface TagDescription {
  readonly ResourceArn: string;
  readonly LoadBalancerName: string;
  readonly Tags: readonly Tag[];
}
