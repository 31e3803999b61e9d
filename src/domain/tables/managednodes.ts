import { NO_ROW, type BaseRow } from '../row.ts';
import type { EksTable } from './define.ts';

/** What Systems Manager knows of a machine, in one object. */
export interface Agent {
  /** `Online`, `ConnectionLost`, `Inactive`; empty where no agent has ever told of itself. */
  readonly ping: string;
  /** When it was last heard of (ms); 0 where it never was. */
  readonly pingAt: number;
  readonly version: string;
  /** There is no newer one; null where AWS does not say. */
  readonly isLatest: boolean | null;
  /** `Amazon Linux 2023`. */
  readonly platform: string;
  /** null where that is not known. */
  readonly patches: Patches | null;
}

/** What the last scan of a machine for patches found. */
export interface Patches {
  /** When it ended (ms); 0: it was never scanned. */
  readonly at: number;
  readonly missing: number;
  readonly failed: number;
  /** Installed, and in force after the next boot. */
  readonly pendingReboot: number;
  /** Of those that are not in force: what the baseline calls critical, and security patches. */
  readonly critical: number;
  readonly security: number;
  /** The patch baseline that it was measured by. */
  readonly baseline: string;
}

/** A machine that was never scanned. */
export const UNSCANNED: Patches = {
  ...{ at: 0, missing: 0, failed: 0, pendingReboot: 0, critical: 0, security: 0 },
  baseline: '',
};

/** An agent that never told of itself. */
export const UNSEEN: Agent = {
  ...{ ping: '', pingAt: 0, version: '', isLatest: null, platform: '' },
  patches: UNSCANNED,
};

/** A machine of the cluster as Systems Manager sees it, or does not; uid and name are its id. */
export interface ManagedNodeRow extends BaseRow {
  readonly agent: Agent;
  /** The name that it has for itself. */
  readonly computer: string;
  readonly ip: string;
  /** Of a machine of a hybrid activation: its IAM role; else empty. */
  readonly role: string;
  /** Auto Mode runs it, which puts no agent on its machines. */
  readonly isAuto: boolean;
  // joined
  /** The node that it is; empty where it is none of the cluster's, null before nodes are known. */
  node: string | null;
}

export const managednodes: EksTable<ManagedNodeRow> = {
  source: 'aws',
  keepsGone: false,
  failsAlone: true,
  withoutAws: '',
  blank: { ...NO_ROW, agent: UNSEEN, computer: '', ip: '', role: '', isAuto: false, node: null },
};
