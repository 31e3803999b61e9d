/** What is written into node groups, and those that only nodes tell of. */
import { common, distinct, sum } from '../../core/collect.ts';
import { groupNameOf } from '../compute.ts';
import type { MachineImage } from '../tables/instances.ts';
import { blankNodeGroup, type NodeGroupRow } from '../tables/nodegroups.ts';
import type { NodeRow } from '../tables/nodes.ts';
import { minorVersion } from '../version.ts';
import { derivation, join, key } from './join.ts';
import { nodesByGroup } from './keys.ts';

const groupFields = ['compute', 'group', 'capacity', 'version', 'created'] as const;

/** Groups that only their nodes tell of: node pools, groups of a cluster that AWS says nothing of. */
export const groupsOfNodes = derivation({
  table: 'nodegroups',
  source: nodesByGroup,
  uses: groupFields,
  derive: (uid, nodes) => derivedGroup(uid, nodes),
});

function derivedGroup(
  uid: string,
  nodes: readonly Pick<NodeRow, (typeof groupFields)[number]>[],
): NodeGroupRow {
  return {
    ...blankNodeGroup(uid, groupNameOf(uid), nodes[0]?.compute ?? 'node'),
    created: Math.min(...nodes.map((node) => node.created)),
    // Two of them while its nodes are being replaced.
    version: distinct(nodes.map((node) => minorVersion(node.version))).join(' '),
    capacity: common(
      nodes.map((node) => node.capacity),
      '',
    ),
    origin: 'nodes',
  };
}

export const groupNodes = join({
  target: key('nodegroups', 'cluster', (group) => group.uid),
  source: nodesByGroup,
  uses: [
    'isReady',
    'cpuRequested',
    'cpuAllocatable',
    'memoryRequested',
    'memoryAllocatable',
    'zone',
    'instanceType',
    'version',
  ],
  fields: [
    'nodesReady',
    'nodesTotal',
    'cpuRequested',
    'cpuAllocatable',
    'memoryRequested',
    'memoryAllocatable',
    'nodeZones',
    'nodeTypes',
    'nodeVersions',
  ],
  ofAll: true,
  compute: (_, nodes, known) => ({
    nodesReady: known ? nodes.filter((node) => node.isReady).length : null,
    nodesTotal: known ? nodes.length : null,
    cpuRequested: known ? sum(nodes, (node) => node.cpuRequested) : null,
    cpuAllocatable: known ? sum(nodes, (node) => node.cpuAllocatable) : null,
    memoryRequested: known ? sum(nodes, (node) => node.memoryRequested) : null,
    memoryAllocatable: known ? sum(nodes, (node) => node.memoryAllocatable) : null,
    nodeZones: known ? distinct(nodes.map((node) => node.zone)) : null,
    nodeTypes: known ? distinct(nodes.map((node) => node.instanceType)) : null,
    nodeVersions: known ? distinct(nodes.map((node) => minorVersion(node.version))) : null,
  }),
});

export const groupImages = join({
  target: key('nodegroups', 'cluster', (group) => group.uid),
  source: nodesByGroup,
  uses: ['machine'],
  fields: ['nodeImages'],
  ofAll: true,
  compute: (_, nodes, known) => ({ nodeImages: known ? imagesOf(nodes) : null }),
});

function imagesOf(nodes: readonly Pick<NodeRow, 'machine'>[]): NodeGroupRow['nodeImages'] {
  const images = new Map<string, MachineImage>();
  for (const { machine } of nodes) {
    if (machine === null) return null;
    images.set(machine.image.id, machine.image);
  }
  return [...images.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
