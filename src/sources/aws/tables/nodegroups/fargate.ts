import type { NodeGroupRow } from '../../../../domain/rows.ts';
import { describeEach } from '../../polling/describe-each.ts';
import type { Reads, TablePart } from '../../polling/table.ts';
import type { SubnetZones } from '../../zones.ts';
import { fargateRow, namedGroup } from './row.ts';

/** Fargate profiles, with the zones of their subnets. */
export function fargateProfiles(
  clusterName: string,
  aws: Reads<'eks:ListFargateProfiles' | 'eks:DescribeFargateProfile'>,
  zones: SubnetZones,
): TablePart<NodeGroupRow> {
  const rows = new Map<string, NodeGroupRow>();
  return {
    label: 'Fargate profiles',
    rows: () => [...rows.values()],
    async read(round) {
      const { signal } = round;
      const list = await aws.call('eks:ListFargateProfiles', { clusterName }, signal);
      await describeEach(list.fargateProfileNames, rows, round, {
        async describe(fargateProfileName) {
          const input = { clusterName, fargateProfileName };
          const answer = await aws.call('eks:DescribeFargateProfile', input, signal);
          return fargateRow(fargateProfileName, answer.fargateProfile);
        },
        undescribed: (name) => rows.get(name) ?? namedGroup('fargate', `fargate/${name}`, name),
      });
      const subnets = [...rows.values()].flatMap((row) => row.subnets);
      await zones.learn(subnets, round);
    },
  };
}
