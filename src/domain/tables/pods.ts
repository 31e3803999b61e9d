import type { ContainerInfo } from '../container.ts';
import { FARGATE_SIZE } from '../fargate.ts';
import { podCause } from '../pod-cause.ts';
import { isSidecar, isTrue, podStatus } from '../pod-status.ts';
import type { Capacity, Demands, ObjectRow } from '../row.ts';
import { workloadOf } from '../workload.ts';
import { amount } from '../wire/amount.ts';
import { CONDITION } from '../wire/condition.ts';
import { bool, part, parts, prose, quantities, text, word } from '../wire/field.ts';
import { intern } from '../wire/intern.ts';
import { message, type Read } from '../wire/message.ts';
import { metadata, objectRow } from '../wire/metadata.ts';
import { PULL_SECRET, referencesOf, VOLUME } from '../wire/references.ts';
import {
  CONTAINER,
  CONTAINER_STATUS,
  containerInfo,
  demandOf,
  EPHEMERAL_CONTAINER,
  RESOURCES,
  type Demand,
} from './container.ts';
import { objectTable } from './define.ts';
import type { InterfacePlace } from './networkinterfaces.ts';

export interface PodRow extends ObjectRow, Demands {
  /** When its deletion was asked for (ms), which is before `deleting`; 0 while it was not. */
  readonly asked: number;
  readonly phase: string;
  /** STATUS exactly as kubectl prints it. */
  readonly status: string;
  /** The cause behind the status (`OOMKilled 137`, image pull text, the scheduler's message); empty when healthy. */
  readonly cause: string;
  /** When the cause was true, 0 where the API does not say. */
  readonly causeAt: number;
  /** What the cause is in one word, where it is said of the pod as a whole; else empty. See PodCause. */
  readonly causeWord: string;
  readonly ready: number;
  readonly total: number;
  readonly restarts: number;
  readonly lastRestart: number;
  /** Is the pod doing its work (Ready condition true, or Succeeded). */
  readonly isReady: boolean;
  readonly node: string;
  /** Primary pod IP: with the VPC CNI an address of the VPC. Empty while there is none. */
  readonly ip: string;
  /** Its addresses beside that, where it has more: of the other family. */
  readonly otherIps: readonly string[];
  readonly hostNetwork: boolean;
  readonly serviceAccount: string;
  readonly qos: string;
  // Its requests and limits are summed as the scheduler does: sidecars added, init containers by
  // maximum, and while it is resized what counts on its node.
  /** What it asks for as a whole beside its containers; null where it does not. */
  readonly whole: Demands | null;
  readonly containers: readonly ContainerInfo[];
  /** The workload behind it: a Deployment is named through its ReplicaSet's pod-template-hash. */
  readonly workloadKind: string;
  readonly workload: string;
  /** Config maps, secrets and claims that it refers to, each as `table/name`, e.g. `secrets/api`. */
  readonly uses: readonly string[];
  /** Of the label eks.amazonaws.com/fargate-profile, else empty. */
  readonly fargateProfile: string;
  /** Of the annotation CapacityProvisioned, else empty. */
  readonly fargateSize: string;
  // joined
  cpu: number | null;
  memory: number | null;
  /** What its containers use, in their order: the cores and bytes of each, NaN where it is not measured. */
  usage: readonly number[] | null;
  zone: string | null;
  zoneId: string | null;
  instanceType: string | null;
  /** Node group or Fargate profile. */
  group: string | null;
  capacity: Capacity | null;
  /** IAM role ARN of the service account's annotation; empty where it has none. */
  role: string | null;
  /** The role that a Pod Identity association gives that account, which goes first; empty where there is none, null where that is not known. */
  associatedRole: string | null;
  /** Where the interface is that has its address; null where that is not known. */
  network: InterfacePlace | null;
}

/** core/v1 Pod. */
const POD = message({
  metadata: part(1, metadata([FARGATE_SIZE])),
  spec: part(
    2,
    message({
      volumes: parts(1, VOLUME),
      containers: parts(2, CONTAINER),
      serviceAccountName: word(8),
      nodeName: word(10),
      hostNetwork: bool(11),
      imagePullSecrets: parts(15, PULL_SECRET),
      initContainers: parts(20, CONTAINER),
      overhead: quantities(32, ['cpu', 'memory']),
      ephemeralContainers: parts(34, EPHEMERAL_CONTAINER),
      resources: part(40, RESOURCES),
    }),
  ),
  status: part(
    3,
    message({
      phase: word(1),
      conditions: parts(2, CONDITION),
      message: prose(3),
      reason: word(4),
      podIP: text(6),
      containerStatuses: parts(8, CONTAINER_STATUS),
      qosClass: word(9),
      podIPs: parts(12, message({ ip: text(1) })),
      initContainerStatuses: parts(10, CONTAINER_STATUS),
      ephemeralContainerStatuses: parts(13, CONTAINER_STATUS),
    }),
  ),
});

type Pod = Read<typeof POD>;

/** The row of a pod. */
function podRow(pod: Pod): PodRow {
  const { spec, status } = pod;
  const base = objectRow(pod.metadata);
  const demand = demandOf(status);
  const containers = containersOf(pod);
  const words = podStatus(pod);
  const cause = podCause(pod, containers);
  const workload = workloadOf(base.ownerKind, base.ownerName, base.labels);
  // Written out: an object that is spread from others grows by pieces, and a row has forty fields.
  return {
    uid: base.uid,
    name: base.name,
    namespace: base.namespace,
    created: base.created,
    gone: base.gone,
    cluster: base.cluster,
    labels: base.labels,
    resourceVersion: base.resourceVersion,
    deleting: base.deleting,
    asked: Math.max(0, base.deleting - pod.metadata.deletionGracePeriodSeconds * 1000),
    ownerKind: base.ownerKind,
    ownerName: base.ownerName,
    ready: words.ready,
    total: words.total,
    restarts: words.restarts,
    lastRestart: words.lastRestart,
    status: intern(words.status),
    phase: status.phase,
    cause: cause.text,
    causeAt: cause.at,
    causeWord: intern(cause.word ?? ''),
    isReady: status.phase === 'Succeeded' || isTrue(status.conditions, 'Ready'),
    node: spec.nodeName,
    ip: status.podIP,
    otherIps: othersOf(status),
    hostNetwork: spec.hostNetwork,
    serviceAccount: spec.serviceAccountName,
    qos: status.qosClass,
    cpuRequest: total(pod, demand, 'requests', 'cpu'),
    memoryRequest: total(pod, demand, 'requests', 'memory'),
    cpuLimit: total(pod, demand, 'limits', 'cpu'),
    memoryLimit: total(pod, demand, 'limits', 'memory'),
    whole: wholeOf(pod),
    containers,
    workloadKind: workload.kind,
    workload: intern(workload.name),
    uses: referencesOf(
      base.name,
      spec.volumes,
      [...spec.initContainers, ...spec.containers],
      spec.imagePullSecrets,
    ),
    fargateProfile: base.labels['eks.amazonaws.com/fargate-profile'] ?? '',
    fargateSize: pod.metadata.annotations[FARGATE_SIZE] ?? '',
    cpu: null,
    memory: null,
    usage: null,
    zone: null,
    zoneId: null,
    instanceType: null,
    group: null,
    capacity: null,
    role: null,
    associatedRole: null,
    network: null,
  };
}

/** Most pods have one address: these share the list of none. */
const NO_OTHERS: readonly string[] = Object.freeze([]);

function othersOf({ podIP, podIPs }: Pod['status']): readonly string[] {
  if (podIPs.length < 2) return NO_OTHERS;
  return podIPs.map(({ ip }) => ip).filter((ip) => ip !== podIP && ip !== '');
}

/** In the order in which they start. */
function containersOf({ spec, status }: Pod): readonly ContainerInfo[] {
  const { initContainerStatuses, containerStatuses, ephemeralContainerStatuses } = status;
  // Joined by `concat`: a list that is spread has room for sixteen more, in each of 50,000 rows.
  return spec.initContainers
    .map((c) => containerInfo(c, 'init', initContainerStatuses))
    .concat(
      spec.containers.map((c) => containerInfo(c, 'main', containerStatuses)),
      spec.ephemeralContainers.map(({ common }) =>
        containerInfo(common, 'ephemeral', ephemeralContainerStatuses),
      ),
    );
}

/** What the pod asks for as a whole, beside its containers. */
function wholeOf({ spec }: Pod): PodRow['whole'] {
  const { requests, limits } = spec.resources;
  const [cpuRequest, memoryRequest] = [amount(requests['cpu']), amount(requests['memory'])];
  const [cpuLimit, memoryLimit] = [amount(limits['cpu']), amount(limits['memory'])];
  const none = cpuRequest + memoryRequest + cpuLimit + memoryLimit === 0;
  return none ? null : { cpuRequest, memoryRequest, cpuLimit, memoryLimit };
}

/**
 * A pod's requests or limits of one resource as the scheduler counts them (in Kubernetes,
 * PodRequests): what it asks for as a whole, or its main containers and sidecars together, but no
 * less than the hungriest init container beside the sidecars started before it; and its overhead.
 */
function total(
  { spec }: Pod,
  demand: Demand,
  side: 'requests' | 'limits',
  resource: 'cpu' | 'memory',
): number {
  let sidecars = 0;
  let peak = 0;
  for (const container of spec.initContainers) {
    const own = demand(container, side, resource);
    if (isSidecar(container)) sidecars += own;
    peak = Math.max(peak, isSidecar(container) ? sidecars : sidecars + own);
  }
  let sum = sidecars;
  for (const container of spec.containers) sum += demand(container, side, resource);
  const whole = spec.resources[side][resource];
  const asked = whole === undefined ? Math.max(sum, peak) : amount(whole);
  // A limit of nothing means no limit, which overhead does not make one.
  const overhead = side === 'limits' && asked === 0 ? 0 : amount(spec.overhead[resource]);
  return asked + overhead;
}

export const pods = objectTable({
  kind: {
    group: '',
    version: 'v1',
    resource: 'pods',
    kind: 'Pod',
    namespaced: true,
  },
  message: POD,
  row: podRow,
  keepsGone: true,
  // As it ends the kubelet asks once more, without grace: from then on that is the time that is told.
  firsts: ['asked'],
});
