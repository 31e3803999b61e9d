import { hash, noise } from '../random.ts';
import { controllerOf, isReady } from './objects.ts';
import type { Container, KubeNode, Pod } from './objects.ts';
import { parseQuantity } from './quantity.ts';
import type { World } from './world.ts';
import { appOf } from './world.ts';

/** Use of cores and bytes. */
export interface Usage {
  readonly cpu: number;
  readonly memory: number;
}

/**
 * What a container uses, now or at another moment (simulated ms) as it is now. An app's load is a wave
 * that all its ready pods share, so that more replicas relieve each other: that is what makes an HPA's
 * loop close.
 */
export function containerUsage(
  world: World,
  pod: Pod,
  container: Container,
  at = world.clock.now(),
): Usage {
  const steady = steadyOf(world, pod, container);
  if (steady === null) return { cpu: 0, memory: 0 };
  const { seed, cpu, memory, limit, oom } = steady;
  const seconds = at / 1000;
  const jitter = 0.9 + 0.2 * noise(seed, Math.floor(seconds / 15));
  if (!steady.isMain)
    return { cpu: cpu * 0.12 * jitter, memory: memory * 0.45 * (0.95 + 0.1 * noise(seed, 1)) };
  const { load } = world.profileOf(pod);
  const wave = waveOf(steady.phase, seconds, load.period, load.swing);
  const share =
    load.replicas === undefined ? 1 : load.replicas / Math.max(1, readySiblings(world, pod));
  const used = cpu * load.cpu * wave * share * jitter;
  return {
    cpu: limit > 0 ? Math.min(used, limit) : used,
    memory: memoryOf(
      memory * load.memory * (0.92 + 0.16 * noise(seed, 2)),
      oom && { ...oom, age: (wallTime(world, at) - oom.since) / 1000 },
      0.99 + 0.02 * noise(seed, Math.floor(seconds / 30)),
    ),
  };
}

/** What of the use of a container is so at every moment, as long as nothing is written to its pod. */
interface Steady {
  readonly seed: number;
  readonly isMain: boolean;
  /** What it requests: cores and bytes, and the most cores that it may have; 0: any. */
  readonly cpu: number;
  readonly memory: number;
  readonly limit: number;
  /** Where in its wave its app is, in [0, 1). */
  readonly phase: number;
  /** It is killed again and again for the memory it takes: limit (bytes), since when (wall ms), and how long that takes (s). */
  readonly oom:
    { readonly limit: number; readonly since: number; readonly span: number } | undefined;
}

/** By the pods as they were last written: charts ask about each at hundreds of moments. */
const reckoned = new WeakMap<Pod, Map<string, Steady | null>>();

/** null: it does not run. */
function steadyOf(world: World, pod: Pod, container: Container): Steady | null {
  const known = reckoned.get(pod) ?? new Map<string, Steady | null>();
  reckoned.set(pod, known);
  const found = known.get(container.name);
  if (found !== undefined) return found;
  const steady = reckon(world, pod, container);
  known.set(container.name, steady);
  return steady;
}

function reckon(world: World, pod: Pod, { name, resources }: Container): Steady | null {
  const status = pod.status.containerStatuses?.find((each) => each.name === name);
  const since = status?.state.running?.startedAt;
  if (since === undefined) return null;
  const { crash } = world.profileOf(pod).behaviour;
  const leaks = crash?.reason === 'OOMKilled' && status?.restartCount;
  return {
    seed: hash(`${pod.metadata.uid}/${name}`),
    isMain: name === pod.spec.containers[0]?.name,
    cpu: parseQuantity(resources?.requests?.['cpu']) || 0.02,
    memory: parseQuantity(resources?.requests?.['memory']) || 48 * 1024 ** 2,
    limit: parseQuantity(resources?.limits?.['cpu']),
    phase: (hash(appOf(pod)) >>> 0) / 2 ** 32,
    oom: leaks
      ? {
          limit: parseQuantity(resources?.limits?.['memory']),
          since: Date.parse(since),
          span: crash.after[0],
        }
      : undefined,
  };
}

/** What all containers of a pod use, likewise. */
export function podUsage(world: World, pod: Pod, at = world.clock.now()): Usage {
  let cpu = 0;
  let memory = 0;
  for (const container of pod.spec.containers) {
    const usage = containerUsage(world, pod, container, at);
    cpu += usage.cpu;
    memory += usage.memory;
  }
  return { cpu, memory };
}

/** What a node uses, likewise: the pods that are on it now, and the system beneath them. */
export function nodeUsage(world: World, node: KubeNode, at = world.clock.now()): Usage {
  let cpu = 0.06 + 0.03 * noise(hash(node.metadata.name), Math.floor(at / 15_000));
  let memory = 620 * 1024 ** 2;
  for (const pod of world.store.podsOn(node.metadata.name)) {
    const usage = podUsage(world, pod, at);
    cpu += usage.cpu;
    memory += usage.memory;
  }
  return { cpu, memory };
}

/** A moment of wall time (ms) as the world lives through it. */
export function simulatedTime({ clock: { epoch, speed } }: World, at: number): number {
  return at <= epoch ? at : epoch + (at - epoch) * speed;
}

const wallTime = ({ clock: { epoch, speed } }: World, at: number): number =>
  at <= epoch ? at : epoch + (at - epoch) / speed;

function waveOf(phase: number, seconds: number, period: number, swing: number): number {
  const slow = Math.sin(2 * Math.PI * (seconds / period + phase));
  const quick = Math.sin(2 * Math.PI * (seconds / (period * 0.23) + phase * 3));
  return Math.max(0.05, 1 + swing * (0.85 * slow + 0.15 * quick));
}

const counted = new WeakMap<World, { version: number; ready: Map<string, number> }>();

function readySiblings(world: World, pod: Pod): number {
  const owner = controllerOf(pod)?.uid;
  if (owner === undefined) return 1;
  let cache = counted.get(world);
  // One answer serves all siblings until something is written.
  if (cache?.version !== world.store.resourceVersion) {
    cache = { version: world.store.resourceVersion, ready: new Map() };
    counted.set(world, cache);
  }
  const known = cache.ready.get(owner);
  if (known !== undefined) return known;
  const ready = world.store.ownedBy('pods', owner).filter(isReady).length;
  cache.ready.set(owner, ready);
  return ready;
}

/** Level, or climbing towards the limit where the container will be killed for it. */
function memoryOf(
  level: number,
  leak: { limit: number; age: number; span: number } | undefined,
  jitter: number,
): number {
  if (!leak) return level * jitter;
  // Before the last restart there were others.
  const age = leak.age < 0 ? leak.span + (leak.age % leak.span) : leak.age;
  const full = Math.min(1, age / leak.span);
  return level + (leak.limit * 0.98 - level) * full ** 2;
}
