/**
 * What is free on the nodes of the zones that stay, and how pods take it: each on the first node that
 * takes it by requests, pod slots, node selectors, zones of volumes, taints, and what its template
 * requires of pods beside it: affinity, and topology spread.
 */
import { eachInPieces, type Work } from '../../core/work.ts';
import { isTolerated } from '../room.ts';
import type { NodeRow, PodRow } from '../rows.ts';
import { selecting } from '../selector.ts';
import { hasEnded } from '../workload-pods.ts';
import type { Group } from './groups.ts';
import { domainOf, type PodsOn } from './pods-on.ts';
import { isChosen } from './spread.ts';
import type { SpreadCount } from './spread-count.ts';
import { PIECE, type ZoneWorld } from './world.ts';

/** What pods request together. */
interface Sums {
  cpu: number;
  memory: number;
  slots: number;
}

interface Free extends Sums {
  readonly node: NodeRow;
}

/** Sums of requests are not exact: what is missing by less is there. */
const TOLERANCE = 1e-6;

/** What pods request on each node. */
export function* requestedOn({ pods }: ZoneWorld): Work<ReadonlyMap<string, Sums>> {
  const used = new Map<string, Sums>();
  yield* eachInPieces(pods, PIECE, (pod) => {
    if (pod.node === '' || hasEnded(pod)) return;
    const on = used.get(pod.node) ?? { cpu: 0, memory: 0, slots: 0 };
    used.set(pod.node, on);
    on.cpu += pod.cpuRequest;
    on.memory += pod.memoryRequest;
    on.slots++;
  });
  return used;
}

/** What is required of the pods beside one: where such are, by domain. */
interface Bond {
  readonly key: string;
  /** Not with them; else only with them. */
  readonly apart: boolean;
  /** The pod is such a one itself. */
  readonly isOwn: boolean;
  readonly domains: Set<string>;
}

/** What a pod asks of the pods beside it. */
interface Terms {
  readonly bonds: readonly Bond[];
  readonly spreads: readonly SpreadCount[];
}

/** The room of some nodes, taken up as pods are placed. */
export class Room {
  readonly sums: Sums = { cpu: 0, memory: 0, slots: 0 };
  /** How many nodes were looked at since it was last set to zero. */
  looks = 0;
  readonly #free: Free[] = [];
  readonly #allowed = new Map<string, readonly Free[]>();
  /** Where to look next for pods that are alike: nodes before are too full, and stay so. */
  readonly #next = new Map<string, number>();

  /** What is free on nodes that take pods; one of Fargate is for its pod alone. */
  static *of(nodes: readonly NodeRow[], used: ReadonlyMap<string, Sums>): Work<Room> {
    const room = new Room();
    yield* eachInPieces(nodes, PIECE, (node) => {
      if (!node.isReady || node.cordoned || node.compute === 'fargate') return;
      const taken = used.get(node.name) ?? { cpu: 0, memory: 0, slots: 0 };
      const free: Free = {
        node,
        cpu: Math.max(0, node.cpuAllocatable - taken.cpu),
        memory: Math.max(0, node.memoryAllocatable - taken.memory),
        slots: Math.max(0, node.podsAllocatable - taken.slots),
      };
      room.#free.push(free);
      room.sums.cpu += free.cpu;
      room.sums.memory += free.memory;
      room.sums.slots += free.slots;
    });
    return room;
  }

  /** The nodes that pods of a group may run on. */
  *allowed({ where, placement }: Group): Work<readonly Free[]> {
    const known = this.#allowed.get(where);
    if (known !== undefined) return known;
    const allowed: Free[] = [];
    yield* eachInPieces(this.#free, PIECE, (free) => {
      const { node } = free;
      if (placement !== null && !isChosen(node, placement)) return;
      const tolerations = placement?.tolerations ?? [];
      if (node.taints.every((taint) => isTolerated(taint, tolerations))) allowed.push(free);
    });
    this.#allowed.set(where, allowed);
    return allowed;
  }

  /**
   * Puts a pod of a group on the first node that takes it; why none does, or empty.
   * @param pins lists of zones, in each of which the node must be
   */
  place(
    { where }: Group,
    pod: PodRow,
    allowed: readonly Free[],
    pins: readonly (readonly string[])[],
    { bonds, spreads }: Terms,
  ): string {
    const { cpuRequest, memoryRequest } = pod;
    // What others forbid changes with each that is placed.
    const isBound = bonds.length > 0 || spreads.length > 0;
    const key = isBound ? '' : `${where} ${cpuRequest} ${memoryRequest} ${pins.join(';')}`;
    const from = key === '' ? 0 : (this.#next.get(key) ?? 0);
    let mayRun = from > 0;
    let forbidden = '';
    for (let i = from; i < allowed.length; i++) {
      const on = allowed[i];
      this.looks++;
      if (on === undefined || !pins.every((zones) => zones.includes(on.node.zone))) continue;
      mayRun = true;
      if (on.slots < 1 || on.cpu + TOLERANCE < cpuRequest) continue;
      if (on.memory * (1 + TOLERANCE) + TOLERANCE < memoryRequest) continue;
      const against = bonds.every((bond) => isKept(bond, on.node))
        ? (spreads.find((spread) => !spread.takes(on.node))?.words ?? '')
        : 'its (anti-)affinity to other pods';
      if (against !== '') {
        forbidden ||= against;
        continue;
      }
      on.cpu -= cpuRequest;
      on.memory -= memoryRequest;
      on.slots--;
      for (const { isOwn, domains, key: of } of bonds)
        if (isOwn) domains.add(domainOf(on.node, of));
      for (const spread of spreads) spread.placed(on.node);
      if (key !== '') this.#next.set(key, i);
      return '';
    }
    if (key !== '' && mayRun) this.#next.set(key, allowed.length);
    if (forbidden !== '') return `${forbidden} forbids the nodes with room`;
    return mayRun ? 'no node elsewhere has room for it' : 'no node elsewhere that it may run on';
  }
}

function isKept({ key, apart, isOwn, domains }: Bond, node: NodeRow): boolean {
  const domain = domainOf(node, key);
  if (apart) return domain === '' || !domains.has(domain);
  // The first of pods that want to be together may be anywhere.
  return domain !== '' && (domains.has(domain) || (isOwn && domains.size === 0));
}

/** Finds what a group requires of pods beside it, and where such pods are outside a zone. */
export function* bondsOf(
  { placement, namespace, first }: Group,
  zone: string,
  podsOn: PodsOn,
): Work<readonly Bond[]> {
  const bonds: Bond[] = [];
  for (const { key, selector, apart } of placement?.bonds ?? []) {
    const nodes = yield* podsOn.of(namespace, selector);
    const left = [...nodes.keys()].filter((node) => node.zone !== zone);
    const domains = new Set(left.map((node) => domainOf(node, key)));
    bonds.push({ key, apart, isOwn: selecting(selector)(first.labels), domains });
  }
  return bonds;
}
