import { agentHealth, patchCount, patchWords, pingWord } from '../domain/agent.ts';
import type { Health } from '../domain/health.ts';
import type { ManagedNodeRow } from '../domain/tables/managednodes.ts';
import { agentCell, patchCell, pingCell } from './agent-columns.ts';
import { count, known, muted, NONE, toned, UNKNOWN } from './cells.ts';
import { ageColumn, countColumn, textColumn, timeColumn } from './columns.ts';
import { defineResource, type Column } from './define.ts';
import { agentLines } from './describe/agent.ts';
import { sections, when } from './describe/common.ts';
import { bySeverity } from './severity.ts';
import { enterNode, machineColumn, machineIpColumn, machineNodeColumn } from './machine-columns.ts';

const health = ({ gone, agent }: ManagedNodeRow): Health =>
  gone > 0 ? { level: 'gone', cause: '' } : agentHealth(agent);

const statusOf = ({ isAuto, agent }: ManagedNodeRow): string =>
  isAuto ? 'none: Auto Mode' : pingWord(agent);

const columns: readonly Column<ManagedNodeRow>[] = [
  machineColumn(health),
  {
    id: 'status',
    title: 'STATUS',
    description:
      'Whether its agent is heard of: of those that are not seen none ever was, and machines of Auto Mode have none.',
    tier: 0,
    tells: 'state',
    min: 12,
    max: 60,
    grow: 1,
    sortKey: 'S',
    sortBy: bySeverity(statusOf, health),
    value: statusOf,
    cell: (row) => (row.isAuto ? muted(statusOf(row)) : pingCell(row.agent)),
  },
  machineNodeColumn(),
  textColumn(
    {
      id: 'agent',
      title: 'AGENT',
      description: 'Version of its agent, and whether there is a newer one.',
      tier: 1,
      min: 10,
      max: 28,
      cell: ({ agent }) => agentCell(agent),
    },
    ({ agent }) => agent.version,
  ),
  textColumn(
    {
      id: 'platform',
      title: 'PLATFORM',
      description: 'Its operating system.',
      tier: 2,
      cell: ({ agent }) => muted(agent.platform),
    },
    ({ agent }) => agent.platform,
  ),
  textColumn(
    {
      id: 'patches',
      title: 'PATCHES',
      description: 'Patches that its last scan found missing or failed.',
      tier: 0,
      min: 12,
      max: 40,
      tells: 'moment',
      descending: true,
      sortBy: ({ agent: { patches } }) => patchCount(patches),
      cell: ({ agent }) => (agent.ping === '' ? muted('') : patchCell(agent.patches)),
    },
    ({ agent: { patches } }) => (patches === null || patches.at === 0 ? null : patchWords(patches)),
  ),
  countColumn(
    {
      id: 'security',
      title: 'SECURITY',
      description: 'Security patches that are not in force.',
      tier: 1,
      descending: true,
      cell: ({ agent: { patches } }) => {
        if (patches === null) return UNKNOWN;
        if (patches.at === 0) return NONE;
        return count(patches.security, patches.critical > 0 ? 'warn' : 'text');
      },
    },
    ({ agent: { patches } }) => (patches === null || patches.at === 0 ? null : patches.security),
  ),
  timeColumn(
    {
      id: 'scanned',
      title: 'SCANNED',
      description: 'When it was scanned for patches last.',
      tier: 2,
    },
    ({ agent }) => agent.patches?.at ?? null,
  ),
  timeColumn(
    { id: 'ping', title: 'HEARD', description: 'When its agent was heard of last.', tier: 0 },
    ({ agent }) => agent.pingAt,
  ),
  machineIpColumn(2),
  ageColumn(2),
];

export const managednodes = defineResource({
  id: 'managednodes',
  title: 'Systems Manager',
  singular: 'managednode',
  aliases: ['ssm', 'patches'],
  description:
    'Which machines of the cluster Systems Manager sees: agent, patches that are missing, m for a session.',
  table: 'managednodes',
  scope: 'cluster',
  columns,
  sort: { column: 'name', descending: false },
  health,
  enter: enterNode(),
  describe: ({ row, ctx }) =>
    sections(
      {
        title: 'Machine',
        lines: [
          ['Id', toned(row.name, 'strong')],
          ['Node', known(row.node)],
          ['Calls itself', known(row.computer)],
          ['Address', known(row.ip)],
          ['IAM role', known(row.role)],
          ['Known since', when(row.created, ctx)],
        ],
      },
      { title: 'Systems Manager', lines: agentLines(row, ctx) },
    ),
  describeNeeds: ['nodes'],
  iam: [
    'ec2:DescribeInstances',
    'eks:DescribeCluster',
    'ssm:DescribeInstanceInformation',
    'ssm:DescribeInstancePatchStates',
  ],
  empty: 'No machines: everything runs on Fargate, or nothing does',
});
