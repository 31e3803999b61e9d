import type { KubeNode, Pod, PodSpec, Taint, Toleration } from '../world/objects.ts';
import { parseQuantity, requestOf } from '../world/quantity.ts';
import type { Request } from '../world/quantity.ts';

/** Whether one of the tolerations covers a taint. */
export function tolerates(tolerations: readonly Toleration[] = [], taint: Taint): boolean {
  return tolerations.some(
    (each) =>
      (!each.effect || each.effect === taint.effect) &&
      (!each.key || each.key === taint.key) &&
      (each.operator === 'Exists' || (each.value ?? '') === (taint.value ?? '')),
  );
}

/** Whether a node has the labels that the pod selects. */
export function matchesNode(spec: PodSpec, node: KubeNode): boolean {
  return Object.entries(spec.nodeSelector ?? {}).every(
    ([key, value]) => node.metadata.labels?.[key] === value,
  );
}

/** A daemon set's pod names its node in the affinity. */
export function pinnedNode(pod: Pod): string | undefined {
  const affinity = pod.spec['affinity'] as
    | {
        nodeAffinity?: {
          requiredDuringSchedulingIgnoredDuringExecution?: {
            nodeSelectorTerms: { matchFields?: { values: string[] }[] }[];
          };
        };
      }
    | undefined;
  return affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
    ?.nodeSelectorTerms[0]?.matchFields?.[0]?.values[0];
}

/** What is taken on a node: the scheduler's own book, kept by bind and release. */
export class Ledger {
  private readonly books = new Map<string, { cpu: number; memory: number; pods: number }>();

  take(node: string, pod: Pod, sign: 1 | -1): void {
    const book = this.books.get(node) ?? { cpu: 0, memory: 0, pods: 0 };
    const request = requestOf(pod.spec);
    book.cpu += sign * request.cpu;
    book.memory += sign * request.memory;
    book.pods += sign;
    this.books.set(node, book);
  }

  forget(node: string): void {
    this.books.delete(node);
  }

  taken(node: string): Request & { readonly pods: number } {
    return this.books.get(node) ?? { cpu: 0, memory: 0, pods: 0 };
  }
}

/** Why a node refuses a pod, in the scheduler's words; empty when it takes it. */
export function refusal(pod: Pod, node: KubeNode, ledger: Ledger): string[] {
  if (node.spec.unschedulable && !tolerates(pod.spec.tolerations, UNSCHEDULABLE)) {
    return ['node(s) were unschedulable'];
  }
  const taint = (node.spec.taints ?? []).find(
    (each) => each.effect !== 'PreferNoSchedule' && !tolerates(pod.spec.tolerations, each),
  );
  if (taint) {
    return [`node(s) had untolerated taint {${taint.key}: ${taint.value ?? ''}}`];
  }
  if (!matchesNode(pod.spec, node)) return ["node(s) didn't match Pod's node affinity/selector"];
  const wanted = requestOf(pod.spec);
  const taken = ledger.taken(node.metadata.name);
  const room = allocatableOf(node);
  const reasons: string[] = [];
  if (taken.pods + 1 > room.pods) reasons.push('Too many pods');
  if (taken.cpu + wanted.cpu > room.cpu + 1e-9) reasons.push('Insufficient cpu');
  if (taken.memory + wanted.memory > room.memory) reasons.push('Insufficient memory');
  return reasons;
}

const UNSCHEDULABLE: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };

const rooms = new WeakMap<object, Request & { readonly pods: number }>();

/** A node's allocatable as numbers. */
export function allocatableOf(node: KubeNode): Request & { readonly pods: number } {
  const { allocatable } = node.status;
  const known = rooms.get(allocatable);
  if (known) return known;
  const room = {
    cpu: parseQuantity(allocatable['cpu']),
    memory: parseQuantity(allocatable['memory']),
    pods: parseQuantity(allocatable['pods']),
  };
  rooms.set(allocatable, room);
  return room;
}

/**
 * The scheduler's sentence for a pod that fits nowhere:
 * `0/60 nodes are available: 3 node(s) had untolerated taint {…}, 57 Insufficient cpu. …`.
 */
export function unschedulableMessage(nodes: number, reasons: ReadonlyMap<string, number>): string {
  const parts = [...reasons].map(([reason, count]) => `${count} ${reason}`).sort();
  const preemptable = [...reasons]
    .filter(([reason]) => reason.startsWith('Insufficient') || reason === 'Too many pods')
    .reduce((sum, [, count]) => Math.max(sum, count), 0);
  const helpless = nodes - preemptable;
  const preemption = [
    ...(preemptable > 0 ? [`${preemptable} No preemption victims found for incoming pod`] : []),
    ...(helpless > 0 ? [`${helpless} Preemption is not helpful for scheduling`] : []),
  ];
  return (
    `0/${nodes} nodes are available: ${parts.join(', ')}. ` +
    `preemption: 0/${nodes} nodes are available: ${preemption.join(', ')}.`
  );
}
