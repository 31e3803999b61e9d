import { NO_ROW, type BaseRow } from '../row.ts';
import type { TableDef } from './define.ts';

/** How full the volume of a claim is, as the kubelet of a node that has it mounted measures. */
export interface ClaimUsageRow extends BaseRow {
  /** The node whose kubelet tells it. */
  readonly node: string;
  /** Bytes. */
  readonly used: number;
  readonly capacity: number;
  /** Files and folders; null where the file system counts none. */
  readonly inodesUsed: number | null;
  readonly inodes: number | null;
  /** When it was measured (ms): kubelets do that once a minute. */
  readonly at: number;
}

export const claimusage: TableDef<ClaimUsageRow> = {
  source: 'kubelet',
  keepsGone: false,
  failsAlone: true,
  blank: { ...NO_ROW, node: '', used: 0, capacity: 0, inodesUsed: null, inodes: null, at: 0 },
};
