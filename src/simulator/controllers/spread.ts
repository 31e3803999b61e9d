import { controllerOf } from '../world/objects.ts';
import type { KubeNode, Pod } from '../world/objects.ts';

const ZONE = 'topology.kubernetes.io/zone';

/** How many pods of each owner are on a node and in a zone: kept by bind and release. */
export class Spread {
  readonly #counts = new Map<string, Map<string, number>>();
  /** Also of nodes that are gone: their pods leave after them. */
  readonly #zones = new Map<string, string>();

  knows(node: KubeNode): void {
    this.#zones.set(node.metadata.name, node.metadata.labels?.[ZONE] ?? '');
  }

  take(pod: Pod, node: string, sign: 1 | -1): void {
    const owner = spreadOwner(pod);
    if (owner === null) return;
    const zone = this.#zones.get(node) ?? '';
    const counts = this.#counts.get(owner) ?? new Map<string, number>();
    this.#counts.set(owner, counts);
    for (const place of [node, zone]) {
      const count = (counts.get(place) ?? 0) + sign;
      if (count > 0) counts.set(place, count);
      else counts.delete(place);
    }
    if (counts.size === 0) this.#counts.delete(owner);
  }

  /** Of the pods that share this one's owner: by node and by zone. */
  of(pod: Pod): ReadonlyMap<string, number> {
    return this.#counts.get(spreadOwner(pod) ?? '') ?? NOWHERE;
  }
}

const NOWHERE: ReadonlyMap<string, number> = new Map();

/** Whose pods are kept apart; null: nobody's. */
export function spreadOwner(pod: Pod): string | null {
  const owner = controllerOf(pod);
  return !owner || owner.kind === 'DaemonSet' ? null : owner.uid;
}
