import type {
  Condition,
  Container,
  ContainerState,
  ContainerStatus,
  Pod,
  PodStatus,
} from '../world/objects.ts';
import { hash, noise } from '../random.ts';

/** What the kubelet knows of one container. */
export interface ContainerRuntime {
  readonly spec: Container;
  readonly sidecar: boolean;
  state: ContainerState;
  lastState: ContainerState;
  ready: boolean;
  started: boolean;
  restarts: number;
  id: string;
  /** Milliseconds to wait before the next restart. */
  backoff: number;
}

/** What the kubelet knows of one pod on its node. */
export interface PodRuntime {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly node: string;
  readonly hostIp: string;
  readonly startTime: string;
  ip: string | undefined;
  phase: string;
  /** Set once the pod has come to its end: Completed, Evicted … */
  reason?: string;
  message?: string;
  readonly init: ContainerRuntime[];
  readonly main: ContainerRuntime[];
  /** Timers of the pod: all stop with it. */
  readonly timers: Set<() => void>;
}

const CREATING: ContainerState = { waiting: { reason: 'ContainerCreating' } };
const INITIALIZING: ContainerState = { waiting: { reason: 'PodInitializing' } };

/** The runtime of a pod that has just been bound. */
export function newRuntime(pod: Pod, node: string, hostIp: string, startTime: string): PodRuntime {
  const init = pod.spec.initContainers ?? [];
  const waiting = init.length > 0 ? INITIALIZING : CREATING;
  const container = (spec: Container, state: ContainerState): ContainerRuntime => ({
    spec,
    sidecar: spec.restartPolicy === 'Always',
    state,
    lastState: {},
    ready: false,
    started: false,
    restarts: 0,
    id: '',
    backoff: 0,
  });
  return {
    uid: pod.metadata.uid,
    namespace: pod.metadata.namespace ?? '',
    name: pod.metadata.name,
    node,
    hostIp,
    startTime,
    ip: pod.spec.hostNetwork ? hostIp : undefined,
    phase: 'Pending',
    init: init.map((spec) => container(spec, INITIALIZING)),
    main: pod.spec.containers.map((spec) => container(spec, waiting)),
    timers: new Set(),
  };
}

/** The status that the kubelet would write now; transition times of `before` are kept. */
export function statusOf(runtime: PodRuntime, before: PodStatus, stamp: string): PodStatus {
  const initialized = runtime.init.every((each) =>
    each.sidecar ? each.started : each.state.terminated?.exitCode === 0,
  );
  const finished = runtime.phase === 'Succeeded' || runtime.phase === 'Failed';
  const ready = !finished && initialized && everyReady(runtime);
  const unready = [...runtime.init.filter((each) => each.sidecar), ...runtime.main]
    .filter((each) => !each.ready)
    .map((each) => each.spec.name);
  const why =
    runtime.phase === 'Succeeded'
      ? { reason: 'PodCompleted' }
      : runtime.phase === 'Failed'
        ? { reason: 'PodFailed' }
        : {
            reason: 'ContainersNotReady',
            message: `containers with unready status: [${unready.join(' ')}]`,
          };
  const incomplete = runtime.init.filter((each) => !each.started).map((each) => each.spec.name);
  const conditions = [
    keep(before, 'PodReadyToStartContainers', runtime.ip !== undefined && !finished, {}, stamp),
    keep(
      before,
      'Initialized',
      initialized,
      initialized
        ? runtime.phase === 'Succeeded'
          ? why
          : {}
        : {
            reason: 'ContainersNotInitialized',
            message: `containers with incomplete status: [${incomplete.join(' ')}]`,
          },
      stamp,
    ),
    keep(before, 'Ready', ready, ready ? {} : why, stamp),
    keep(before, 'ContainersReady', ready, ready ? {} : why, stamp),
    keep(before, 'PodScheduled', true, {}, stamp),
  ];
  return {
    phase: runtime.phase,
    conditions,
    ...(runtime.message !== undefined && { message: runtime.message }),
    ...(runtime.reason !== undefined && { reason: runtime.reason }),
    hostIP: runtime.hostIp,
    hostIPs: [{ ip: runtime.hostIp }],
    ...(runtime.ip && { podIP: runtime.ip, podIPs: [{ ip: runtime.ip }] }),
    startTime: runtime.startTime,
    ...(runtime.init.length > 0 && { initContainerStatuses: runtime.init.map(containerStatus) }),
    containerStatuses: runtime.main.map(containerStatus),
    qosClass: before.qosClass ?? 'BestEffort',
  };
}

function everyReady(runtime: PodRuntime): boolean {
  return (
    runtime.main.every((each) => each.ready) &&
    runtime.init.every((each) => !each.sidecar || each.ready)
  );
}

function keep(
  before: PodStatus,
  type: string,
  holds: boolean,
  why: { readonly reason?: string; readonly message?: string },
  stamp: string,
): Condition {
  const status = holds ? 'True' : 'False';
  const old = before.conditions?.find((each) => each.type === type);
  return {
    type,
    status,
    lastProbeTime: null,
    lastTransitionTime: old?.status === status ? old.lastTransitionTime : stamp,
    ...why,
  };
}

function containerStatus(runtime: ContainerRuntime): ContainerStatus {
  const running = Boolean(runtime.id);
  return {
    name: runtime.spec.name,
    state: runtime.state,
    lastState: runtime.lastState,
    ready: runtime.ready,
    restartCount: runtime.restarts,
    image: runtime.spec.image,
    imageID: running ? imageId(runtime.spec.image) : '',
    ...(running && { containerID: runtime.id }),
    started:
      runtime.started && Boolean(runtime.state.running ?? runtime.state.terminated?.exitCode === 0),
  };
}

const imageIds = new Map<string, string>();

/** `repository@sha256:…`, the same for every pod of an image. */
export function imageId(image: string): string {
  const known = imageIds.get(image);
  if (known !== undefined) return known;
  const id = `${image.slice(0, image.lastIndexOf(':'))}@sha256:${hex64(image)}`;
  imageIds.set(image, id);
  return id;
}

/** A container id that follows from the pod and its restarts. */
export function containerId(uid: string, container: string, restarts: number): string {
  return `containerd://${hex64(`${uid}/${container}/${restarts}`)}`;
}

function hex64(text: string): string {
  const seed = hash(text);
  let digits = '';
  for (let i = 0; i < 8; i++) {
    digits += Math.floor(noise(seed, i) * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  }
  return digits;
}
