import { NO_ROW, type BaseRow } from '../row.ts';
import type { EksTable } from './define.ts';

/** Where a file system of EFS can be mounted: one in each Availability Zone at most. */
export interface MountTarget {
  readonly id: string;
  readonly zone: string;
  readonly subnet: string;
  readonly ip: string;
  /** `available`, `creating`, `updating`, `deleting`, `error`. */
  readonly state: string;
}

/** A folder of a file system of EFS, as whoever mounts it sees its root. */
export interface AccessPoint {
  readonly id: string;
  readonly path: string;
  readonly state: string;
}

/** A file system of EFS or FSx in the VPC of the cluster; uid and name are its id. */
export interface FileSystemRow extends BaseRow {
  /** Its tag `Name`. */
  readonly label: string;
  /** `EFS`, `FSx Lustre`, `FSx OpenZFS`, `FSx ONTAP`, `FSx Windows`. */
  readonly kind: string;
  /** `available`, `creating`, `updating`, `deleting`, `error`, `failed`, `misconfigured` … */
  readonly state: string;
  /** Why it failed, in AWS's words. */
  readonly reason: string;
  /** How it works: `elastic`, `bursting`, `PERSISTENT_2` … */
  readonly type: string;
  /** Bytes: what is stored of EFS, the capacity of FSx. */
  readonly size: number | null;
  /** MiB a second, where it was provisioned. */
  readonly throughput: number | null;
  readonly encrypted: boolean;
  readonly subnets: readonly string[];
  /** Of EFS alone; null: not known, or all of the VPC can mount it. */
  readonly mounts: readonly MountTarget[] | null;
  /** Of EFS alone; null: not known. */
  readonly accessPoints: readonly AccessPoint[] | null;
  // joined
  /** The persistent volumes that are on it; null before they are known. */
  pvs: number | null;
}

export const filesystems: EksTable<FileSystemRow> = {
  source: 'aws',
  keepsGone: true,
  failsAlone: true,
  withoutAws: '',
  blank: {
    ...NO_ROW,
    label: '',
    kind: '',
    state: '',
    reason: '',
    type: '',
    size: null,
    throughput: null,
    encrypted: false,
    subnets: [],
    mounts: null,
    accessPoints: null,
    pvs: null,
  },
};
