import type { Clock } from '../../../../core/clock.ts';
import { type AwsFault, isPassing } from '../../../../domain/aws-fault.ts';
import type { UpdateRow } from '../../../../domain/rows.ts';
import { updates as table } from '../../../../domain/tables/updates.ts';
import type { AutoScalingGroupDescription, ScalingActivity } from '../../../../ports/aws-shapes.ts';
import { type Round, tolerate } from '../../polling/round.ts';
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
function activityRow(group: AutoScalingGroupDescription, activity: ScalingActivity): UpdateRow {
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

/** How long a group whose machines stay as they are is taken for one that does nothing (ms). */
const QUIET_MS = 5 * 60_000;

/** What is known of the activities of a group. */
interface Looked {
  readonly rows: readonly UpdateRow[];
  /** The machines it had, and how many it should have. */
  readonly stamp: string;
  readonly until: number;
  readonly gaps: readonly AwsFault[];
}

/**
 * What the Auto Scaling groups of a cluster did lately: asked where their machines come or go, or
 * are fewer than they should be, else every five minutes.
 * @param stir hears of each managed node group whose machines came or went
 */
export function scalingActivities(
  clusterName: string,
  aws: Reads<'autoscaling:DescribeAutoScalingGroups' | 'autoscaling:DescribeScalingActivities'>,
  ended: ReadonlySet<string>,
  clock: Clock,
  stir: (nodeGroup: string) => void,
): TablePart<UpdateRow> {
  const looked = new Map<string, Looked>();

  async function look(group: AutoScalingGroupDescription, round: Round): Promise<void> {
    const { AutoScalingGroupName } = group;
    const before = looked.get(AutoScalingGroupName);
    const stamp = stampOf(group);
    const isStirred = before !== undefined && before.stamp !== stamp;
    if (isStirred) stir(managedBy(group) ?? '');
    const isDue = round.wanted || isStirred || isShort(group);
    if (before === undefined || isDue || clock.now() >= before.until) {
      const gaps: AwsFault[] = [];
      let rows = before?.rows ?? [];
      try {
        const call = 'autoscaling:DescribeScalingActivities';
        const { Activities } = await aws.call(call, { AutoScalingGroupName }, round.signal);
        rows = Activities.map((activity) => activityRow(group, activity));
      } catch (error) {
        tolerate(error, { ...round, gaps });
      }
      const isOver = rows.every(({ status }) => ended.has(status)) && !gaps.some(isPassing);
      const until = isOver ? clock.now() + QUIET_MS : 0;
      looked.set(AutoScalingGroupName, { rows, stamp, until, gaps });
    }
    round.gaps.push(...(looked.get(AutoScalingGroupName)?.gaps ?? []));
  }

  return {
    label: 'scaling activities',
    rows: () => {
      const since = clock.now() - LATELY;
      return [...looked.values()].flatMap(({ rows }) =>
        rows.filter(({ created }) => created >= since),
      );
    },
    async read(round) {
      const groups = await joiningGroups(clusterName, aws, round.signal);
      const names = new Set(groups.map(({ AutoScalingGroupName }) => AutoScalingGroupName));
      for (const name of looked.keys()) if (!names.has(name)) looked.delete(name);
      await Promise.all(groups.map((group) => look(group, round)));
    },
  };
}

const stampOf = ({ DesiredCapacity, Instances }: AutoScalingGroupDescription): string =>
  [DesiredCapacity, ...Instances.map(({ InstanceId }) => InstanceId).sort()].join(' ');

const isShort = ({ DesiredCapacity, Instances }: AutoScalingGroupDescription): boolean =>
  Instances.length < (DesiredCapacity ?? 0);
