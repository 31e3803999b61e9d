import type { AwsTable } from '../polling/table.ts';
import { modifications } from '../modifications.ts';
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

/**
 * What EKS and Auto Scaling did to a cluster lately, and what they are about: two calls a minute, and
 * every five minutes one for each node group and add-on; more where something happens. What the
 * tables of these are told of a change is looked at at once.
 */
export const updates: AwsTable<'updates', (typeof CALLS)[number]> = {
  calls: CALLS,
  interval: { quiet: 60_000, changing: 15_000 },
  isChanging: ({ status }) => !ENDED.has(status),
  parts(cluster, { reads, clock, lasting }) {
    const aws = reads(cluster);
    let stirred = new Set<string>();
    const takeStirred = (): ReadonlySet<string> => {
      const taken = stirred;
      stirred = new Set();
      return taken;
    };
    return [
      eksUpdates(cluster.name, aws, {
        ...{ ended: ENDED, clock, takeStirred },
        modified: modifications(cluster, { lasting }),
      }),
      scalingActivities(cluster.name, aws, ENDED, clock, (group) => stirred.add(group)),
    ];
  },
};
