import type { NodeGroupRow } from '../../../../domain/rows.ts';
import type { AutoScalingGroupDescription } from '../../../../ports/aws-shapes.ts';
import { orNull } from '../../polling/round.ts';
import type { Reads, TablePart } from '../../polling/table.ts';
import type { Shortfalls } from './shortfalls.ts';
import {
  asgRow,
  joiningGroups,
  type LaunchTemplate,
  isManaged,
  launchTemplate,
  templateOf,
} from './asg-row.ts';

/** Auto Scaling groups whose instances join the cluster, those of managed node groups apart. */
export function selfManagedGroups(
  clusterName: string,
  aws: Reads<'autoscaling:DescribeAutoScalingGroups' | 'ec2:DescribeLaunchTemplateVersions'>,
  short: Shortfalls,
): TablePart<NodeGroupRow> {
  let rows: readonly NodeGroupRow[] = [];
  /** A numbered version of a launch template never changes; `$Latest` is another at any time. */
  const templates = new Map<string, LaunchTemplate>();

  /** What the launch template of a group says; groups that decide themselves have none. */
  async function started(
    group: AutoScalingGroupDescription,
    signal: AbortSignal,
  ): Promise<LaunchTemplate | null> {
    const template = templateOf(group);
    if (!template) return null;
    const { id: LaunchTemplateId, version } = template;
    const key = `${LaunchTemplateId}/${version}`;
    const known = templates.get(key);
    if (known !== undefined) return known;
    const input = { LaunchTemplateId, Versions: [version] };
    const answer = await aws.call('ec2:DescribeLaunchTemplateVersions', input, signal);
    const read = launchTemplate(answer.LaunchTemplateVersions[0]);
    if (/^\d+$/.test(version)) templates.set(key, read);
    return read;
  }

  return {
    label: 'Auto Scaling groups',
    rows: () => rows,
    async read(round) {
      const groups = await joiningGroups(clusterName, aws, round.signal);
      // Those of managed groups too: EKS itself says less of why they do not grow.
      await short.learn(groups, round);
      rows = await Promise.all(
        groups
          .filter((group) => !isManaged(group))
          .map(async (group) => asgRow(group, await orNull(started(group, round.signal), round))),
      );
    },
  };
}
