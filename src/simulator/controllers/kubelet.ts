import { controllerOf, isFinished } from '../world/objects.ts';
import type { Container, Pod } from '../world/objects.ts';
import type { EventDetail } from '../world/recorder.ts';
import type { Behaviour } from '../world/profile.ts';
import { isLongAgo } from '../world/past.ts';
import type { World } from '../world/world.ts';
import { justRuns, settleContainers, startContainers } from './containers.ts';
import { imageId, newRuntime, statusOf } from './pod-runtime.ts';
import type { PodRuntime } from './pod-runtime.ts';

/** How often (s) in the far past a pod without an address asks for one: nobody hears it. */
const AGES = 3600;

/** All kubelets at once: takes bound pods through their lives, and out of them. */
export class Kubelet {
  readonly world: World;
  private readonly runtimes = new Map<string, PodRuntime>();
  /** `node image`: what is pulled already. */
  private readonly images = new Set<string>();
  /** Pods that crash where not all of their siblings do, by owner. */
  private readonly ill = new Map<string, Set<string>>();

  constructor(world: World) {
    this.world = world;
    world.store.subscribe('pods', ({ type, object, previous }) => {
      if (type === 'DELETED') this.forget(object);
      else if (object.spec.nodeName && !previous?.spec.nodeName) this.adopt(object);
      if (object.metadata.deletionTimestamp && !previous?.metadata.deletionTimestamp) {
        if (type === 'MODIFIED') this.terminate(object);
      }
    });
  }

  /** Runs `fn` after so many seconds, unless the pod is gone by then. */
  later(runtime: PodRuntime, seconds: number, fn: () => void): void {
    const cancel = this.world.clock.after(seconds * 1000, () => {
      runtime.timers.delete(cancel);
      fn();
    });
    runtime.timers.add(cancel);
  }

  /** Writes the pod's status as the runtime has it now. */
  report(runtime: PodRuntime): void {
    const { store, clock } = this.world;
    const pod = store.get('pods', runtime.namespace, runtime.name);
    if (pod?.metadata.uid !== runtime.uid) return;
    store.update('pods', { ...pod, status: statusOf(runtime, pod.status, clock.stamp()) });
  }

  event(
    runtime: PodRuntime,
    container: Container | null,
    detail: Omit<EventDetail, 'component'>,
  ): void {
    if (isLongAgo(this.world)) return;
    const pod = this.world.store.get('pods', runtime.namespace, runtime.name);
    if (!pod) return;
    this.world.recorder.record('pods', pod, {
      ...detail,
      component: 'kubelet',
      host: runtime.node,
      ...(container && { fieldPath: `spec.containers{${container.name}}` }),
    });
  }

  behaviourOf(runtime: PodRuntime): Behaviour {
    const pod = this.world.store.get('pods', runtime.namespace, runtime.name);
    return pod ? this.world.profileOf(pod).behaviour : { startup: [1, 2] };
  }

  /** Whether this pod is one of the share of its siblings that crash: at least one always does. */
  isIll(runtime: PodRuntime, share: number): boolean {
    const pod = this.world.store.get('pods', runtime.namespace, runtime.name);
    const owner = (pod && controllerOf(pod)?.uid) ?? runtime.uid;
    const ill = this.ill.get(owner) ?? new Set<string>();
    this.ill.set(owner, ill);
    const siblings = this.world.store.countOwnedBy('pods', owner);
    if (!ill.has(runtime.uid) && ill.size < Math.ceil(share * siblings)) ill.add(runtime.uid);
    return ill.has(runtime.uid);
  }

  /** Pulls an image, then goes on; never where the registry refuses it. */
  pull(
    runtime: PodRuntime,
    container: Container,
    refused: string | undefined,
    next: () => void,
  ): void {
    if (refused !== undefined) {
      this.refusePull(runtime, container, refused, 10);
      return;
    }
    const key = `${runtime.node} ${imageId(container.image)}`;
    if (this.images.has(key)) {
      this.event(runtime, container, {
        reason: 'Pulled',
        message: `Container image "${container.image}" already present on machine`,
      });
      next();
      return;
    }
    this.event(runtime, container, {
      reason: 'Pulling',
      message: `Pulling image "${container.image}"`,
    });
    const seconds = this.world.random.between(0.8, 5);
    this.later(runtime, seconds, () => {
      this.images.add(key);
      const took = `${seconds.toFixed(3)}s`;
      this.event(runtime, container, {
        reason: 'Pulled',
        message:
          `Successfully pulled image "${container.image}" in ${took} (${took} including waiting). ` +
          `Image size: ${40_000_000 + (parseInt(imageId(container.image).slice(-6), 16) % 200_000_000)} bytes.`,
      });
      next();
    });
  }

  /** Ends the pod for good: it is done, it has failed, or it was told to. */
  finish(runtime: PodRuntime, phase: 'Succeeded' | 'Failed'): void {
    for (const cancel of runtime.timers) cancel();
    runtime.timers.clear();
    runtime.phase = phase;
    for (const each of runtime.main) each.ready = false;
    this.report(runtime);
    if (runtime.ip) this.world.network.releasePodAddress(runtime.ip);
  }

  private adopt(pod: Pod): void {
    const node = this.world.store.get('nodes', '', pod.spec.nodeName ?? '');
    const hostIp = node?.status.addresses?.find((each) => each.type === 'InternalIP')?.address;
    if (!node || !hostIp || isFinished(pod)) return;
    const { clock, random } = this.world;
    const runtime = newRuntime(pod, node.metadata.name, hostIp, clock.stamp());
    this.runtimes.set(runtime.uid, runtime);
    if (isLongAgo(this.world) && this.settle(runtime)) return;
    this.report(runtime);
    this.later(runtime, random.between(0.3, 1.2), () => this.connect(runtime, 0));
  }

  /**
   * Brings a pod to where it would get to by itself, in one write: nobody watches the far past, and
   * what was said of it there is forgotten. False: its life is not that simple.
   */
  private settle(runtime: PodRuntime): boolean {
    if (!justRuns(this.behaviourOf(runtime))) return false;
    runtime.ip ??= this.address(runtime);
    if (runtime.ip === undefined) return false;
    settleContainers(this, runtime);
    this.report(runtime);
    return true;
  }

  /** Makes the sandbox: the CNI gives the pod its address, or the pod waits for one. */
  private connect(runtime: PodRuntime, attempt: number): void {
    runtime.ip ??= this.address(runtime);
    if (runtime.ip === undefined) {
      this.event(runtime, null, {
        type: 'Warning',
        reason: 'FailedCreatePodSandBox',
        message:
          'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox: ' +
          'plugin type="aws-cni" name="aws-cni" failed (add): add cmd: failed to assign an IP address to container',
      });
      const wait = isLongAgo(this.world) ? AGES : Math.min(60, 5 * 2 ** attempt);
      this.later(runtime, wait, () => this.connect(runtime, attempt + 1));
      return;
    }
    startContainers(this, runtime);
  }

  private address(runtime: PodRuntime): string | undefined {
    const { store, cluster, network } = this.world;
    const providerId = store.get('nodes', '', runtime.node)?.spec.providerID ?? '';
    const id = providerId.slice(providerId.lastIndexOf('/') + 1);
    const instance = cluster.instances.get(id);
    // A Fargate pod has the address of its own machine.
    return instance ? network.assignPodAddress(instance) : runtime.hostIp;
  }

  private refusePull(
    runtime: PodRuntime,
    container: Container,
    message: string,
    wait: number,
  ): void {
    const target = [...runtime.init, ...runtime.main].find((each) => each.spec === container);
    if (!target) return;
    const text = `failed to pull and unpack image "${container.image}": ${message}`;
    this.event(runtime, container, {
      reason: 'Pulling',
      message: `Pulling image "${container.image}"`,
    });
    this.event(runtime, container, {
      type: 'Warning',
      reason: 'Failed',
      message: `Failed to pull image "${container.image}": rpc error: code = NotFound desc = ${text}`,
    });
    this.event(runtime, container, {
      type: 'Warning',
      reason: 'Failed',
      message: 'Error: ErrImagePull',
    });
    target.state = {
      waiting: { reason: 'ErrImagePull', message: `rpc error: code = NotFound desc = ${text}` },
    };
    this.report(runtime);
    this.later(runtime, 4, () => {
      const backoff = `Back-off pulling image "${container.image}"`;
      this.event(runtime, container, { reason: 'BackOff', message: backoff });
      this.event(runtime, container, {
        type: 'Warning',
        reason: 'Failed',
        message: 'Error: ImagePullBackOff',
      });
      target.state = {
        waiting: {
          reason: 'ImagePullBackOff',
          message: `${backoff}: ErrImagePull: rpc error: code = NotFound desc = ${text}`,
        },
      };
      this.report(runtime);
      this.later(runtime, wait, () =>
        this.refusePull(runtime, container, message, Math.min(300, wait * 2)),
      );
    });
  }

  private terminate(pod: Pod): void {
    const runtime = this.runtimes.get(pod.metadata.uid);
    const { random } = this.world;
    const gone = (): void => this.letGo(pod);
    if (!runtime) {
      this.world.clock.after(500, gone);
      return;
    }
    for (const cancel of runtime.timers) cancel();
    runtime.timers.clear();
    for (const { state, spec } of runtime.main) {
      if (!state.running) continue;
      this.event(runtime, spec, { reason: 'Killing', message: `Stopping container ${spec.name}` });
    }
    const grace = pod.metadata.deletionGracePeriodSeconds ?? 30;
    this.later(runtime, Math.min(grace, random.between(1, 6)), () => {
      const stamp = this.world.clock.stamp();
      for (const each of [...runtime.init, ...runtime.main]) {
        each.ready = false;
        if (!each.state.running) continue;
        each.state = {
          terminated: {
            exitCode: 0,
            reason: 'Completed',
            startedAt: each.state.running.startedAt,
            finishedAt: stamp,
            containerID: each.id,
          },
        };
      }
      // Before it lets go of a pod the kubelet gives it a last phase; a job would take that for its own.
      if (controllerOf(pod)?.kind === 'Job') this.report(runtime);
      else this.finish(runtime, 'Succeeded');
      this.later(runtime, 0.6, gone);
    });
  }

  /** Asks for the deletion once more, now without grace: since 1.33 that moves the time which is told. */
  private letGo({ metadata: { namespace = '', name } }: Pod): void {
    const { store, clock } = this.world;
    const pod = store.get('pods', namespace, name);
    if (pod === undefined) return;
    if (!isLongAgo(this.world)) {
      const now = { deletionTimestamp: clock.stamp(), deletionGracePeriodSeconds: 0 };
      store.update('pods', { ...pod, metadata: { ...pod.metadata, ...now } });
    }
    store.remove('pods', namespace, name);
  }

  private forget(pod: Pod): void {
    const runtime = this.runtimes.get(pod.metadata.uid);
    if (!runtime) return;
    for (const cancel of runtime.timers) cancel();
    runtime.timers.clear();
    this.runtimes.delete(runtime.uid);
    this.ill.get(controllerOf(pod)?.uid ?? '')?.delete(runtime.uid);
    // A finished pod has given its address back already; another may have it now.
    if (runtime.ip && !isFinished(pod)) this.world.network.releasePodAddress(runtime.ip);
  }
}
