import { NO_ROW, type BaseRow } from '../row.ts';
import type { EksTable } from './define.ts';

/** What AWS does to: a cluster and what it has of EKS, or an Auto Scaling group that is none of EKS's. */
export type UpdatedKind = 'Cluster' | 'NodeGroup' | 'Addon' | 'AutoScalingGroup';

/**
 * Something that AWS did to a cluster, or is about: an update of EKS, or an activity of an Auto
 * Scaling group. Its name is that of what it was done to; it was created when it began.
 */
export interface UpdateRow extends BaseRow {
  readonly kind: UpdatedKind;
  /** `VersionUpdate`, `ConfigUpdate`, …; of an Auto Scaling group `Launch`, `Terminate` or `Activity`. */
  readonly type: string;
  /** `InProgress`, `Successful`, `Failed`, `Cancelled`; activities know some more that are under way. */
  readonly status: string;
  /** What it sets, or what is done. */
  readonly what: string;
  /** Why it failed; of an activity also why it was begun. In AWS's own words. */
  readonly why: string;
  /** When it ended (ms); 0 while it has not, or where AWS does not tell: EKS never does. */
  readonly ended: number;
}

export const updates: EksTable<UpdateRow> = {
  source: 'aws',
  keepsGone: false,
  failsAlone: true,
  withoutAws: '',
  blank: { ...NO_ROW, kind: 'Cluster', type: '', status: '', what: '', why: '', ended: 0 },
};
