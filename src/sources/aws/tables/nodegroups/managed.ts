import type { NodeGroupRow } from '../../../../domain/rows.ts';
import { describeEach } from '../../polling/describe-each.ts';
import { type Round, tolerate } from '../../polling/round.ts';
import type { Reads, TablePart } from '../../polling/table.ts';
import type { SubnetZones } from '../../zones.ts';
import type { Modifications } from '../../modifications.ts';
import type { AmiReleases } from '../../ami-releases.ts';
import { managedRow, namedGroup } from './row.ts';
import { type UpdateCall, updateFinder } from './updates.ts';

/** What is known beside what EKS describes, and who hears of it. */
interface Beside {
  readonly zones: SubnetZones;
  readonly releases: AmiReleases;
  readonly modified: Modifications;
}

/** Managed node groups, with their zones and the update that they are in. */
export function managedGroups(
  clusterName: string,
  aws: Reads<'eks:ListNodegroups' | 'eks:DescribeNodegroup' | UpdateCall>,
  { zones, releases, modified }: Beside,
): TablePart<NodeGroupRow> {
  const rows = new Map<string, NodeGroupRow>();
  const findUpdate = updateFinder(clusterName, aws);

  async function describe(nodegroupName: string, round: Round): Promise<NodeGroupRow> {
    const input = { clusterName, nodegroupName };
    const { nodegroup } = await aws.call('eks:DescribeNodegroup', input, round.signal);
    modified.note('NodeGroup', nodegroupName, nodegroup.modifiedAt);
    const row = managedRow(nodegroupName, nodegroup);
    if (row.status !== 'UPDATING') return row;
    try {
      return { ...row, ...(await findUpdate(nodegroupName, round.signal)) };
    } catch (error) {
      tolerate(error, round);
      return row;
    }
  }

  return {
    label: 'node groups',
    rows: () => [...rows.values()].map((row) => ({ ...row, latestRelease: releases.of(row) })),
    async read(round) {
      const { nodegroups } = await aws.call('eks:ListNodegroups', { clusterName }, round.signal);
      await describeEach(nodegroups, rows, round, {
        describe: (name) => describe(name, round),
        undescribed: (name) => rows.get(name) ?? namedGroup('managed', `managed/${name}`, name),
      });
      const subnets = [...rows.values()].flatMap((row) => row.subnets);
      await Promise.all([zones.learn(subnets, round), releases.read([...rows.values()], round)]);
    },
  };
}
