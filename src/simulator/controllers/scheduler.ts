import { isFinished } from '../world/objects.ts';
import type { KubeNode, Labels, Pod } from '../world/objects.ts';
import { isLongAgo } from '../world/past.ts';
import { latency } from '../world/workqueue.ts';
import type { World } from '../world/world.ts';
import { claimsOf, volumeZone } from './claims.ts';
import { allocatableOf, Ledger, pinnedNode, refusal, unschedulableMessage } from './placement.ts';
import { Spread, spreadOwner } from './spread.ts';

const REGION = 'topology.kubernetes.io/region';
const ZONE = 'topology.kubernetes.io/zone';

/** Of so many nodes all are looked at; of more, as kube-scheduler does, only some that fit. */
const FEW = 100;
const ENOUGH = 32;
/** In the far past nobody sees how well pods are spread by that. */
const ENOUGH_THEN = 8;

/** The nodes in a ring: each pod is tried from where the one before it was placed. */
class NodeRing {
  readonly #world: World;
  #nodes: readonly KubeNode[] | null = null;
  #next = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Nodes came, left or changed. */
  changed(): void {
    this.#nodes = null;
  }

  /** How many that fit are enough. */
  get enough(): number {
    if (this.#all.length <= FEW) return Infinity;
    return isLongAgo(this.#world) ? ENOUGH_THEN : ENOUGH;
  }

  get #all(): readonly KubeNode[] {
    this.#nodes ??= [...this.#world.store.values('nodes')];
    return this.#nodes;
  }

  /** All nodes, each once. Where there are few, always in the same order. */
  *round(): Generator<KubeNode> {
    const nodes = this.#all;
    const { length } = nodes;
    const start = length > FEW ? this.#next % length : 0;
    for (let i = 0; i < length; i++) {
      this.#next = start + i + 1;
      const node = nodes[(start + i) % length];
      if (node !== undefined) yield node;
    }
  }
}

/** Binds pods to nodes: filter, then prefer the zone and node with the fewest siblings and most room. */
export function startScheduler(world: World): void {
  const { store, clock } = world;
  const ledger = new Ledger();
  const spread = new Spread();
  const nodes = new NodeRing(world);
  /** What was said of a pod that no node took: as long as nothing changes it holds for all of its owner. */
  const hopeless = new Map<string, string>();
  const books: Books = { ledger, spread, nodes, hopeless };
  /** Pods that no node took: tried again when something changes, they hold up nobody else. */
  const unschedulable = new Set<string>();
  const attempt = (key: string): void => {
    const [namespace = '', name = ''] = key.split('/');
    const pod = store.get('pods', namespace, name);
    const waits = pod && !pod.spec.nodeName && !pod.metadata.deletionTimestamp;
    if (waits && !schedule(world, pod, books)) unschedulable.add(key);
    else unschedulable.delete(key);
  };
  let retrying = false;
  const retry = (delay: number): void => {
    if (retrying || unschedulable.size === 0) return;
    retrying = true;
    clock.after(latency(world, delay), () => {
      retrying = false;
      for (const key of [...unschedulable]) attempt(key);
    });
  };

  store.subscribe('pods', ({ type, object, previous }) => {
    const holds = (pod: Pod | null): string | undefined =>
      pod && !isFinished(pod) ? pod.spec.nodeName : undefined;
    const left = previous?.spec.nodeName;
    const came = type === 'DELETED' ? undefined : object.spec.nodeName;
    if (left !== came) {
      if (previous && left) spread.take(previous, left, -1);
      if (came) spread.take(object, came, 1);
    }
    const before = type === 'ADDED' ? undefined : holds(previous);
    const after = type === 'DELETED' ? undefined : holds(object);
    if (before !== after) {
      if (before && previous) ledger.take(before, previous, -1);
      if (after) ledger.take(after, object, 1);
      // Room has appeared somewhere.
      if (before) {
        hopeless.clear();
        retry(5000);
      }
    }
    if (type === 'ADDED' && !object.spec.nodeName) {
      if (object.spec.schedulerName === 'fargate-scheduler') return;
      const key = `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
      clock.after(20, () => attempt(key));
    }
  });
  store.subscribe('nodes', ({ type, object, previous }) => {
    nodes.changed();
    hopeless.clear();
    spread.knows(object);
    if (type === 'DELETED') ledger.forget(object.metadata.name);
    else if (object.spec !== previous?.spec) retry(200);
  });
}

/** What the scheduler keeps to place pods by. */
interface Books {
  readonly ledger: Ledger;
  readonly spread: Spread;
  readonly nodes: NodeRing;
  readonly hopeless: Map<string, string>;
}

/** Tries to place a pod; writes why not where no node takes it. */
function schedule(world: World, pod: Pod, books: Books): boolean {
  const { ledger, spread, nodes, hopeless } = books;
  const pinned = pinnedNode(pod);
  if (pinned !== undefined) return schedulePinned(world, pod, ledger, pinned);
  const owner = spreadOwner(pod) ?? '';
  const zone = volumeZone(world, pod);
  // What keeps one pod of a set away, its own volume, keeps no other away.
  const known = zone === '' ? hopeless.get(owner) : undefined;
  if (known !== undefined) {
    tellUnschedulable(world, pod, known);
    return false;
  }
  let best: KubeNode | undefined;
  let bestScore = -Infinity;
  let { enough } = nodes;
  const refusals: (readonly string[])[] = [];
  const siblings = spread.of(pod);
  for (const node of nodes.round()) {
    const refused = elsewhere(node, pod, zone) ? CONFLICT : refusal(pod, node, ledger);
    refusals.push(refused);
    if (refused.length > 0) continue;
    const score = scoreOf(node, ledger, siblings);
    if (score > bestScore) {
      best = node;
      bestScore = score;
    }
    if (--enough === 0) break;
  }
  if (best) {
    bind(world, pod, best.metadata.name);
    return true;
  }
  const reasons = new Map<string, number>();
  for (const reason of refusals.flat()) bump(reasons, reason);
  const message = unschedulableMessage(refusals.length, reasons);
  if (owner !== '' && zone === '') hopeless.set(owner, message);
  tellUnschedulable(world, pod, message);
  return false;
}

const CONFLICT: readonly string[] = ['node(s) had volume node affinity conflict'];

/** Volumes of the driver of one's own know no node of Auto Mode, which has another. */
const elsewhere = ({ metadata: { labels } }: KubeNode, pod: Pod, zone: string): boolean =>
  (zone !== '' && labels?.[ZONE] !== zone) ||
  (labels?.['eks.amazonaws.com/compute-type'] === 'auto' && claimsOf(pod).length > 0);

/** A daemon set's pod fits on its node or nowhere. */
function schedulePinned(world: World, pod: Pod, ledger: Ledger, name: string): boolean {
  const node = world.store.get('nodes', '', name);
  const refused = node ? refusal(pod, node, ledger) : [];
  if (node && refused.length === 0) {
    bind(world, pod, name);
    return true;
  }
  const count = world.store.count('nodes');
  const reasons = new Map(refused.map((reason) => [reason, 1]));
  const others = node ? count - 1 : count;
  if (others > 0) reasons.set("node(s) didn't match Pod's node affinity/selector", others);
  tellUnschedulable(world, pod, unschedulableMessage(count, reasons));
  return false;
}

function scoreOf(node: KubeNode, ledger: Ledger, siblings: ReadonlyMap<string, number>): number {
  const room = allocatableOf(node);
  const taken = ledger.taken(node.metadata.name);
  const free = 1 - taken.cpu / room.cpu + (1 - taken.memory / room.memory);
  const onNode = siblings.get(node.metadata.name) ?? 0;
  const inZone = siblings.get(node.metadata.labels?.[ZONE] ?? '') ?? 0;
  return free - 3 * onNode - 1.5 * inZone;
}

/** Gives a pod its node, as the scheduler's binding does. */
export function bind(world: World, pod: Pod, node: string, component = 'default-scheduler'): void {
  const { namespace = '', name, labels } = pod.metadata;
  world.store.update('pods', {
    ...pod,
    metadata: { ...pod.metadata, labels: { ...labels, ...topologyLabels(world, node) } },
    spec: { ...pod.spec, nodeName: node },
    status: {
      ...pod.status,
      conditions: [
        {
          type: 'PodScheduled',
          status: 'True',
          lastProbeTime: null,
          lastTransitionTime: world.clock.stamp(),
        },
      ],
    },
  });
  world.recorder.record('pods', pod, {
    reason: 'Scheduled',
    message: `Successfully assigned ${namespace}/${name} to ${node}`,
    component,
    action: 'Binding',
  });
}

/** Since 1.35 a bound pod carries the zone and region of its node. */
function topologyLabels(world: World, name: string): Labels {
  const labels = world.store.get('nodes', '', name)?.metadata.labels;
  const [zone, region] = [labels?.[ZONE], labels?.[REGION]];
  if (Number(world.cluster.version.slice(2)) < 35 || !zone || !region) return {};
  return { [REGION]: region, [ZONE]: zone };
}

function tellUnschedulable(world: World, pod: Pod, message: string): void {
  world.recorder.record('pods', pod, {
    type: 'Warning',
    reason: 'FailedScheduling',
    message,
    component: 'default-scheduler',
    action: 'Scheduling',
  });
  const before = pod.status.conditions?.[0];
  if (before?.message === message) return;
  world.store.update('pods', {
    ...pod,
    status: {
      ...pod.status,
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          lastProbeTime: null,
          lastTransitionTime: before?.lastTransitionTime ?? world.clock.stamp(),
          reason: 'Unschedulable',
          message,
        },
      ],
    },
  });
}

function bump(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
