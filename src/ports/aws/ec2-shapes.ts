/** Parts of EC2's answers, as `ec2-calls.ts` says. */
import type { Tag } from './tag.ts';

export interface NetworkInterfaceDescription {
  readonly NetworkInterfaceId: string;
  readonly SubnetId: string;
  readonly VpcId: string;
  readonly AvailabilityZone: string;
  readonly Description: string;
  /** `interface`, `trunk`, `branch`, `network_load_balancer`, `nat_gateway`, `vpc_endpoint` … */
  readonly InterfaceType: string;
  /** Who made it: `amazon-elb`, an account; else empty. */
  readonly RequesterId: string;
  readonly RequesterManaged: boolean;
  /** `in-use`, `available`, `attaching`, `detaching`. */
  readonly Status: string;
  readonly PrivateIpAddress: string;
  readonly PrivateDnsName: string;
  /** The public address of its primary one; empty where it has none. */
  readonly Association: { readonly PublicIp: string };
  readonly Attachment: {
    /** Empty where what it is attached to is no instance of the account. */
    readonly InstanceId: string;
    readonly InstanceOwnerId: string;
    readonly DeviceIndex: number | null;
  };
  readonly Groups: readonly { readonly GroupId: string; readonly GroupName: string }[];
  readonly PrivateIpAddresses: readonly {
    readonly PrivateIpAddress: string;
    readonly Association: { readonly PublicIp: string };
  }[];
  readonly Ipv4Prefixes: readonly { readonly Ipv4Prefix: string }[];
  readonly Ipv6Addresses: readonly { readonly Ipv6Address: string }[];
  readonly Ipv6Prefixes: readonly { readonly Ipv6Prefix: string }[];
  readonly TagSet: readonly Tag[];
}

export interface InstanceDescription {
  readonly InstanceId: string;
  readonly InstanceType: string;
  readonly ImageId: string;
  readonly LaunchTime: number | null;
  /** spot, capacity-block or scheduled; empty for on demand. */
  readonly InstanceLifecycle: string;
  /** Empty where it runs in none. */
  readonly CapacityReservationId: string;
  /** Which service of AWS runs it for the user; empty where the user does. */
  readonly Operator: { readonly Principal: string };
  readonly State: { readonly Name: string };
  readonly Placement: { readonly AvailabilityZone: string };
  readonly PrivateIpAddress: string;
  readonly SubnetId: string;
  readonly Tags: readonly Tag[];
}

export interface ImageDescription {
  readonly ImageId: string;
  readonly Name: string;
  /** An ISO time. */
  readonly CreationDate: string;
  /** `amazon` of what AWS made itself; else empty, or who sells it. */
  readonly ImageOwnerAlias: string;
}

export interface InstanceStatusDescription {
  readonly InstanceId: string;
  /** What AWS has planned for it, or for the machine under it. */
  readonly Events: readonly {
    readonly Code: string;
    readonly Description: string;
    readonly NotBefore: number | null;
  }[];
  /** ok, impaired, initializing, insufficient-data or not-applicable. */
  readonly InstanceStatus: { readonly Status: string };
  readonly SystemStatus: { readonly Status: string };
}

export interface InstanceTypeDescription {
  readonly InstanceType: string;
  readonly NetworkInfo: {
    readonly MaximumNetworkInterfaces: number | null;
    readonly Ipv4AddressesPerInterface: number | null;
  };
}

export interface SpotPrice {
  readonly InstanceType: string;
  readonly AvailabilityZone: string;
  /** US dollars an hour, as text. */
  readonly SpotPrice: string;
  /** Since when. */
  readonly Timestamp: number | null;
}

export interface VolumeDescription {
  readonly VolumeId: string;
  readonly AvailabilityZone: string;
  readonly CreateTime: number | null;
  /** creating, available, in-use, deleting, deleted or error. */
  readonly State: string;
  readonly VolumeType: string;
  /** GiB. */
  readonly Size: number | null;
  readonly Iops: number | null;
  /** MiB a second. */
  readonly Throughput: number | null;
  readonly Encrypted: boolean;
  readonly Attachments: readonly {
    readonly InstanceId: string;
    /** attaching, attached, detaching or busy. */
    readonly State: string;
  }[];
  readonly Tags: readonly Tag[];
}

export interface VolumeModificationDescription {
  readonly VolumeId: string;
  /** modifying, optimizing, completed or failed. */
  readonly ModificationState: string;
  readonly StatusMessage: string;
  /** Percent. */
  readonly Progress: number | null;
}
