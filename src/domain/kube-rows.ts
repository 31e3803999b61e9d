/** Rows of Kubernetes objects; the conventions of all rows are in row.ts. */
import type { BaseRow, Capacity, Compute } from './row.ts';

/** What every row of a Kubernetes object has. */
export interface ObjectRow extends BaseRow {
  readonly labels: Readonly<Record<string, string>>;
  readonly resourceVersion: string;
  /** When deletion was asked for (metadata.deletionTimestamp); 0 when it was not. */
  readonly deleting: number;
  /** The controlling owner, empty strings where there is none. */
  readonly ownerKind: string;
  readonly ownerName: string;
}

/** How a container ended. */
export interface ContainerExit {
  readonly reason: string;
  readonly exitCode: number;
  readonly at: number;
  readonly message: string;
}

/** A container of a pod, spec and status together. */
export interface ContainerInfo extends Demands {
  readonly name: string;
  readonly role: 'init' | 'sidecar' | 'main' | 'ephemeral';
  readonly image: string;
  readonly state: 'running' | 'waiting' | 'terminated' | 'unknown';
  /** Reason of the present waiting or terminated state, else empty. */
  readonly reason: string;
  readonly message: string;
  /** When the present state began, where the API tells (running, terminated). */
  readonly since: number;
  readonly ready: boolean;
  readonly restarts: number;
  /** How it ended the last time: of the present state if terminated, else of lastState. */
  readonly lastExit: ContainerExit | null;
  /** e.g. `8080/TCP`, `metrics:9090/TCP`. */
  readonly ports: readonly string[];
  /** Which probes are configured, e.g. `liveness readiness`. */
  readonly probes: string;
}

/** Requests and limits of something that uses CPU and memory; 0: none. */
export interface Demands {
  readonly cpuRequest: number;
  readonly memoryRequest: number;
  readonly cpuLimit: number;
  readonly memoryLimit: number;
}

export interface PodRow extends ObjectRow, Demands {
  readonly phase: string;
  /** STATUS exactly as kubectl prints it. */
  readonly status: string;
  /** The cause behind the status (`OOMKilled 137`, image pull text, the scheduler's message); empty when healthy. */
  readonly cause: string;
  /** When the cause was true, 0 where the API does not say. */
  readonly causeAt: number;
  readonly ready: number;
  readonly total: number;
  readonly restarts: number;
  readonly lastRestart: number;
  /** Is the pod doing its work (Ready condition true, or Succeeded). */
  readonly isReady: boolean;
  readonly node: string;
  /** Primary pod IP: with the VPC CNI an address of the VPC. Empty while there is none. */
  readonly ip: string;
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
  /** Of the label eks.amazonaws.com/fargate-profile, else empty. */
  readonly fargateProfile: string;
  // joined
  cpu: number | null;
  memory: number | null;
  /** Usage of its containers by name. */
  usage: UsageRow['containers'] | null;
  zone: string | null;
  zoneId: string | null;
  instanceType: string | null;
  /** Node group or Fargate profile. */
  group: string | null;
  capacity: Capacity | null;
  /** IAM role ARN of the service account's annotation; empty where it has none. */
  role: string | null;
}

export interface NodeRow extends ObjectRow {
  /** STATUS exactly as kubectl prints it, e.g. `Ready,SchedulingDisabled`. */
  readonly status: string;
  readonly isReady: boolean;
  readonly cordoned: boolean;
  /** Conditions that are wrong, with their reason, e.g. `MemoryPressure`. */
  readonly problems: readonly string[];
  /** When the Ready condition last changed. */
  readonly readySince: number;
  readonly roles: string;
  readonly version: string;
  readonly os: string;
  readonly kernel: string;
  readonly arch: string;
  readonly runtime: string;
  readonly internalIP: string;
  readonly externalIP: string;
  readonly providerId: string;
  /** `i-…`, `mi-…` or empty. */
  readonly instanceId: string;
  readonly instanceType: string;
  readonly zone: string;
  readonly zoneId: string;
  readonly region: string;
  readonly compute: Compute;
  /** Node group, node pool or Fargate profile as the labels tell; empty where they do not. */
  readonly group: string;
  readonly capacity: Capacity;
  /** `key=value:Effect`. */
  readonly taints: readonly string[];
  readonly cpuAllocatable: number;
  readonly memoryAllocatable: number;
  readonly podsAllocatable: number;
  // joined
  /** The uid of its row in `nodegroups`: `<compute>/<group>`, or its Auto Scaling group's; empty before it is known. */
  nodegroup: string;
  /** How its Auto Scaling group is paid; null where that is not known or differs in the group. */
  groupCapacity: Capacity | null;
  pods: number | null;
  cpuRequested: number | null;
  memoryRequested: number | null;
  cpu: number | null;
  memory: number | null;
}

export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'ReplicaSet';

export interface WorkloadRow extends ObjectRow {
  readonly kind: WorkloadKind;
  /** Replicas asked for (spec), or nodes that should run it (daemon sets). */
  readonly desired: number;
  /** Replicas there are (status.replicas, currentNumberScheduled). */
  readonly current: number;
  readonly ready: number;
  readonly updated: number;
  /** Ready for as long as is asked. */
  readonly available: number;
  readonly generation: number;
  readonly observedGeneration: number;
  readonly paused: boolean;
  /** Reason and message of the Progressing condition (deployments), else empty. */
  readonly progressReason: string;
  readonly progressMessage: string;
  /** Message of a failing condition (ReplicaFailure, Available=False), else empty. */
  readonly failure: string;
  /** deployment.kubernetes.io/revision, or the number of the current ControllerRevision's hash as text. */
  readonly revision: string;
  /** StatefulSets: currentRevision and updateRevision; empty elsewhere. */
  readonly currentRevision: string;
  readonly updateRevision: string;
  /** `RollingUpdate`, `Recreate`, `OnDelete`. */
  readonly strategy: string;
  /** StatefulSet rolling-update partition; 0 elsewhere. */
  readonly partition: number;
  /** How many of the pods wanted may be unavailable while it rolls out by itself. */
  readonly maxUnavailable: number;
  readonly containers: readonly { readonly name: string; readonly image: string }[];
  /** The label selector in its text form, as kubectl prints it. */
  readonly selector: string;
  readonly serviceAccount: string;
  /** `Helm`, `Argo CD`, `Flux` where labels say so: what would revert a change made by hand. */
  readonly managedBy: string;
  // joined
  /** Pods by zone letter or zone name, sorted by zone; null before pods and nodes are known. */
  zones: readonly (readonly [zone: string, pods: number])[] | null;
  /** The HPA that owns the replica count; empty where none does. */
  hpa: string | null;
}

export interface ServicePort {
  readonly name: string;
  readonly port: number;
  readonly targetPort: string;
  readonly nodePort: number;
  readonly protocol: string;
}

export interface ServiceRow extends ObjectRow {
  readonly type: string;
  readonly clusterIP: string;
  /** EXTERNAL-IP as kubectl prints it: load balancer host names, external IPs, or the external name. */
  readonly external: string;
  readonly ports: readonly ServicePort[];
  readonly selector: Readonly<Record<string, string>>;
  /** Which AWS load balancer its class and annotations ask for; empty where none. */
  readonly loadBalancer: '' | 'classic' | 'nlb' | 'alb';
  readonly internal: boolean;
  // joined
  endpointsReady: number | null;
  endpointsNotReady: number | null;
}

export interface EndpointSliceRow extends ObjectRow {
  readonly service: string;
  /**
   * What its endpoints lead to, each once: an object's kind and name, else an address. Several
   * slices (one for each address family, say) may lead to the same.
   */
  readonly ready: readonly string[];
  /** Those that are not ready and not on their way out. */
  readonly notReady: readonly string[];
}

export interface HpaMetric {
  /** `cpu`, `memory`, or the name of a pods, object, external or container metric. */
  readonly name: string;
  /** As kubectl prints them, e.g. `42%` and `60%`, `120m` and `1`; current is `<unknown>` where not known. */
  readonly current: string;
  readonly target: string;
  /** current / target; null where current is unknown. */
  readonly ratio: number | null;
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly at: number;
}

export interface HpaRow extends ObjectRow {
  readonly targetKind: string;
  readonly targetName: string;
  readonly min: number;
  readonly max: number;
  readonly current: number;
  readonly desired: number;
  readonly metrics: readonly HpaMetric[];
  readonly conditions: readonly Condition[];
  readonly lastScale: number;
}

export interface EventRow extends ObjectRow {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  readonly first: number;
  readonly last: number;
  readonly objectKind: string;
  readonly objectName: string;
  readonly objectUid: string;
  readonly source: string;
}

export interface NamespaceRow extends ObjectRow {
  readonly phase: string;
}

export interface ServiceAccountRow extends ObjectRow {
  /** eks.amazonaws.com/role-arn, else empty. */
  readonly role: string;
  // joined
  /** Pods that use it and have not ended. */
  pods: number | null;
  /** Those of them that run on Fargate, where there is no Pod Identity. */
  fargatePods: number | null;
}

/** Usage of a pod or node from metrics.k8s.io. Its uid is `namespace/name`. */
export interface UsageRow extends BaseRow {
  readonly cpu: number;
  readonly memory: number;
  /** Per container, for pods: name → [cores, bytes]. */
  readonly containers: Readonly<Record<string, readonly [cpu: number, memory: number]>>;
  readonly at: number;
}
