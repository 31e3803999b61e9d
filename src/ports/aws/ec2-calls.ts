/** What is asked of EC2 about the network and the machines of a cluster, as `aws-calls.ts` says. */
import type { AwsFilter } from '../aws-shapes.ts';
import type {
  ImageDescription,
  InstanceDescription,
  InstanceStatusDescription,
  InstanceTypeDescription,
  NetworkInterfaceDescription,
  SpotPrice,
  VolumeDescription,
  VolumeModificationDescription,
} from './ec2-shapes.ts';

interface Filtered {
  readonly Filters: readonly AwsFilter[];
}

/** Calls of EC2. */
export interface Ec2Calls {
  'ec2:DescribeNetworkInterfaces': {
    input: Filtered;
    output: { readonly NetworkInterfaces: readonly NetworkInterfaceDescription[] };
  };
  /** Deprecated ones too. Of a filter by `image-id` those that are not there are left out. */
  'ec2:DescribeImages': {
    input: Filtered;
    output: { readonly Images: readonly ImageDescription[] };
  };
  'ec2:DescribeInstances': {
    input: Filtered;
    output: {
      readonly Reservations: readonly { readonly Instances: readonly InstanceDescription[] }[];
    };
  };
  /** Of all that run in the region. */
  'ec2:DescribeInstanceStatus': {
    input: Readonly<Record<string, never>>;
    output: { readonly InstanceStatuses: readonly InstanceStatusDescription[] };
  };
  'ec2:DescribeInstanceTypes': {
    /** At most a hundred. */
    input: { readonly InstanceTypes: readonly string[] };
    output: { readonly InstanceTypes: readonly InstanceTypeDescription[] };
  };
  /** The prices of Linux on Spot that are in force, by type and zone. */
  'ec2:DescribeSpotPriceHistory': {
    input: {
      readonly InstanceTypes: readonly string[];
      readonly Filters: readonly AwsFilter[];
      /** ms: what was in force then or later. */
      readonly StartTime: number;
    };
    output: { readonly SpotPriceHistory: readonly SpotPrice[] };
  };
  'ec2:DescribeVolumes': {
    input: Filtered;
    output: { readonly Volumes: readonly VolumeDescription[] };
  };
  'ec2:DescribeVolumesModifications': {
    input: Filtered;
    output: { readonly VolumesModifications: readonly VolumeModificationDescription[] };
  };
}
