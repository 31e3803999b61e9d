import { NO_ROW, type BaseRow } from '../row.ts';
import type { EksTable } from './define.ts';

/** A principal of IAM that may come into a cluster; uid and name are its ARN. */
export interface AccessEntryRow extends BaseRow {
  /** `entry` of EKS's access entries, `aws-auth` where only the config map names it. */
  readonly origin: 'entry' | 'aws-auth';
  /** `STANDARD`, `EC2_LINUX`, …; empty where the config map tells of it. */
  readonly type: string;
  /** Who it is to Kubernetes. */
  readonly username: string;
  readonly groups: readonly string[];
  /** Policies of EKS with where they hold: `ClusterAdmin`, `View in shop, web`; null: not known. */
  readonly policies: readonly string[] | null;
  readonly modified: number;
}

export const accessentries: EksTable<AccessEntryRow> = {
  source: 'aws',
  keepsGone: false,
  failsAlone: true,
  withoutAws: 'who may come in is shown as the config map aws-auth tells',
  blank: {
    ...NO_ROW,
    origin: 'entry',
    type: '',
    username: '',
    groups: [],
    policies: null,
    modified: 0,
  },
};

/** An entry of which no more than the principal is known. */
export function blankAccessEntry(arn: string): AccessEntryRow {
  return { ...accessentries.blank, uid: arn, name: arn };
}
