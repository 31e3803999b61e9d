/** What FSx can be asked, and its answers, as `../aws-calls.ts` says. */
import type { Tag } from './tag.ts';

/** What a kind of file system tells of how it is deployed; a file system has that of its kind alone. */
export interface FsxDeployment {
  /** `SCRATCH_2`, `PERSISTENT_2`, `SINGLE_AZ_2`, `MULTI_AZ_1`. */
  readonly DeploymentType: string;
  /** MB a second; null where it is not provisioned apart from the capacity. */
  readonly ThroughputCapacity: number | null;
}

export interface FsxDescription {
  readonly FileSystemId: string;
  readonly CreationTime: number | null;
  /** `LUSTRE`, `OPENZFS`, `ONTAP` or `WINDOWS`. */
  readonly FileSystemType: string;
  /** `AVAILABLE`, `CREATING`, `UPDATING`, `DELETING`, `FAILED`, `MISCONFIGURED` … */
  readonly Lifecycle: string;
  /** Why it failed. */
  readonly FailureDetails: { readonly Message: string };
  /** GiB. */
  readonly StorageCapacity: number | null;
  /** `SSD`, `HDD` or `INTELLIGENT_TIERING`. */
  readonly StorageType: string;
  /** Empty: not told. */
  readonly VpcId: string;
  readonly SubnetIds: readonly string[];
  readonly DNSName: string;
  readonly LustreConfiguration: FsxDeployment;
  readonly OpenZFSConfiguration: FsxDeployment;
  readonly OntapConfiguration: FsxDeployment;
  readonly WindowsConfiguration: FsxDeployment;
  readonly Tags: readonly Tag[];
}

export interface FsxCalls {
  'fsx:DescribeFileSystems': {
    input: Readonly<Record<string, never>>;
    output: { readonly FileSystems: readonly FsxDescription[] };
  };
}
