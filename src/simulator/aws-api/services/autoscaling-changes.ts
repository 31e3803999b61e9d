import {
  type ActivitiesType,
  DescribeScalingActivities$,
  type DescribeScalingActivitiesType,
  UpdateAutoScalingGroup$,
  type UpdateAutoScalingGroupType,
} from '@aws-sdk/client-auto-scaling';
import type { AutoScalingGroup, EksCluster } from '../../region.ts';
import type { AccountView } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { type Operation, operation } from '../operation.ts';
import { pageOf } from '../page.ts';

/** What EC2 Auto Scaling changes, and what it tells of its doings. */
export const AUTO_SCALING_CHANGES: readonly Operation[] = [
  operation(UpdateAutoScalingGroup$, (input: UpdateAutoScalingGroupType, account): object => {
    const { cluster, group } = groupOf(account, input.AutoScalingGroupName);
    const { MinSize: min = group.min, MaxSize: max = group.max } = input;
    if (min > max) {
      throw invalid(`Max bound, ${max}, must be greater than or equal to min bound, ${min}`);
    }
    const desired = input.DesiredCapacity ?? Math.min(max, Math.max(min, group.desired));
    if (desired < min || desired > max) {
      throw invalid(
        `Desired capacity:${desired} must be between the specified min size:${min} and max size:${max}`,
      );
    }
    Object.assign(group, { min, max, desired });
    // EKS takes over what is changed beneath it.
    const nodegroup = cluster.nodegroups.find(({ asgName }) => asgName === group.name);
    if (nodegroup) Object.assign(nodegroup.scaling, { min, max, desired });
    return {};
  }),
  operation(
    DescribeScalingActivities$,
    (input: DescribeScalingActivitiesType, account): ActivitiesType => {
      const groups =
        input.AutoScalingGroupName === undefined
          ? account.clusters.flatMap((cluster) => cluster.autoScalingGroups)
          : [groupOf(account, input.AutoScalingGroupName).group];
      const all = groups.flatMap((group) =>
        group.activities.map((activity) => ({ group: group.name, activity })),
      );
      const { items, next } = pageOf(
        all.filter(({ activity: { id } }) => input.ActivityIds?.includes(id) ?? true),
        { size: input.MaxRecords, token: input.NextToken, most: 100, invalid: 'ValidationError' },
      );
      return {
        Activities: items.map(({ group, activity }) => ({
          ActivityId: activity.id,
          AutoScalingGroupName: group,
          Description: activity.description,
          Cause: activity.cause,
          StartTime: new Date(activity.startedAt),
          ...(activity.endedAt !== null && { EndTime: new Date(activity.endedAt) }),
          StatusCode: activity.status,
          ...(activity.message && { StatusMessage: activity.message }),
          Progress: activity.status === 'InProgress' ? 50 : 100,
        })),
        NextToken: next,
      };
    },
  ),
];

function groupOf(
  { clusters }: AccountView,
  name = '',
): { readonly cluster: EksCluster; readonly group: AutoScalingGroup } {
  for (const cluster of clusters) {
    const group = cluster.autoScalingGroups.find((each) => each.name === name);
    if (group) return { cluster, group };
  }
  throw invalid(`AutoScalingGroup name not found - AutoScalingGroup ${name} not found`);
}

const invalid = (message: string): ApiError => new ApiError('ValidationError', 400, message);
