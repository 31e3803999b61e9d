import type { PodRow } from '../domain/rows.ts';
import { defineResource } from './define.ts';
import { describeNodeGroup } from './describe/nodegroup.ts';
import { health, nodeGroupColumns } from './nodegroup-columns.ts';

/** What a Fargate profile has of a node group, selectors and subnets before all. */
const COLUMNS = [
  'name',
  'status',
  'selectors',
  'zones',
  'subnets',
  'role',
  'nodesReady',
  'created',
];
const FIRST: ReadonlySet<string> = new Set(['name', 'status', 'selectors', 'nodesReady']);

const columns = COLUMNS.flatMap((id) =>
  nodeGroupColumns.flatMap((column) =>
    column.id === id ? { ...column, tier: FIRST.has(id) ? (0 as const) : (1 as const) } : [],
  ),
);

export const fargateprofiles = defineResource({
  id: 'fargateprofiles',
  title: 'Fargate profiles',
  singular: 'fargateprofile',
  aliases: ['fp', 'fargate', 'fargate-profiles'],
  description: 'Fargate profiles: which pods they take, in which subnets, with which role.',
  table: 'nodegroups',
  scope: 'cluster',
  columns,
  sort: { column: 'name', descending: false },
  health,
  only: ({ kind }) => kind === 'fargate',
  enter: {
    is: 'link',
    to: 'pods',
    title: 'pods of this profile',
    target: (row) => ({
      label: row.name,
      only: (pod: PodRow) => pod.fargateProfile === row.name,
    }),
  },
  describe: describeNodeGroup,
  describeNeeds: ['nodes', 'pods'],
  iam: ['eks:ListFargateProfiles', 'eks:DescribeFargateProfile', 'ec2:DescribeSubnets'],
  empty: 'No Fargate profiles: f makes one, with the pods that it would take shown before',
});
