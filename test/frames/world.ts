/** A small shop on EKS, always the same: what the frames show. */
import { NO_CLUSTER } from '../../src/domain/cluster-key.ts';
import type { KindRow } from '../../src/domain/kinds.ts';
import type { ContainerInfo, PodRow } from '../../src/domain/rows.ts';
import type { KubeTableId, KubeTables } from '../../src/domain/tables/index.ts';
import {
  container as containerOf,
  cronJobRow,
  endpointSliceRow,
  hpaRow,
  jobRow,
  kindRow,
  nodeRow,
  podRow,
  serviceRow,
  usageRow,
  workloadRow,
} from '../support/rows.ts';
import { accessOf } from './world-access.ts';
import { dataOf } from './world-data.ts';
import { kindsOf } from './world-kinds.ts';

/** The moment of all frames. */
export const NOW = Date.UTC(2026, 9, 14, 12, 0, 0);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export type Rows = { readonly [T in KubeTableId]?: readonly KubeTables[T][] };

const ZONES = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'];
const GROUPS = ['web', 'web', 'batch-spot'];

const container = (name: string, given: Partial<ContainerInfo> = {}): ContainerInfo =>
  containerOf({
    name,
    image: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/${name}:v2.14.0`,
    since: NOW - 3 * HOUR,
    cpuRequest: 0.1,
    memoryRequest: 128 * 2 ** 20,
    memoryLimit: 256 * 2 ** 20,
    ports: ['8080/TCP'],
    probes: 'liveness readiness',
    ...given,
  });

const nodes = Array.from({ length: 6 }, (_, i) =>
  nodeRow({
    name: `ip-10-0-${i}-2${i}.eu-central-1.compute.internal`,
    created: NOW - (12 - i) * DAY,
    readySince: NOW - (12 - i) * DAY,
    zone: ZONES[i % 3] ?? '',
    zoneId: `euc1-az${(i % 3) + 1}`,
    group: GROUPS[i % 3] ?? '',
    capacity: i % 3 === 2 ? 'spot' : 'on-demand',
    instanceId: `i-0a1b2c3d4e5f6000${i}`,
    internalIP: `10.0.${i}.2${i}`,
    memoryAllocatable: 7.2 * 2 ** 30,
    ...(i === 4 && { cordoned: true, status: 'Ready,SchedulingDisabled' }),
  }),
);

const WORKLOADS = ['api', 'web', 'cart', 'checkout', 'search'];
const HASHES = ['7d9f8c6b5', '5b8d4f7c9', '66c7f9d4b', '84f5c7b6d', '9c6d5b8f7'];

function shopPod(workload: number, i: number): PodRow {
  const name = WORKLOADS[workload] ?? '';
  const node = nodes[(workload + i) % nodes.length];
  return podRow({
    name: `${name}-${HASHES[workload] ?? ''}-x${i}k2${workload}`,
    namespace: workload < 3 ? 'shop' : 'payments',
    created: NOW - (3 + i) * HOUR - workload * MINUTE,
    labels: { app: name },
    node: node?.name ?? '',
    ip: `10.0.${workload + i}.${17 + i}`,
    workloadKind: 'Deployment',
    workload: name,
    ownerKind: 'ReplicaSet',
    ownerName: `${name}-${HASHES[workload] ?? ''}`,
    containers: [container(name), container('envoy', { role: 'sidecar' })],
    ready: 2,
    total: 2,
    cpuRequest: 0.2,
    memoryRequest: 256 * 2 ** 20,
    memoryLimit: 512 * 2 ** 20,
    serviceAccount: name,
  });
}

const crashing: PodRow = {
  ...shopPod(2, 7),
  status: 'CrashLoopBackOff',
  cause: 'OOMKilled 137',
  causeAt: NOW - 2 * MINUTE,
  ready: 1,
  isReady: false,
  restarts: 17,
  lastRestart: NOW - 2 * MINUTE,
  containers: [
    container('cart', {
      state: 'waiting',
      reason: 'CrashLoopBackOff',
      ready: false,
      restarts: 17,
      lastExit: { reason: 'OOMKilled', exitCode: 137, at: NOW - 2 * MINUTE, message: '' },
    }),
    container('envoy', { role: 'sidecar' }),
  ],
};

const pending: PodRow = {
  ...shopPod(4, 8),
  phase: 'Pending',
  status: 'Pending',
  cause: '0/6 nodes are available: 6 Insufficient memory.',
  causeAt: NOW - 6 * MINUTE,
  created: NOW - 6 * MINUTE,
  ready: 0,
  isReady: false,
  node: '',
  ip: '',
};

const pods = [
  ...WORKLOADS.flatMap((_, workload) => Array.from({ length: 5 }, (__, i) => shopPod(workload, i))),
  crashing,
  pending,
];

/** One that runs, ones that ended well and badly, and one made by hand that waits. */
const jobs = [
  jobRow({
    name: 'report-29866320',
    namespace: 'shop',
    created: NOW - 4 * MINUTE,
    started: NOW - 4 * MINUTE,
    ownerKind: 'CronJob',
    ownerName: 'report',
    containers: [{ name: 'report', image: 'registry.example/report:v3.1' }],
  }),
  jobRow({
    name: 'report-29866260',
    namespace: 'shop',
    created: NOW - 64 * MINUTE,
    started: NOW - 64 * MINUTE,
    finished: NOW - 58 * MINUTE,
    status: 'Complete',
    active: 0,
    ready: 0,
    succeeded: 1,
    ownerKind: 'CronJob',
    ownerName: 'report',
    containers: [{ name: 'report', image: 'registry.example/report:v3.1' }],
  }),
  jobRow({
    name: 'dunning-29865960',
    namespace: 'payments',
    created: NOW - 6 * HOUR,
    started: NOW - 6 * HOUR,
    finished: NOW - 5.9 * HOUR,
    status: 'Failed',
    reason: 'BackoffLimitExceeded',
    message: 'Job has reached the specified backoff limit',
    active: 0,
    ready: 0,
    failed: 3,
    ownerKind: 'CronJob',
    ownerName: 'dunning',
  }),
  jobRow({
    name: 'reindex',
    namespace: 'shop',
    created: NOW - 22 * MINUTE,
    started: NOW - 22 * MINUTE,
    completions: 12,
    parallelism: 4,
    active: 3,
    ready: 3,
    succeeded: 5,
    failed: 2,
  }),
  jobRow({
    name: 'report-manual-113012',
    namespace: 'shop',
    created: NOW - 30 * MINUTE,
    status: 'Suspended',
    reason: 'JobSuspended',
    suspended: true,
    active: 0,
    ready: 0,
    byHand: true,
    ownerKind: 'CronJob',
    ownerName: 'report',
  }),
];

const cronjobs = [
  cronJobRow({
    name: 'report',
    namespace: 'shop',
    created: NOW - 20 * DAY,
    schedule: '56 * * * *',
    concurrency: 'Forbid',
    active: 1,
    lastSchedule: NOW - 4 * MINUTE,
    lastSuccess: NOW - 58 * MINUTE,
    due: NOW + 56 * MINUTE,
    containers: [{ name: 'report', image: 'registry.example/report:v3.1' }],
  }),
  cronJobRow({
    name: 'dunning',
    namespace: 'payments',
    created: NOW - 20 * DAY,
    schedule: '0 8 * * 1-5',
    timeZone: 'Europe/Berlin',
    lastSchedule: NOW - 6 * HOUR,
    lastSuccess: NOW - 30 * HOUR,
    due: NOW + 18 * HOUR,
  }),
  cronJobRow({
    name: 'cleanup',
    namespace: 'shop',
    created: NOW - 20 * DAY,
    schedule: '*/15 * * * *',
    suspended: true,
    lastSchedule: NOW - 3 * DAY,
    lastSuccess: NOW - 3 * DAY,
    due: NOW - 3 * DAY,
  }),
  cronJobRow({
    name: 'backup',
    namespace: 'shop',
    created: NOW - 20 * DAY,
    schedule: '30 2 * * *',
    lastSchedule: NOW - 33.5 * HOUR,
    lastSuccess: NOW - 33 * HOUR,
    due: NOW - 9.5 * HOUR,
  }),
];

/** All tables of the shop's cluster. */
export const SHOP: Rows = {
  ...accessOf(NOW),
  ...dataOf(NOW),
  ...kindsOf(NOW),
  pods,
  nodes,
  podusage: pods
    .filter(({ node }) => node !== '')
    .map((pod, i) =>
      usageRow(pod.namespace, pod.name, 0.012 * (1 + (i % 7)), (60 + 9 * i) * 2 ** 20),
    ),
  nodeusage: nodes.map((node, i) => usageRow('', node.name, 0.3 + i / 10, (2 + i / 2) * 2 ** 30)),
  deployments: WORKLOADS.map((name, i) =>
    workloadRow('Deployment', {
      name,
      namespace: i < 3 ? 'shop' : 'payments',
      created: NOW - 20 * DAY,
      labels: { app: name },
      selector: `app=${name}`,
      revision: String(i + 3),
      desired: 5,
      current: 5,
      ready: i === 2 ? 4 : 5,
      updated: 5,
      available: i === 2 ? 4 : 5,
      progressReason: 'NewReplicaSetAvailable',
      containers: [{ name, image: `registry.example/${name}:v2.14.${i}` }],
    }),
  ),
  replicasets: WORKLOADS.map((name, i) =>
    workloadRow('ReplicaSet', {
      name: `${name}-${HASHES[i] ?? ''}`,
      namespace: i < 3 ? 'shop' : 'payments',
      created: NOW - 3 * HOUR,
      ownerKind: 'Deployment',
      ownerName: name,
      desired: 5,
      current: 5,
      ready: 5,
      available: 5,
    }),
  ),
  jobs,
  cronjobs,
  services: WORKLOADS.map((name, i) =>
    serviceRow({
      name,
      namespace: i < 3 ? 'shop' : 'payments',
      created: NOW - 20 * DAY,
      clusterIP: `172.20.14.${i + 3}`,
      selector: { app: name },
      ports: [{ name: 'http', port: 80, targetPort: '8080', nodePort: 0, protocol: 'TCP' }],
      ...(i === 1 && {
        type: 'LoadBalancer',
        loadBalancer: 'nlb' as const,
        external: 'k8s-shop-web-0a1b2c3d4e-5f6a7b8c9d.elb.eu-central-1.amazonaws.com',
      }),
    }),
  ),
  endpointslices: WORKLOADS.map((name, i) =>
    endpointSliceRow({
      name: `${name}-abc`,
      namespace: i < 3 ? 'shop' : 'payments',
      created: NOW - 20 * DAY,
      service: name,
      ...{ ports: ['http:8080/TCP'], portNames: ['http'] },
      ready: ['a', 'b', 'c', 'd', 'e'],
      notReady: i === 2 ? ['f'] : [],
    }),
  ),
  hpas: [
    hpaRow({
      name: 'web',
      namespace: 'shop',
      created: NOW - 20 * DAY,
      targetName: 'web',
      min: 2,
      max: 5,
      current: 5,
      desired: 5,
      lastScale: NOW - 12 * MINUTE,
      metrics: [{ name: 'cpu', current: '92%', target: '60%', ratio: 1.53 }],
      conditions: [
        { type: 'AbleToScale', status: 'True', reason: 'ReadyForNewScale', message: '', at: 0 },
        { type: 'ScalingActive', status: 'True', reason: 'ValidMetricFound', message: '', at: 0 },
        {
          type: 'ScalingLimited',
          status: 'True',
          reason: 'TooManyReplicas',
          message: 'the desired replica count is more than the maximum replica count',
          at: NOW - 12 * MINUTE,
        },
      ],
    }),
  ],
  namespaces: ['default', 'kube-system', 'payments', 'shop'].map((name) => ({
    uid: `ns-${name}`,
    name,
    namespace: '',
    created: NOW - 90 * DAY,
    gone: 0,
    cluster: NO_CLUSTER,
    labels: {},
    resourceVersion: '1',
    deleting: 0,
    ownerKind: '',
    ownerName: '',
    phase: 'Active',
    held: [],
  })),
};

/** A cluster of `count` pods for measuring: as many columns differ as in a real one. */
export function manyPods(count: number): Rows {
  const many = Array.from({ length: count }, (_, i): PodRow => {
    const pod = shopPod(i % 5, i);
    return {
      ...pod,
      uid: `p${i}`,
      name: `${pod.name}-${i.toString(36)}`,
      restarts: i % 97 === 0 ? 3 : 0,
    };
  });
  return { ...SHOP, pods: many };
}

/** Kinds that the cluster offers. */
export const OFFERED: readonly KindRow[] = [
  kindRow('pods', '', 'Pod', {
    namespaced: true,
    shortNames: ['po'],
    categories: ['all'],
    verbs: ['delete', 'get', 'list', 'watch'],
    versions: ['v1'],
  }),
  kindRow('nodepools', 'karpenter.sh', 'NodePool', {
    categories: ['karpenter'],
    verbs: ['get', 'list', 'watch'],
    versions: ['v1', 'v1beta1'],
  }),
];
