/** What keeps nodes from taking a pod, counted node by node: of very many nodes few are remembered. */
import type { NodeRow } from '../../rows.ts';
import { distance, type Shortage, type Verdict } from './node-verdict.ts';
import type { SchedulerReason } from './scheduler-says.ts';

/** How many nodes are named where there are many. */
export const NAMED = 4;
/** How many ways in which a taint or a selector keeps nodes away are told apart. */
const MOST_DETAILS = 200;

/** What reasons of the scheduler and verdicts are counted by. */
export const keyOf = ({ kind, resource }: Pick<SchedulerReason, 'kind' | 'resource'>): string =>
  kind === 'resource' ? resource : kind;

const keysOf = ({ kind, shortages }: Verdict): readonly string[] =>
  kind === 'resource' ? shortages.map(({ resource }) => resource) : [kind];

/** The nodes that one reason keeps away. */
export interface Kept {
  count: number;
  /** What it is by name, with how many nodes it keeps away. */
  readonly details: Map<string, number>;
  /** Whether all of them are Fargate's, which are made for one pod each. */
  isFargate: boolean;
  /** Of a resource: how many nodes offer none of it, and the most that one offers. */
  none: number;
  largest: number;
  /** Of a resource: the node that lacks least of all that it lacks. */
  nearest: Near | null;
}

/** A node that lacks something, and how far it is from taking the pod. */
interface Near {
  readonly node: NodeRow;
  readonly shortages: readonly Shortage[];
  readonly far: number;
}

/** Nodes that are kept away in the same way by something else than shortage. */
interface Alike {
  readonly kind: Verdict['kind'];
  readonly detail: string;
  /** The first of them. */
  readonly nodes: NodeRow[];
  count: number;
}

export class NodeTally {
  /** How many nodes were looked at. */
  nodes = 0;
  /** Whether it is known of all of them what runs on them. */
  isLoadKnown = true;
  /** How many are as its selector and affinity ask for, whatever else keeps them away. */
  meant = 0;
  /** What of these the others have not, with how many they are. */
  readonly misfits = new Map<string, number>();
  /** How many lack something, and those that lack least. */
  short = 0;
  readonly nearest: Near[] = [];
  readonly #kept = new Map<string, Kept>();
  readonly #alike = new Map<string, Alike>();

  /** What a reason keeps away, by {@link keyOf}; `open`: what nothing of what is looked at does. */
  get keys(): Iterable<string> {
    return this.#kept.keys();
  }

  get alike(): Iterable<Alike> {
    return this.#alike.values();
  }

  kept(key: string): Kept | null {
    return this.#kept.get(key) ?? null;
  }

  count(key: string): number {
    return this.#kept.get(key)?.count ?? 0;
  }

  add(verdict: Verdict): void {
    const { node, kind, detail, unmet } = verdict;
    this.nodes++;
    this.isLoadKnown &&= node.pods !== null;
    if (unmet === '') this.meant++;
    else if (this.misfits.has(unmet) || this.misfits.size < MOST_DETAILS) {
      this.misfits.set(unmet, (this.misfits.get(unmet) ?? 0) + 1);
    }
    for (const key of keysOf(verdict)) this.#keep(key, verdict);
    if (kind === 'resource') {
      this.#addShort(verdict);
      return;
    }
    const key = `${kind} ${detail}`;
    const alike = this.#alike.get(key) ?? { kind, detail, nodes: [], count: 0 };
    if (this.#alike.size < MOST_DETAILS) this.#alike.set(key, alike);
    alike.count++;
    if (alike.nodes.length < NAMED) alike.nodes.push(node);
  }

  #keep(key: string, { node, detail, shortages }: Verdict): void {
    const blank = { count: 0, isFargate: true, none: 0, largest: 0, nearest: null };
    const kept: Kept = this.#kept.get(key) ?? { ...blank, details: new Map() };
    this.#kept.set(key, kept);
    kept.count++;
    kept.isFargate &&= node.compute === 'fargate';
    const times = kept.details.get(detail) ?? 0;
    if (detail !== '' && (times > 0 || kept.details.size < MOST_DETAILS)) {
      kept.details.set(detail, times + 1);
    }
    const short = shortages.find(({ resource }) => resource === key);
    if (short === undefined) return;
    if (short.offered === 0) kept.none++;
    kept.largest = Math.max(kept.largest, short.offered);
    const far = distance(shortages);
    if (kept.nearest === null || far < kept.nearest.far) kept.nearest = { node, shortages, far };
  }

  #addShort({ node, shortages }: Verdict): void {
    this.short++;
    const far = distance(shortages);
    const last = this.nearest[NAMED - 1];
    if (last !== undefined && last.far <= far) return;
    this.nearest.push({ node, shortages, far });
    this.nearest.sort((a, b) => a.far - b.far);
    this.nearest.length = Math.min(this.nearest.length, NAMED);
  }
}
