/**
 * What of other tables is written into a row, as data. The order is topological: a rule stands
 * after those whose fields it reads. The volatile ones (usage) come last.
 */
import { common, distinct, sum } from '../core/collect.ts';
import { cronJobRuns, jobPods } from './batch-joins.ts';
import { blankNodeGroup } from './blank-rows.ts';
import { capacityOfNode, groupNameOf, groupOfNode } from './compute.ts';
import { byName, derivation, join, key, type AnyJoin, type Rule } from './join.ts';
import type { Capacity, NodeGroupRow, NodeRow, PodRow, WorkloadKind } from './rows.ts';
import { minorVersion } from './version.ts';
import { hasEnded } from './workload-pods.ts';
import { shortZone } from './zones.ts';

type Workloads = 'deployments' | 'statefulsets' | 'daemonsets' | 'replicasets';

const podsByNode = key('pods', 'cluster', (pod) => pod.node);
const nodesByGroup = key('nodes', 'cluster', (node) => node.nodegroup, 'nodegroup');

/** Does it take room on its node, as the scheduler counts: until it ended, also while it is deleted. */
const occupies = (pod: Pick<PodRow, 'phase'>): boolean => !hasEnded(pod);

/** A Fargate node carries no profile: the pod that it was made for does. */
const nodeProfile = join({
  target: key('nodes', 'cluster', (node) => (node.compute === 'fargate' ? node.name : '')),
  source: key('pods', 'cluster', (pod) => (pod.fargateProfile === '' ? '' : pod.node)),
  uses: ['fargateProfile'],
  fields: ['nodegroup', 'groupCapacity'],
  when: (node) => node.compute === 'fargate',
  compute: (_, [pod]) => ({
    nodegroup: pod === undefined ? '' : `fargate/${pod.fargateProfile}`,
    groupCapacity: null,
  }),
});

/** An Auto Scaling group tells its instances; the label of a group decides elsewhere. */
const nodeGroup = join({
  target: key('nodes', 'cluster', (node) => node.instanceId),
  source: key('nodegroups', 'cluster', (group) => group.instances),
  uses: ['uid', 'capacity'],
  fields: ['nodegroup', 'groupCapacity'],
  when: (node) => node.compute !== 'fargate',
  compute: (node, groups) => {
    const [group] = [...groups].sort((a, b) => (a.uid < b.uid ? -1 : 1));
    return {
      nodegroup: group?.uid ?? `${node.compute}/${node.group}`,
      groupCapacity: group?.capacity || null,
    };
  },
});

const podPlace = join({
  target: podsByNode,
  source: byName('nodes'),
  uses: [
    'zone',
    'zoneId',
    'instanceType',
    'capacity',
    'groupCapacity',
    'compute',
    'group',
    'nodegroup',
  ],
  fields: ['zone', 'zoneId', 'instanceType', 'group', 'capacity'],
  compute: (pod, [node]) => {
    const profile = pod.fargateProfile;
    if (node === undefined) {
      // Of a node that is not listed nothing is known; where there is no node there is nothing.
      const none = pod.node === '' ? '' : null;
      // Who may not read nodes still has the zone that newer API servers write on the pod.
      const zone = pod.labels['topology.kubernetes.io/zone'] ?? none;
      const capacity: Capacity | null = profile === '' ? none : 'fargate';
      return { zone, zoneId: none, instanceType: none, group: profile || none, capacity };
    }
    const { zone, zoneId, instanceType } = node;
    const group = profile || groupOfNode(node);
    const capacity = profile === '' ? capacityOfNode(node) : 'fargate';
    return { zone, zoneId, instanceType, group, capacity };
  },
});

const podRole = join({
  target: key('pods', 'namespace', (pod) => pod.serviceAccount),
  source: byName('serviceaccounts'),
  uses: ['role'],
  fields: ['role'],
  compute: (pod, [account]) => ({
    role: account?.role ?? (pod.serviceAccount === '' ? '' : null),
  }),
});

/** Who uses a service account. */
const accountUse = join({
  target: byName('serviceaccounts'),
  source: key('pods', 'namespace', (pod) => pod.serviceAccount || 'default'),
  uses: ['phase', 'fargateProfile'],
  fields: ['pods', 'fargatePods'],
  ofAll: true,
  compute: (_, pods, known) => {
    const present = pods.filter(occupies);
    const onFargate = present.filter((pod) => pod.fargateProfile !== '').length;
    return known
      ? { pods: present.length, fargatePods: onFargate }
      : { pods: null, fargatePods: null };
  },
});

const podUsage = join({
  target: byName('pods'),
  source: byName('podusage'),
  uses: ['cpu', 'memory', 'containers'],
  fields: ['cpu', 'memory', 'usage'],
  compute: (_, [usage]) => ({
    cpu: usage?.cpu ?? null,
    memory: usage?.memory ?? null,
    usage: usage?.containers ?? null,
  }),
});

const nodeUsage = join({
  target: byName('nodes'),
  source: byName('nodeusage'),
  uses: ['cpu', 'memory'],
  fields: ['cpu', 'memory'],
  compute: (_, [usage]) => ({ cpu: usage?.cpu ?? null, memory: usage?.memory ?? null }),
});

const nodeLoad = join({
  target: byName('nodes'),
  source: podsByNode,
  uses: ['phase', 'cpuRequest', 'memoryRequest'],
  fields: ['pods', 'cpuRequested', 'memoryRequested'],
  ofAll: true,
  compute: (_, pods, known) => {
    if (!known) return { pods: null, cpuRequested: null, memoryRequested: null };
    const present = pods.filter(occupies);
    return {
      pods: present.length,
      cpuRequested: sum(present, (pod) => pod.cpuRequest),
      memoryRequested: sum(present, (pod) => pod.memoryRequest),
    };
  },
});

const groupFields = ['compute', 'group', 'capacity', 'version', 'created'] as const;

/** Groups that only their nodes tell of: node pools, groups of a cluster that AWS says nothing of. */
const groupsOfNodes = derivation({
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

const groupNodes = join({
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
  }),
});

/** Of replica sets the owner counts; of all others what stands behind the pod. */
function podsOf(kind: WorkloadKind) {
  return kind === 'ReplicaSet'
    ? key('pods', 'namespace', (pod) => (pod.ownerKind === kind ? pod.ownerName : ''))
    : key('pods', 'namespace', (pod) => (pod.workloadKind === kind ? pod.workload : ''));
}

function spread(table: Workloads, kind: WorkloadKind): AnyJoin {
  return join({
    target: byName(table),
    source: podsOf(kind),
    uses: ['zone', 'phase'],
    fields: ['zones'],
    ofAll: true,
    compute: (_, pods, known) => ({ zones: known ? zonesOf(pods.filter(occupies)) : null }),
  });
}

/** Pods by short zone, in order of zone; '' counts those whose zone is not known or not decided. */
function zonesOf(pods: readonly Pick<PodRow, 'zone'>[]): (readonly [string, number])[] | null {
  if (pods.length > 0 && pods.every((pod) => pod.zone === null)) return null;
  const counts = new Map<string, number>();
  for (const { zone } of pods) counts.set(zone ?? '', (counts.get(zone ?? '') ?? 0) + 1);
  return [...counts]
    .map(([zone, count]) => [shortZone(zone), count] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

function scaler(table: Exclude<Workloads, 'daemonsets'>, kind: WorkloadKind): AnyJoin {
  return join({
    target: byName(table),
    source: key('hpas', 'namespace', (hpa) => (hpa.targetKind === kind ? hpa.targetName : '')),
    uses: ['name'],
    fields: ['hpa'],
    ofAll: true,
    compute: (_, hpas, known) => ({
      hpa: distinct(hpas.map(({ name }) => name))[0] ?? (known ? '' : null),
    }),
  });
}

const serviceEndpoints = join({
  target: byName('services'),
  source: key('endpointslices', 'namespace', (slice) => slice.service),
  uses: ['ready', 'notReady'],
  fields: ['endpointsReady', 'endpointsNotReady'],
  ofAll: true,
  compute: (_, slices, known) => {
    if (!known) return { endpointsReady: null, endpointsNotReady: null };
    const ready = new Set(slices.flatMap((slice) => slice.ready));
    const all = new Set([...ready, ...slices.flatMap((slice) => slice.notReady)]);
    return { endpointsReady: ready.size, endpointsNotReady: all.size - ready.size };
  },
});

/** All rules between the tables of a cluster, each after those that it builds on. */
export const RULES: readonly Rule[] = [
  nodeProfile,
  nodeGroup,
  podPlace,
  podRole,
  accountUse,
  nodeLoad,
  groupsOfNodes,
  groupNodes,
  spread('deployments', 'Deployment'),
  spread('statefulsets', 'StatefulSet'),
  spread('daemonsets', 'DaemonSet'),
  spread('replicasets', 'ReplicaSet'),
  scaler('deployments', 'Deployment'),
  scaler('statefulsets', 'StatefulSet'),
  scaler('replicasets', 'ReplicaSet'),
  jobPods,
  cronJobRuns,
  serviceEndpoints,
  podUsage,
  nodeUsage,
];
