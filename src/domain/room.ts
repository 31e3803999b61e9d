/** Whether nodes have room for more pods of one kind, as far as rows tell. */
import type { Toleration } from './toleration.ts';
import { hasEnded } from './workload-pods.ts';
import type { NodeRow, PodRow } from './rows.ts';

export type { Toleration };

/** What one pod needs. */
export interface PodNeeds {
  /** Cores and bytes requested. */
  readonly cpu: number;
  readonly memory: number;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
}

/** Why a node takes no (more) pods. */
export type Obstacle = 'unready' | 'selector' | 'taint' | 'cpu' | 'memory' | 'pods';

/** How many pods find room, and how many nodes take no more of them for which reason. */
export interface Room {
  readonly fits: number;
  readonly obstacles: ReadonlyMap<Obstacle, number>;
}

/** Sums of requests are not exact: what is missing by less is there. */
const TOLERANCE = 1e-6;

/** How many of `wanted` more such pods the nodes take beside the pods that they have. */
export function roomFor(
  needs: PodNeeds,
  wanted: number,
  nodes: Iterable<NodeRow>,
  pods: Iterable<PodRow>,
): Room {
  const used = usedBy(pods);
  const obstacles = new Map<Obstacle, number>();
  let fits = 0;
  for (const node of nodes) {
    // A node of Fargate is made for its one pod.
    if (node.gone > 0 || node.compute === 'fargate') continue;
    const { room, obstacle } = roomOn(node, needs, used.get(node.name) ?? NOTHING);
    fits += room;
    obstacles.set(obstacle, (obstacles.get(obstacle) ?? 0) + 1);
  }
  return { fits: Math.min(wanted, fits), obstacles };
}

interface Used {
  readonly cpu: number;
  readonly memory: number;
  readonly pods: number;
}

const NOTHING: Used = { cpu: 0, memory: 0, pods: 0 };

function usedBy(pods: Iterable<PodRow>): ReadonlyMap<string, Used> {
  const used = new Map<string, Used>();
  for (const pod of pods) {
    const { node, gone, cpuRequest, memoryRequest } = pod;
    if (node === '' || gone > 0 || hasEnded(pod)) continue;
    const before = used.get(node) ?? NOTHING;
    used.set(node, {
      cpu: before.cpu + cpuRequest,
      memory: before.memory + memoryRequest,
      pods: before.pods + 1,
    });
  }
  return used;
}

function roomOn(node: NodeRow, needs: PodNeeds, used: Used): { room: number; obstacle: Obstacle } {
  if (!node.isReady || node.cordoned) return { room: 0, obstacle: 'unready' };
  const selected = Object.entries(needs.nodeSelector).every(
    ([key, value]) => node.labels[key] === value,
  );
  if (!selected) return { room: 0, obstacle: 'selector' };
  if (!node.taints.every((taint) => isTolerated(taint, needs.tolerations)))
    return { room: 0, obstacle: 'taint' };
  const limits: readonly (readonly [Obstacle, number])[] = [
    ['cpu', times(node.cpuAllocatable - used.cpu, needs.cpu)],
    ['memory', times(node.memoryAllocatable - used.memory, needs.memory)],
    ['pods', times(node.podsAllocatable - used.pods, 1)],
  ];
  const [obstacle, room] = limits.reduce((least, each) => (each[1] < least[1] ? each : least));
  return { room, obstacle };
}

/** How many times `each` goes into what is free. */
function times(free: number, each: number): number {
  if (each <= 0) return Infinity;
  return Math.max(0, Math.floor((free / each) * (1 + TOLERANCE) + TOLERANCE));
}

/** Whether pods are only preferred elsewhere than on a node with that taint: it keeps none away. */
export const isPreference = (taint: string): boolean => taint.endsWith(':PreferNoSchedule');

/**
 * Whether a taint keeps no pod with these tolerations away.
 * @param taint `key=value:Effect`
 */
export function isTolerated(taint: string, tolerations: readonly Toleration[]): boolean {
  const colon = taint.lastIndexOf(':');
  const effect = taint.slice(colon + 1);
  if (isPreference(taint)) return true;
  const [key = '', value = ''] = taint.slice(0, colon).split('=', 2);
  return tolerations.some(
    (each) =>
      (each.effect === '' || each.effect === effect) &&
      (each.operator === 'Exists'
        ? each.key === '' || each.key === key
        : each.key === key && each.value === value),
  );
}
