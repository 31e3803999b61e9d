import type { NodeRow } from '../domain/rows.ts';
import { defineResource } from './define.ts';
import { describeNodeGroup } from './describe/nodegroup.ts';
import { health, nodeGroupColumns } from './nodegroup-columns.ts';
import { nodeGroupCharts } from './charts/instances.ts';

export const nodegroups = defineResource({
  id: 'nodegroups',
  title: 'Node groups',
  singular: 'nodegroup',
  aliases: ['ng', 'node-groups', 'node-group', 'mng', 'asg'],
  description: 'Managed and self-managed node groups, node pools and Fargate profiles.',
  table: 'nodegroups',
  scope: 'cluster',
  inHeader: { one: 'group', problems: true, read: false },
  columns: nodeGroupColumns,
  sort: { column: 'name', descending: false },
  health,
  enter: {
    is: 'link',
    to: 'nodes',
    title: 'nodes of this group',
    target: (row) => ({
      label: row.name,
      only: (node: NodeRow) => node.nodegroup === row.uid,
    }),
  },
  charts: nodeGroupCharts,
  describe: describeNodeGroup,
  describeNeeds: ['nodes', 'pods', 'pdbs', 'subnets', 'prices'],
  iam: [
    'eks:ListNodegroups',
    'eks:DescribeNodegroup',
    'eks:ListFargateProfiles',
    'eks:DescribeFargateProfile',
    'eks:ListUpdates',
    'eks:DescribeUpdate',
    'autoscaling:DescribeAutoScalingGroups',
    'autoscaling:DescribeScalingActivities',
    'ec2:DescribeSubnets',
    'ec2:DescribeLaunchTemplateVersions',
    'ssm:GetParameters',
  ],
  empty: 'No node groups: the cluster has none yet, or runs on Auto Mode alone',
});
