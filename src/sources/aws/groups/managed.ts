import type { NodeGroupRow } from '../../../domain/rows.ts';
import { denials, describeEach, tolerable } from '../describe-each.ts';
import type { AwsFault } from '../../../domain/aws-fault.ts';
import { managedRow, namedGroup } from '../nodegroup-row.ts';
import { updateFinder } from '../updates.ts';
import { type GroupContext, type GroupSource, isChanging } from './group-source.ts';

/** Managed node groups, with their zones and the update that they are in. */
export function managedGroups({ cluster, session, zones, changed }: GroupContext): GroupSource {
  const rows = new Map<string, NodeGroupRow>();
  const findUpdate = updateFinder(cluster);
  return {
    label: 'node groups',
    rows,
    async ask(signal) {
      const eks = await session.eks();
      const names = await eks.nodegroupNames(cluster, signal);
      const updateFaults: AwsFault[] = [];

      async function describe(name: string): Promise<NodeGroupRow | null> {
        const group = await eks.nodegroup(cluster, name, signal);
        if (!group) return null;
        const row = managedRow(name, group);
        if (row.status !== 'UPDATING') return row;
        try {
          return { ...row, update: await findUpdate(eks, name, signal) };
        } catch (error) {
          updateFaults.push(tolerable(error));
          return row;
        }
      }

      const gaps = await describeEach(names, rows, {
        describe,
        undescribed: (name) => rows.get(name) ?? namedGroup('managed', `managed/${name}`, name),
        changed,
      });
      const unplaced = await zones.learn(
        [...rows.values()].flatMap((row) => row.subnets),
        signal,
      );
      return {
        busy: [...rows.values()].some(isChanging),
        gaps: [...gaps, ...denials([...updateFaults, unplaced])],
      };
    },
  };
}
