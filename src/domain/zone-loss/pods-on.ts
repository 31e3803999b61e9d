/** Where the pods are that a selector means: asked for by several zones and groups. */
import { eachInPieces, type Work } from '../../core/work.ts';
import type { NodeRow } from '../rows.ts';
import { selecting } from '../selector.ts';
import { hasEnded } from '../workload-pods.ts';
import { PIECE, type ZoneWorld } from './world.ts';

/** By node, how many of them stay there: those that are being deleted are there, and not counted. */
export type PodsByNode = ReadonlyMap<NodeRow, number>;

export class PodsOn {
  readonly #world: ZoneWorld;
  readonly #nodes: ReadonlyMap<string, NodeRow>;
  readonly #known = new Map<string, PodsByNode>();

  constructor(world: ZoneWorld) {
    this.#world = world;
    this.#nodes = new Map(world.nodes.map((node) => [node.name, node]));
  }

  *of(namespace: string, selector: string): Work<PodsByNode> {
    const key = `${namespace}/${selector}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const found = new Map<NodeRow, number>();
    const takes = selecting(selector);
    yield* eachInPieces(this.#world.pods, PIECE, (pod) => {
      if (pod.namespace !== namespace || hasEnded(pod) || !takes(pod.labels)) return;
      const node = this.#nodes.get(pod.node);
      if (node !== undefined) found.set(node, (found.get(node) ?? 0) + (pod.deleting > 0 ? 0 : 1));
    });
    this.#known.set(key, found);
    return found;
  }
}

/** The domain of a node by a label; empty where it is in none. */
export const domainOf = ({ labels, name }: NodeRow, key: string): string =>
  labels[key] ?? (key === 'kubernetes.io/hostname' ? name : '');
