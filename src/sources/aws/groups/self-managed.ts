import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { NodeGroupRow } from '../../../domain/rows.ts';
import { asgRow, isManaged, templateOf } from '../asg-row.ts';
import { denials, tolerable } from '../describe-each.ts';
import type { AwsFault } from '../../../domain/aws-fault.ts';
import type { LaunchTemplate } from '../services/ec2.ts';
import { type GroupContext, type GroupSource, isChanging } from './group-source.ts';

/** Auto Scaling groups whose instances join the cluster, those of managed node groups apart. */
export function selfManagedGroups({ cluster, session }: GroupContext): GroupSource {
  const rows = new Map<string, NodeGroupRow>();
  /** A numbered version of a launch template never changes; `$Latest` is another at any time. */
  const templates = new Map<string, LaunchTemplate>();

  /** What the launch template of a group says; groups that decide themselves have none. */
  async function started(
    group: AutoScalingGroup,
    signal: AbortSignal,
  ): Promise<LaunchTemplate | null> {
    const template = templateOf(group);
    if (!template) return null;
    const key = `${template.id}/${template.version}`;
    const known = templates.get(key);
    if (known !== undefined) return known;
    const ec2 = await session.ec2();
    const read = await ec2.template(template.id, template.version, signal);
    if (/^\d+$/.test(template.version)) templates.set(key, read);
    return read;
  }

  return {
    label: 'Auto Scaling groups',
    rows,
    async ask(signal) {
      const autoscaling = await session.autoscaling();
      const all = await autoscaling.groupsOfCluster(cluster, signal);
      const faults: AwsFault[] = [];
      const described = await Promise.all(
        all
          .filter((group) => !isManaged(group))
          .map(async (group) => {
            try {
              return asgRow(group, await started(group, signal));
            } catch (error) {
              faults.push(tolerable(error));
              return asgRow(group, null);
            }
          }),
      );
      rows.clear();
      for (const row of described) rows.set(row.asg, row);
      return { busy: described.some(isChanging), gaps: denials(faults) };
    },
  };
}
