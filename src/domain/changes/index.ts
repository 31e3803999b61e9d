import type { RecordedTableId } from '../tables/index.ts';
import { AWS_CHANGES } from './aws.ts';
import type { AnyChangeRule } from './change.ts';
import { EVENT_CHANGES } from './events.ts';
import { NODE_CHANGES } from './nodes.ts';
import { POD_CHANGES } from './pods.ts';
import { REVISION_CHANGES } from './revisions.ts';
import { ROLLOUT_CHANGES } from './rollouts.ts';
import { SETTING_CHANGES } from './settings.ts';
import { WORKLOAD_CHANGES } from './workloads.ts';

/** By what rules each table is recorded. */
export const RECORDERS: Readonly<Record<RecordedTableId, readonly AnyChangeRule[]>> = {
  changes: [
    ...WORKLOAD_CHANGES,
    ...ROLLOUT_CHANGES,
    ...REVISION_CHANGES,
    ...POD_CHANGES,
    ...NODE_CHANGES,
    ...SETTING_CHANGES,
    ...AWS_CHANGES,
    // Last: they complete what the objects tell.
    ...EVENT_CHANGES,
  ],
};
