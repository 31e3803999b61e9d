import type { AwsTable } from '../polling/table.ts';
import { scalingActivities } from './updates/activities.ts';
import { eksUpdates } from './updates/eks.ts';

/** Statuses that do not change any more. */
const ENDED: ReadonlySet<string> = new Set(['Successful', 'Failed', 'Cancelled', '']);

const CALLS = [
  'eks:ListNodegroups',
  'eks:ListAddons',
  'eks:ListUpdates',
  'eks:DescribeUpdate',
  'autoscaling:DescribeAutoScalingGroups',
  'autoscaling:DescribeScalingActivities',
] as const;

/** What EKS and Auto Scaling did to a cluster lately, and what they are about. */
export const updates: AwsTable<'updates', (typeof CALLS)[number]> = {
  calls: CALLS,
  interval: { quiet: 60_000, changing: 15_000 },
  isChanging: ({ status }) => !ENDED.has(status),
  parts(cluster, { reads, clock }) {
    const aws = reads(cluster);
    return [eksUpdates(cluster.name, aws, ENDED), scalingActivities(cluster.name, aws, clock)];
  },
};
