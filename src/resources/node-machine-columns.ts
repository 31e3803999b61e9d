import { releaseOfNode } from '../domain/ami-release.ts';
import { OK } from '../domain/health.ts';
import { machineHealth } from '../domain/machine-health.ts';
import { nodePrice } from '../domain/node-price.ts';
import { mostForPods } from '../domain/node-network.ts';
import type { NodeRow } from '../domain/rows.ts';
import type { Agent } from '../domain/tables/managednodes.ts';
import { agentColumns } from './agent-columns.ts';
import { loadTone, muted, NONE, percentOf, status, toned, UNKNOWN } from './cells.ts';
import { textColumn } from './columns.ts';
import type { Column } from './define.ts';
import { dollarsColumn } from './price-columns.ts';
import { bySeverity } from './severity.ts';
import { releaseColumn } from './release-columns.ts';

/** The most addresses that pods of a node can have; null where that is not known. */
const mostOf = ({ network, machine }: NodeRow): number | null =>
  network === null || machine === null ? null : mostForPods(network, machine);

/** How near a node is to having no address for the next pod (%). */
const shareOf = (row: NodeRow): number | null => percentOf(row.network?.used ?? null, mostOf(row));

/** What a node costs; of one that is paid otherwise, what it costs at most. */
export const priceColumn: Column<NodeRow> = {
  ...dollarsColumn<NodeRow>(nodePrice),
  tier: 2,
  rank: 0,
  // EC2 tells how those are paid that neither their labels nor their group tell of.
  alsoFrom: ['prices'],
};

/** Fargate has no machine of one's own, and Auto Mode none with an agent. */
const agentOf = ({ compute, agent }: NodeRow): Agent | null | 'none' =>
  compute === 'fargate' || compute === 'auto' ? 'none' : agent;

/** What AWS tells of the instance under a node. */
export const machineColumns: readonly Column<NodeRow>[] = [
  {
    id: 'addresses',
    title: 'ADDRESSES',
    description:
      'Addresses that its pods have, of those that the interfaces of its type can hold: sorted by it, nodes that run out come first.',
    tier: 3,
    min: 9,
    max: 12,
    align: 'right',
    descending: true,
    sortKey: 'T',
    needs: ['networkinterfaces', 'instances', 'pods'],
    value: shareOf,
    cell: (row) => {
      if (row.compute === 'fargate') return NONE;
      const used = row.network?.used ?? null;
      if (used === null) return UNKNOWN;
      if (row.network?.endless === true) return muted(String(used));
      return [
        [String(used), loadTone(shareOf(row) ?? 0)],
        [`/${mostOf(row) ?? '?'}`, 'muted'],
      ];
    },
  },
  textColumn(
    {
      id: 'checks',
      title: 'EC2-CHECKS',
      description: 'AWS’s own checks of its instance, and what is planned for it.',
      tier: 3,
      tells: 'moment',
      max: 40,
      needs: ['instances'],
      sortBy: bySeverity(
        ({ machine }) => machine?.checks ?? null,
        ({ machine }) => (machine === null ? OK : machineHealth(machine)),
      ),
      cell: ({ machine, compute }) => {
        if (compute === 'fargate') return NONE;
        return machine === null || machine.checks === null
          ? UNKNOWN
          : status('ok', machineHealth(machine));
      },
    },
    ({ machine }) => (machine === null ? null : machineHealth(machine).cause),
  ),
  releaseColumn({
    description:
      'Release of its AMI, with how far that is behind the latest of its type, or the name of a custom AMI. Auto Mode looks after its own.',
    tier: 3,
    of: releaseOfNode,
    needs: ['instances'],
  }),
  textColumn(
    {
      id: 'notice',
      title: 'NOTICE',
      description:
        'What AWS said last of its end, as Karpenter or the termination handler heard it: Spot interruptions, rebalance recommendations, maintenance.',
      tier: 3,
      tells: 'moment',
      max: 40,
      needs: ['events'],
      cell: ({ notice }) => (notice === null ? NONE : toned(notice.text, 'warn')),
    },
    ({ notice }) => notice?.text ?? '',
  ),
  ...agentColumns(agentOf),
];
