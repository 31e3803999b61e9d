import { groupOfNode } from '../domain/compute.ts';
import { refOf } from '../domain/ref.ts';
import type { NodeRow } from '../domain/rows.ts';
import { defineResource } from './define.ts';
import { describeNode } from './describe/node.ts';
import { enterPods } from './links.ts';
import { shortNode } from './names.ts';
import { health, nodeColumns } from './node-columns.ts';

export const nodes = defineResource({
  id: 'nodes',
  title: 'Nodes',
  singular: 'node',
  aliases: ['no'],
  description: 'Nodes of every kind of compute, with their group, zone and load.',
  table: 'nodes',
  scope: 'cluster',
  inHeader: { one: 'node', problems: true, read: true },
  columns: nodeColumns,
  sort: { column: 'name', descending: false },
  health,
  enter: enterPods<NodeRow>('pods on this node', (node) => (pod) => pod.node === node.name),
  links: {
    J: {
      to: 'nodegroups',
      title: 'its node group',
      target: (row) =>
        row.nodegroup === ''
          ? { none: `the group of ${shortNode(row.name)} is not known` }
          : {
              label: groupOfNode(row),
              only: (group: { readonly uid: string }) => group.uid === row.nodegroup,
            },
    },
  },
  ref: (row) => refOf('nodes', row),
  describe: describeNode,
  describeNeeds: ['pods', 'nodegroups', 'nodeusage'],
  iam: [],
  empty: 'No nodes: no group has one, or Fargate and Auto Mode have nothing to run yet',
});
