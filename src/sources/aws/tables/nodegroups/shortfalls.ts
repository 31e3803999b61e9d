import type { AutoScalingGroupDescription } from '../../../../ports/aws-shapes.ts';
import { type Round, tolerate } from '../../polling/round.ts';
import type { Reads } from '../../polling/table.ts';

/** Processes of Auto Scaling without which no instance comes. */
const NEEDED: ReadonlySet<string> = new Set(['Launch', 'AddToLoadBalancer']);

/** Why Auto Scaling groups have fewer instances than they want, by the names of the groups. */
export interface Shortfalls {
  /** Looks into the groups that are short, each by one call; all others cost nothing. */
  readonly learn: (groups: readonly AutoScalingGroupDescription[], round: Round) => Promise<void>;
  /** In the words of Auto Scaling; empty where it has all it wants, or does not tell. */
  readonly of: (group: string) => string;
}

/** Asks for the activities of groups that are short of instances: the last that failed says why. */
export function shortfalls(aws: Reads<'autoscaling:DescribeScalingActivities'>): Shortfalls {
  const known = new Map<string, string>();

  async function why(
    { AutoScalingGroupName, SuspendedProcesses }: AutoScalingGroupDescription,
    { signal }: Round,
  ): Promise<string> {
    const stopped = SuspendedProcesses.find(({ ProcessName }) => NEEDED.has(ProcessName));
    if (stopped !== undefined)
      return `${stopped.ProcessName} is suspended${stopped.SuspensionReason === '' ? '' : `: ${stopped.SuspensionReason}`}`;
    const input = { AutoScalingGroupName };
    const { Activities } = await aws.call('autoscaling:DescribeScalingActivities', input, signal);
    // What it is at now, or did last: an older failure is over.
    const [last] = Activities;
    return last?.StatusCode === 'Failed' ? last.StatusMessage : '';
  }

  return {
    async learn(groups, round) {
      await Promise.all(
        groups.map(async (group) => {
          const name = group.AutoScalingGroupName;
          if (!isShort(group)) {
            known.delete(name);
            return;
          }
          try {
            known.set(name, await why(group, round));
          } catch (error) {
            tolerate(error, round);
            known.delete(name);
          }
        }),
      );
    },
    of: (group) => known.get(group) ?? '',
  };
}

function isShort({ Instances, DesiredCapacity }: AutoScalingGroupDescription): boolean {
  const serving = Instances.filter(({ LifecycleState }) => LifecycleState === 'InService').length;
  return DesiredCapacity !== null && serving < DesiredCapacity;
}
