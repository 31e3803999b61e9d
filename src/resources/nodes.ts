import { groupOfNode } from '../domain/compute.ts';
import { kindUid } from '../domain/kinds.ts';
import { refOf } from '../domain/ref.ts';
import type { NodeRow } from '../domain/rows.ts';
import { KUBE_TABLES } from '../domain/tables/index.ts';
import type { NodeClaimRow } from '../domain/tables/nodeclaims.ts';
import { whyNode } from '../domain/why/node.ts';
import type { Query } from '../ports/query.ts';
import { defineResource, type LinkTarget } from './define.ts';
import { describeNode } from './describe/node.ts';
import { enterPods, TO_ZONE } from './links.ts';
import { shortNode } from './names.ts';
import { health, nodeColumns } from './node-columns.ts';
import { nodeCharts } from './charts/instances.ts';

/** The claim that Karpenter, or Auto Mode by it, launched a node for. */
function claimOf({ name, compute }: NodeRow, query: Query): LinkTarget | null {
  if (compute !== 'karpenter' && compute !== 'auto') return null;
  const claims = 'nodeclaims';
  const { group, resource } = KUBE_TABLES[claims].kind;
  // Before it had claims, Karpenter called its kinds otherwise.
  const offered = query.get('kinds', kindUid({ group, resource }));
  if (offered === undefined && query.status('kinds').synced) return null;
  return {
    to: claims,
    label: shortNode(name),
    only: ({ node }: NodeClaimRow) => node === name,
  };
}

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
  why: whyNode,
  enter: enterPods<NodeRow>('pods on this node', (node) => (pod) => pod.node === node.name),
  links: {
    Z: TO_ZONE,
    J: {
      to: 'nodegroups',
      title: 'its node group, or its node claim',
      target: (row, query) =>
        claimOf(row, query) ??
        (row.nodegroup === ''
          ? { none: `the group of ${shortNode(row.name)} is not known` }
          : {
              label: groupOfNode(row),
              only: (group: { readonly uid: string }) => group.uid === row.nodegroup,
            }),
    },
  },
  ref: (row) => refOf('nodes', row),
  addresses: ({ name, internalIP, externalIP, otherIps }) => [
    ...[name, internalIP, externalIP],
    ...otherIps,
  ],
  charts: nodeCharts,
  describe: describeNode,
  describeNeeds: [
    'pods',
    'nodegroups',
    'nodeusage',
    'networkinterfaces',
    'subnets',
    'instances',
    'managednodes',
    'prices',
    'daemonsets',
  ],
  iam: [],
  empty: 'No nodes: no group has one, or Fargate and Auto Mode have nothing to run yet',
});
