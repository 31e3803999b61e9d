/**
 * Topology spread as the scheduler reckons it: a domain may have so many pods more than the one that
 * has fewest. Of constraints that may be passed over (ScheduleAnyway) nothing stays pending.
 */
import { eachInPieces, type Work } from '../../core/work.ts';
import type { NodeRow, WorkloadRow } from '../rows.ts';
import { selecting } from '../selector.ts';
import { ZONE_LABELS } from '../zones.ts';
import type { Group } from './groups.ts';
import { domainOf, type PodsOn } from './pods-on.ts';
import { isChosen } from './spread.ts';
import { PIECE } from './world.ts';

type Spread = WorkloadRow['placement']['spread'][number];

/** What domains are called: `zones`, `nodes`, or by their label. */
const called = ({ key }: Spread): string =>
  ZONE_LABELS.includes(key) ? 'zones' : key === 'kubernetes.io/hostname' ? 'nodes' : key;

/** One hard constraint of a group, and how many of its pods there are in each domain. */
export class SpreadCount {
  readonly #spread: Spread;
  /** The pods that come are counted themselves. */
  readonly #isOwn: boolean;
  readonly #counts: Map<string, number>;

  constructor(spread: Spread, isOwn: boolean, counts: Map<string, number>) {
    this.#spread = spread;
    this.#isOwn = isOwn;
    this.#counts = counts;
  }

  /** `its spread over zones (maxSkew 1)`, for a sentence. */
  get words(): string {
    return `its spread over ${called(this.#spread)} (maxSkew ${this.#spread.maxSkew})`;
  }

  /** Whether one more pod may be on a node. */
  takes(node: NodeRow): boolean {
    const { key, maxSkew, minDomains } = this.#spread;
    const here = this.#counts.get(domainOf(node, key));
    // A node without the label, or that the template does not ask for, is in no domain.
    if (here === undefined) return false;
    const least = this.#counts.size < minDomains ? 0 : Math.min(...this.#counts.values());
    return here + (this.#isOwn ? 1 : 0) - least <= maxSkew;
  }

  placed(node: NodeRow): void {
    const domain = domainOf(node, this.#spread.key);
    const here = this.#counts.get(domain);
    if (this.#isOwn && here !== undefined) this.#counts.set(domain, here + 1);
  }

  /**
   * How many pods it lets start while nodes of a lost zone are still listed: the zone counts as one
   * without a pod then, for tainted nodes are domains all the same; null: as many as else.
   */
  get whileListed(): number | null {
    const { key, honorsTaints, maxSkew } = this.#spread;
    if (!ZONE_LABELS.includes(key) || honorsTaints || !this.#isOwn) return null;
    return [...this.#counts.values()].reduce((sum, each) => sum + Math.max(0, maxSkew - each), 0);
  }
}

/** The hard constraints of groups, over the nodes that stay when a zone is lost. */
export class Spreads {
  readonly #nodes: ReadonlySet<NodeRow>;
  readonly #podsOn: PodsOn;
  readonly #domains = new Map<string, ReadonlySet<string>>();

  /** @param nodes those that stay */
  constructor(nodes: readonly NodeRow[], podsOn: PodsOn) {
    this.#nodes = new Set(nodes);
    this.#podsOn = podsOn;
  }

  *of(group: Group): Work<readonly SpreadCount[]> {
    const counts: SpreadCount[] = [];
    for (const spread of group.placement?.spread ?? []) {
      const { hard, selector } = spread;
      if (hard && selector !== null) counts.push(yield* this.#count(group, spread, selector));
    }
    return counts;
  }

  *#count(group: Group, spread: Spread, selector: string): Work<SpreadCount> {
    const domains = yield* this.#domainsOf(group, spread.key);
    const counts = new Map([...domains].map((domain) => [domain, 0]));
    const pods = yield* this.#podsOn.of(group.namespace, selector);
    for (const [node, count] of pods) {
      const domain = domainOf(node, spread.key);
      const known = counts.get(domain);
      if (known !== undefined && this.#nodes.has(node)) counts.set(domain, known + count);
    }
    return new SpreadCount(spread, selecting(selector)(group.first.labels), counts);
  }

  /** The domains of the nodes that a group asks for; taints do not matter. */
  *#domainsOf({ where, placement }: Group, key: string): Work<ReadonlySet<string>> {
    const known = this.#domains.get(`${where} ${key}`);
    if (known !== undefined) return known;
    const domains = new Set<string>();
    yield* eachInPieces(this.#nodes, PIECE, (node) => {
      const domain = domainOf(node, key);
      if (domain !== '' && (placement === null || isChosen(node, placement))) domains.add(domain);
    });
    this.#domains.set(`${where} ${key}`, domains);
    return domains;
  }
}
