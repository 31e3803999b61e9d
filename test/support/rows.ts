/** Rows for tests and benchmarks: what is not said is empty, 0, or not known. */
import type { ObjectTable } from '../../src/domain/tables/define.ts';
import { tableDef, type TableId, type Tables } from '../../src/domain/tables/index.ts';
import { kindUid, type FoundRow, type KindRow } from '../../src/domain/kinds.ts';
import { FOUND } from '../../src/domain/tables/found.ts';
import { kinds } from '../../src/domain/tables/kinds.ts';
import { blankCluster } from '../../src/domain/tables/clusters.ts';
import { blankNodeGroup } from '../../src/domain/tables/nodegroups.ts';
import { arnKey, NO_CLUSTER } from '../../src/domain/cluster-key.ts';
import type {
  ClusterRow,
  ContainerInfo,
  ContainerSpec,
  CronJobRow,
  EndpointSliceRow,
  EventRow,
  HpaRow,
  JobRow,
  NamespaceRow,
  NodeGroupRow,
  NodeRow,
  ObjectRow,
  PodRow,
  ServiceAccountRow,
  ServiceRow,
  UsageRow,
  WorkloadKind,
  WorkloadRow,
} from '../../src/domain/rows.ts';

/** What tells one row from another, and what differs from the usual. */
type Given<Row> = { readonly name: string } & Partial<Row>;

function object(given: Given<ObjectRow>, namespace: string): ObjectRow {
  return {
    uid: `uid-${given.namespace ?? namespace}-${given.name}`,
    name: given.name,
    namespace,
    created: 0,
    gone: 0,
    cluster: NO_CLUSTER,
    labels: {},
    resourceVersion: '',
    deleting: 0,
    ownerKind: '',
    ownerName: '',
  };
}

/** The blank row of a table with a name, and what is given. */
export function rowOf<T extends TableId>(table: T, given: Given<Tables[T]>): Tables[T] {
  const def = tableDef(table);
  const namespaced = 'kind' in def && (def as ObjectTable).kind.namespaced;
  const namespace = namespaced ? 'default' : '';
  const uid = `uid-${given.namespace ?? namespace}-${given.name}`;
  // The cast: a table's id decides its row type, which the compiler cannot follow.
  return { ...(def.blank as Tables[T]), uid, namespace, ...given };
}

export function podRow(given: Given<PodRow>): PodRow {
  return {
    ...object(given, 'default'),
    asked: given.deleting ?? 0,
    phase: 'Running',
    status: 'Running',
    ...{ cause: '', causeAt: 0, causeWord: '' },
    ready: 1,
    total: 1,
    restarts: 0,
    lastRestart: 0,
    isReady: true,
    node: '',
    ...{ ip: '', otherIps: [] },
    hostNetwork: false,
    serviceAccount: '',
    qos: 'Burstable',
    cpuRequest: 0,
    memoryRequest: 0,
    cpuLimit: 0,
    memoryLimit: 0,
    whole: null,
    containers: [],
    workloadKind: '',
    workload: '',
    uses: [],
    ...{ fargateProfile: '', fargateSize: '' },
    cpu: null,
    memory: null,
    usage: null,
    zone: null,
    zoneId: null,
    instanceType: null,
    group: null,
    capacity: null,
    ...{ role: null, associatedRole: null },
    network: null,
    ...given,
  };
}

export function nodeRow(given: Given<NodeRow>): NodeRow {
  return {
    ...object(given, ''),
    status: 'Ready',
    isReady: true,
    cordoned: false,
    cordonedBy: null,
    problems: [],
    readySince: 0,
    roles: '',
    version: 'v1.34.1',
    os: '',
    kernel: '',
    arch: 'arm64',
    runtime: '',
    ...{ internalIP: '', otherIps: [], externalIP: '' },
    providerId: '',
    instanceId: '',
    instanceType: 'm7g.large',
    zone: 'eu-central-1a',
    zoneId: 'euc1-az2',
    region: 'eu-central-1',
    compute: 'managed',
    group: 'web',
    capacity: 'on-demand',
    taints: [],
    cpuAllocatable: 2,
    memoryAllocatable: 8,
    offers: {},
    podsAllocatable: 29,
    nodegroup: '',
    ...{ groupCapacity: null, fargateSize: null },
    pods: null,
    cpuRequested: null,
    memoryRequested: null,
    cpu: null,
    memory: null,
    network: null,
    machine: null,
    agent: null,
    price: null,
    notice: null,
    ...given,
  };
}

export function workloadRow(kind: WorkloadKind, given: Given<WorkloadRow>): WorkloadRow {
  return {
    ...object(given, 'default'),
    kind,
    desired: 1,
    current: 1,
    ready: 1,
    updated: 1,
    available: 1,
    generation: 1,
    observedGeneration: 1,
    paused: false,
    progressReason: '',
    progressMessage: '',
    failure: '',
    revision: '',
    pastRevisions: '',
    currentRevision: '',
    updateRevision: '',
    strategy: 'RollingUpdate',
    partition: 0,
    maxUnavailable: 1,
    containers: [],
    restartedAt: '',
    selector: '',
    serviceAccount: '',
    uses: [],
    managedBy: '',
    writes: { any: null, replicas: null, template: null },
    policyAgent: null,
    cni: null,
    placement: { nodeSelector: {}, zones: [], tolerations: [], spread: [], bonds: [] },
    zones: null,
    trouble: null,
    hpa: null,
    ...given,
  };
}

export function jobRow(given: Given<JobRow>): JobRow {
  return {
    ...object(given, 'default'),
    status: 'Running',
    reason: '',
    message: '',
    completions: 1,
    parallelism: 1,
    active: 1,
    ready: 1,
    succeeded: 0,
    failed: 0,
    failedIndexes: '',
    indexed: false,
    backoffLimit: 6,
    deadline: null,
    ttl: null,
    suspended: false,
    started: 0,
    finished: 0,
    byHand: false,
    containers: [],
    restartedAt: '',
    serviceAccount: '',
    uses: [],
    managedBy: '',
    selector: '',
    trouble: null,
    placement: { nodeSelector: {}, zones: [], tolerations: [], spread: [], bonds: [] },
    ...given,
  };
}

export function cronJobRow(given: Given<CronJobRow>): CronJobRow {
  return {
    ...object(given, 'default'),
    schedule: '0 3 * * *',
    timeZone: '',
    suspended: false,
    concurrency: 'Allow',
    startingDeadline: null,
    active: 0,
    lastSchedule: 0,
    lastSuccess: 0,
    due: null,
    keepsSucceeded: 3,
    keepsFailed: 1,
    containers: [],
    restartedAt: '',
    serviceAccount: '',
    uses: [],
    managedBy: '',
    lastJob: null,
    lastStatus: null,
    lastTrouble: null,
    placement: { nodeSelector: {}, zones: [], tolerations: [], spread: [], bonds: [] },
    ...given,
  };
}

export function serviceRow(given: Given<ServiceRow>): ServiceRow {
  return {
    ...object(given, 'default'),
    type: 'ClusterIP',
    ...{ clusterIP: '', otherClusterIPs: [] },
    external: '',
    ports: [],
    selector: {},
    loadBalancer: '',
    internal: false,
    ...{ endpointsReady: null, endpointsNotReady: null, deadPorts: null },
    targets: null,
    names: null,
    ...given,
  };
}

export function endpointSliceRow(given: Given<EndpointSliceRow>): EndpointSliceRow {
  return {
    ...object(given, 'default'),
    service: '',
    ...{ addressType: 'IPv4', ports: [], portNames: [] },
    ready: [],
    notReady: [],
    ...given,
  };
}

export function serviceAccountRow(given: Given<ServiceAccountRow>): ServiceAccountRow {
  const joined = { associatedRole: null, pods: null, fargatePods: null };
  return { ...object(given, 'default'), role: '', ...joined, ...given };
}

export function hpaRow(given: Given<HpaRow>): HpaRow {
  return {
    ...object(given, 'default'),
    targetKind: 'Deployment',
    targetName: '',
    min: 1,
    max: 10,
    current: 1,
    desired: 1,
    metrics: [],
    conditions: [],
    lastScale: 0,
    written: null,
    ...given,
  };
}

/** Usage of a pod, or of a node where the namespace is empty. */
export function usageRow(namespace: string, name: string, cpu: number, memory: number): UsageRow {
  const uid = `${namespace}/${name}`;
  return {
    uid,
    name,
    namespace,
    created: 0,
    gone: 0,
    cluster: NO_CLUSTER,
    cpu,
    memory,
    containers: [],
    at: 0,
  };
}

export function nodeGroupRow(uid: string, given: Partial<NodeGroupRow> = {}): NodeGroupRow {
  return {
    ...blankNodeGroup(uid, uid.slice(uid.indexOf('/') + 1), 'managed'),
    status: 'ACTIVE',
    version: '1.34',
    capacity: 'on-demand',
    ...given,
  };
}

export function eventRow(given: Given<EventRow>): EventRow {
  return {
    ...object(given, 'default'),
    type: 'Normal',
    reason: '',
    message: '',
    count: 1,
    first: 0,
    last: 0,
    objectKind: 'Pod',
    objectName: '',
    objectUid: '',
    source: '',
    ...given,
  };
}

export function namespaceRow(given: Given<NamespaceRow>): NamespaceRow {
  return { ...object(given, ''), phase: 'Active', held: [], ...given };
}

export function clusterRow(given: Given<ClusterRow>): ClusterRow {
  const id = arnKey(`arn:aws:eks:eu-central-1:123456789012:cluster/${given.name}`);
  return {
    ...blankCluster(id, given.name),
    uid: given.name,
    account: '123456789012',
    region: 'eu-central-1',
    status: 'ACTIVE',
    version: '1.34',
    platformVersion: 'eks.1',
    ...given,
  };
}

/** A container that runs, with what is given of it and of its spec. */
export function container({
  cpuRequest = 0,
  memoryRequest = 0,
  cpuLimit = 0,
  memoryLimit = 0,
  ports = [],
  probes = '',
  ...given
}: { readonly name: string } & Partial<ContainerInfo & ContainerSpec>): ContainerInfo {
  return {
    role: 'main',
    image: '',
    state: 'running',
    reason: '',
    message: '',
    since: 0,
    ready: true,
    restarts: 0,
    lastExit: null,
    spec: { cpuRequest, memoryRequest, cpuLimit, memoryLimit, ports, probes },
    ...given,
  };
}

/** A kind that a server offers, in `v1`. */
export function kindRow(
  name: string,
  group: string,
  kind: string,
  given: Partial<KindRow> = {},
): KindRow {
  const uid = kindUid({ resource: name, group });
  const singular = kind.toLowerCase();
  return { ...kinds.blank, uid, name, group, version: 'v1', kind, singular, ...given };
}

/** An object of a kind that was found. */
export function foundRow(given: Given<FoundRow>): FoundRow {
  return { ...FOUND.blank, ...object(given, 'default'), ...given };
}
