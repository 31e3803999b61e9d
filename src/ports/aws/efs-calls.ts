/** What EFS can be asked, and its answers, as `../aws-calls.ts` says. */
import type { Tag } from './tag.ts';

export interface EfsDescription {
  readonly FileSystemId: string;
  readonly CreationTime: number | null;
  /** `available`, `creating`, `updating`, `deleting`, `error`. */
  readonly LifeCycleState: string;
  /** Its tag `Name`. */
  readonly Name: string;
  readonly NumberOfMountTargets: number | null;
  /** Bytes that are stored, as metered within the last hour. */
  readonly SizeInBytes: { readonly Value: number | null };
  /** `generalPurpose` or `maxIO`. */
  readonly PerformanceMode: string;
  readonly Encrypted: boolean;
  /** `bursting`, `provisioned` or `elastic`. */
  readonly ThroughputMode: string;
  /** MiB a second. */
  readonly ProvisionedThroughputInMibps: number | null;
  readonly Tags: readonly Tag[];
}

/** Where a file system can be mounted: one in each Availability Zone at most. */
export interface MountTargetDescription {
  readonly MountTargetId: string;
  readonly SubnetId: string;
  readonly LifeCycleState: string;
  readonly IpAddress: string;
  readonly AvailabilityZoneName: string;
  readonly VpcId: string;
}

export interface AccessPointDescription {
  readonly AccessPointId: string;
  readonly FileSystemId: string;
  readonly RootDirectory: { readonly Path: string };
  readonly LifeCycleState: string;
}

export interface EfsCalls {
  'elasticfilesystem:DescribeFileSystems': {
    input: Readonly<Record<string, never>>;
    output: { readonly FileSystems: readonly EfsDescription[] };
  };
  'elasticfilesystem:DescribeMountTargets': {
    input: { readonly FileSystemId: string };
    output: { readonly MountTargets: readonly MountTargetDescription[] };
  };
  /** Those of all file systems of the region. */
  'elasticfilesystem:DescribeAccessPoints': {
    input: Readonly<Record<string, never>>;
    output: { readonly AccessPoints: readonly AccessPointDescription[] };
  };
}
