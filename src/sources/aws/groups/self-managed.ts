import type { NodeGroupRow } from '../../../domain/rows.ts';
import { asgRow, isManaged } from '../asg-row.ts';
import { type GroupContext, type GroupSource, isChanging } from './group-source.ts';

/** Auto Scaling groups whose instances join the cluster, those of managed node groups apart. */
export function selfManagedGroups({ cluster, session }: GroupContext): GroupSource {
  const rows = new Map<string, NodeGroupRow>();
  return {
    label: 'Auto Scaling groups',
    rows,
    async ask(signal) {
      const autoscaling = await session.autoscaling();
      const groups = await autoscaling.groupsOfCluster(cluster, signal);
      rows.clear();
      for (const row of groups.filter((group) => !isManaged(group)).map(asgRow)) {
        rows.set(row.asg, row);
      }
      return { busy: [...rows.values()].some(isChanging), gaps: [] };
    },
  };
}
