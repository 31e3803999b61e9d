import type { Clock } from '../../../../core/clock.ts';
import type { UpdateRow } from '../../../../domain/rows.ts';
import { updates as table } from '../../../../domain/tables/updates.ts';
import type { AutoScalingGroupDescription, ScalingActivity } from '../../../../ports/aws-shapes.ts';
import { tolerate } from '../../polling/round.ts';
import { joiningGroups, managedBy } from '../nodegroups/asg-row.ts';
import type { Reads, TablePart } from '../../polling/table.ts';

/** Activities older than this are left out (ms): AWS keeps six weeks of them. */
const LATELY = 24 * 3_600_000;

/** `At 2026-11-29T10:00:00Z an instance was …`: the time is in a column of its own. */
const MOMENT = /\bAt \d{4}-\d\d-\d\dT[\d:]+Z,? /g;

const typeOf = ({ Description }: ScalingActivity): string =>
  Description.startsWith('Launching')
    ? 'Launch'
    : Description.startsWith('Terminating')
      ? 'Terminate'
      : 'Activity';

/** The row of an activity. */
export function activityRow(
  group: AutoScalingGroupDescription,
  activity: ScalingActivity,
): UpdateRow {
  const nodeGroup = managedBy(group) ?? '';
  const { Cause, StatusMessage } = activity;
  return {
    ...table.blank,
    uid: activity.ActivityId,
    name: nodeGroup || group.AutoScalingGroupName,
    created: activity.StartTime ?? 0,
    kind: nodeGroup === '' ? 'AutoScalingGroup' : 'NodeGroup',
    type: typeOf(activity),
    status: activity.StatusCode,
    what: activity.Description,
    why: StatusMessage || Cause.replace(MOMENT, '').trim(),
    ended: activity.EndTime ?? 0,
  };
}

/** What the Auto Scaling groups of a cluster did lately. */
export function scalingActivities(
  clusterName: string,
  aws: Reads<'autoscaling:DescribeAutoScalingGroups' | 'autoscaling:DescribeScalingActivities'>,
  clock: Clock,
): TablePart<UpdateRow> {
  let rows: readonly UpdateRow[] = [];
  return {
    label: 'scaling activities',
    rows: () => rows,
    async read(round) {
      const groups = await joiningGroups(clusterName, aws, round.signal);
      const since = clock.now() - LATELY;
      const each = await Promise.all(
        groups.map(async (group) => {
          const { AutoScalingGroupName } = group;
          try {
            const { Activities } = await aws.call(
              'autoscaling:DescribeScalingActivities',
              { AutoScalingGroupName },
              round.signal,
            );
            return Activities.map((activity) => activityRow(group, activity));
          } catch (error) {
            tolerate(error, round);
            return [];
          }
        }),
      );
      rows = each.flat().filter(({ created }) => created >= since);
    },
  };
}
