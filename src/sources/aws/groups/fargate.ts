import type { NodeGroupRow } from '../../../domain/rows.ts';
import { denials, describeEach } from '../describe-each.ts';
import { fargateRow, namedGroup } from '../nodegroup-row.ts';
import { type GroupContext, type GroupSource, isChanging } from './group-source.ts';

/** Fargate profiles, with the zones of their subnets. */
export function fargateProfiles({ cluster, session, zones, changed }: GroupContext): GroupSource {
  const rows = new Map<string, NodeGroupRow>();
  return {
    label: 'Fargate profiles',
    rows,
    async ask(signal) {
      const eks = await session.eks();
      const names = await eks.fargateNames(cluster, signal);
      const gaps = await describeEach(names, rows, {
        async describe(name) {
          const profile = await eks.fargate(cluster, name, signal);
          return profile && fargateRow(name, profile);
        },
        undescribed: (name) => rows.get(name) ?? namedGroup('fargate', `fargate/${name}`, name),
        changed,
      });
      const unplaced = await zones.learn(
        [...rows.values()].flatMap((row) => row.subnets),
        signal,
      );
      return {
        busy: [...rows.values()].some(isChanging),
        gaps: [...gaps, ...denials([unplaced])],
      };
    },
  };
}
