import { NO_ROW, type BaseRow } from '../row.ts';
import type { EksTable } from './define.ts';

/** An EBS volume that was made for persistent volumes of the cluster; uid and name are its id. */
export interface VolumeRow extends BaseRow {
  /** `in-use`, `available`, `creating`, `deleting`, `error`. */
  readonly state: string;
  readonly zone: string;
  /** `gp3`, `io2` … */
  readonly type: string;
  /** Bytes. */
  readonly size: number | null;
  readonly iops: number | null;
  /** MiB a second. */
  readonly throughput: number | null;
  readonly encrypted: boolean;
  /** Instances that it is attached to, with a word where that is not simply so: `i-1 detaching`. */
  readonly attachedTo: readonly string[];
  /** `modifying 40%`, `failed: …`; empty where nothing is being modified. */
  readonly modification: string;
  /** The claim that it was made for by its tags, `namespace/name`; empty where they do not tell. */
  readonly claim: string;
  /** Its tags name this cluster; else any cluster of the region may have it. */
  readonly ofCluster: boolean;
  // joined
  /** The persistent volume that it is; empty where there is none, null before they are known. */
  pv: string | null;
}

export const volumes: EksTable<VolumeRow> = {
  source: 'aws',
  keepsGone: true,
  failsAlone: true,
  withoutAws: '',
  blank: {
    ...NO_ROW,
    state: '',
    zone: '',
    type: '',
    size: null,
    iops: null,
    throughput: null,
    encrypted: false,
    attachedTo: [],
    modification: '',
    claim: '',
    ofCluster: false,
    pv: null,
  },
};
