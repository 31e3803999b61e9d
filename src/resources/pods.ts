import { formatCpu, formatMemory } from '../core/quantity.ts';
import { refOf } from '../domain/ref.ts';
import type { PodRow } from '../domain/rows.ts';
import { hasEnded } from '../domain/workload-pods.ts';
import { departed } from '../domain/why/pod/departed.ts';
import { whyPod } from '../domain/why/pod/index.ts';
import { containers } from './containers.ts';
import { defineResource } from './define.ts';
import { roleOfNode } from './describe/aws.ts';
import { identityQuestions } from './describe/identity.ts';
import { TARGET_TABLES } from './describe/balancer.ts';
import { latticeNeeds } from './describe/lattice.ts';
import { describePod } from './describe/pod.ts';
import { podLogs } from './kept/pod.ts';
import { TO_ZONE, toObject } from './links.ts';
import { health, podColumns } from './pod-columns.ts';
import { podCharts } from './charts/pods.ts';

export const pods = defineResource({
  id: 'pods',
  title: 'Pods',
  singular: 'pod',
  aliases: ['po'],
  description: 'Pods with their status and its cause, VPC IP, zone and node.',
  table: 'pods',
  scope: 'namespaced',
  role: 'home',
  instead: [['i', 'set image', 'set image {object} CONTAINER=IMAGE']],
  inHeader: { one: 'pod', problems: true, read: true },
  columns: podColumns,
  sort: { column: 'namespace', descending: false },
  health,
  trend: {
    lines: [
      { label: 'CPU', value: (row) => row.cpu, text: formatCpu },
      { label: 'Memory', value: (row) => row.memory, text: formatMemory },
      { label: 'Restarts', value: (row) => row.restarts, text: String, isNews: true },
    ],
  },
  why: whyPod,
  whyGone: departed,
  enter: {
    is: 'parts',
    title: 'containers of this pod',
    parts: containers,
  },
  links: {
    Z: TO_ZONE,
    o: {
      to: 'nodes',
      title: 'its node',
      target: (row, query) =>
        row.node === ''
          ? { none: `${row.name} is not on a node` }
          : toObject('Node', '', row.node, query),
    },
    J: {
      to: 'deployments',
      title: 'its owner',
      target: (row, query) =>
        row.workload === ''
          ? { none: `${row.name} has no owner: nothing would replace it` }
          : toObject(row.workloadKind, row.namespace, row.workload, query),
    },
  },
  ref: (row) => refOf('pods', row),
  // One in its host's network has the address of its node.
  addresses: ({ ip, otherIps, hostNetwork }) => (hostNetwork || ip === '' ? [] : [ip, ...otherIps]),
  gaveBack: hasEnded,
  pods: (row) => (pod) => pod.uid === row.uid,
  kept: podLogs,
  charts: podCharts,
  describe: describePod,
  asks: identityQuestions<PodRow>((row, { query }) => ({
    namespace: row.namespace,
    account: row.serviceAccount || 'default',
    annotation: row.role,
    nodeRole: row.fargateProfile === '' ? roleOfNode(row.node, query) : '',
  })),
  describeNeedsOf: latticeNeeds.ofPod,
  describeNeeds: [
    'nodes',
    'nodegroups',
    'podusage',
    'services',
    'endpointslices',
    'serviceaccounts',
    'networkpolicies',
    'daemonsets',
    'networkinterfaces',
    'subnets',
    ...TARGET_TABLES,
  ],
  iam: [],
  empty: 'No pods: nothing is deployed here, or all workloads are scaled to zero',
});
