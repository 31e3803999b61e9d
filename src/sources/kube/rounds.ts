/** What asking for a row costs in all (ms of CPU), from its bytes to its cells. */
const ROW_COST = 0.037;
/** The parts of a core that asking for all rows may cost, and for those on the screen besides. */
const SHARE = 0.008;
const LOOKED_SHARE = 0.005;
/** All are asked for at this part of their time already: rounds are spread by chance. */
const EARLY = 0.9;

/**
 * When all rows of a kind that is polled are asked for, and which of them in between: the more there
 * are, the less often all of them, but those that are looked at as often as ever.
 */
export class Rounds {
  readonly #interval: number;
  /** How often all are asked for (ms). */
  #whole: number;
  #wholeAt = -Infinity;
  /** Rows of each namespace, when all were asked for. */
  #sizes: ReadonlyMap<string, number> = new Map();

  /** @param interval how often what is looked at is asked for, and all where they are few (ms) */
  constructor(interval: number) {
    this.#interval = this.#whole = interval;
  }

  /** After how long rows may be expected to be new (ms). */
  get whole(): number {
    return this.#whole;
  }

  /** In words. */
  get told(): string {
    const all = `polled every ${Math.round(this.#whole / 1000)} s`;
    return this.#whole === this.#interval
      ? all
      : `${all}, what is on the screen every ${Math.round(this.#interval / 1000)} s`;
  }

  /** All rows were listed, so many of each namespace. */
  listed(sizes: ReadonlyMap<string, number>, now: number): void {
    let rows = 0;
    for (const size of sizes.values()) rows += size;
    this.#whole = Math.max(this.#interval, (rows * ROW_COST) / SHARE);
    this.#wholeAt = now;
    this.#sizes = sizes;
  }

  /** How long to wait for the next round (ms). */
  wait(now: number): number {
    return Math.max(0, Math.min(this.#interval, this.#wholeAt + this.#whole - now));
  }

  /** Which namespaces it is time to ask for: of those that are looked at as many as it may cost; null: all. */
  due(looked: readonly string[], now: number): readonly string[] | null {
    if (now >= this.#wholeAt + EARLY * this.#whole) return null;
    let room = (this.#interval * LOOKED_SHARE) / ROW_COST;
    return looked.filter((namespace) => {
      const size = this.#sizes.get(namespace) ?? 0;
      if (size === 0 || size > room) return false;
      room -= size;
      return true;
    });
  }
}
