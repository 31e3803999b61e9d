/** What FSx can be asked, and its answers, as `../aws-calls.ts` says. */
import type { Tag } from './tag.ts';

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
  readonly VpcId: string;
  readonly SubnetIds: readonly string[];
  readonly DNSName: string;
  /** `SCRATCH_2`, `PERSISTENT_2`. */
  readonly LustreConfiguration: { readonly DeploymentType: string };
  /** `SINGLE_AZ_2`, `MULTI_AZ_1`. */
  readonly OpenZFSConfiguration: {
    readonly DeploymentType: string;
    /** MiB a second. */
    readonly ThroughputCapacity: number | null;
  };
  readonly Tags: readonly Tag[];
}

export interface FsxCalls {
  'fsx:DescribeFileSystems': {
    input: Readonly<Record<string, never>>;
    output: { readonly FileSystems: readonly FsxDescription[] };
  };
}
