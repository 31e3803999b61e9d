/** What keeps data: volumes of EBS, file systems of a VPC. Times are ms since the epoch. */

export interface Volume {
  readonly id: string;
  readonly zone: string;
  readonly sizeGi: number;
  readonly type: 'gp2' | 'gp3';
  /** What it is attached to. */
  readonly instanceId?: string;
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ElasticFileSystem {
  readonly kind: 'EFS';
  /** `fs-…` */
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  state: 'available' | 'creating' | 'updating' | 'deleting' | 'error';
  readonly throughput: 'elastic' | 'bursting' | 'provisioned';
  /** Bytes that are stored. */
  readonly size: number;
  readonly encrypted: boolean;
  readonly createdAt: number;
  readonly mountTargets: readonly {
    readonly id: string;
    readonly subnetId: string;
    readonly zone: { readonly name: string; readonly id: string };
    readonly ip: string;
    readonly state: ElasticFileSystem['state'];
  }[];
  readonly accessPoints: readonly { readonly id: string; readonly path: string }[];
  readonly tags: Readonly<Record<string, string>>;
}

export interface LustreFileSystem {
  readonly kind: 'Lustre';
  /** `fs-…` */
  readonly id: string;
  readonly name: string;
  readonly vpcId: string;
  state: 'AVAILABLE' | 'CREATING' | 'UPDATING' | 'DELETING' | 'FAILED' | 'MISCONFIGURED';
  /** Why it failed; else empty. */
  readonly failure: string;
  readonly deployment: 'SCRATCH_2' | 'PERSISTENT_2';
  readonly sizeGi: number;
  readonly subnetId: string;
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

export type FileSystem = ElasticFileSystem | LustreFileSystem;
