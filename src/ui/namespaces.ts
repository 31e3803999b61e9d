/** Keys of namespaces: 1 to 9. */
const KEYS = 9;

/** Which namespaces the keys 1 to 9 stand for. A key keeps its namespace as long as that can be. */
export class NamespaceSlots {
  readonly #slots: string[];
  /** Listed because there was room, not because the user wants them. */
  readonly #offered = new Set<string>();

  constructor(favorites: readonly string[]) {
    this.#slots = favorites.slice(0, KEYS);
  }

  get slots(): readonly string[] {
    return this.#slots;
  }

  /** Those that the user wants. */
  get chosen(): readonly string[] {
    return this.#slots.filter((name) => !this.#offered.has(name));
  }

  /** Fills keys that are free. */
  offer(namespaces: Iterable<string>): void {
    for (const name of namespaces) {
      if (this.#slots.length >= KEYS) return;
      if (this.#slots.includes(name)) continue;
      this.#slots.push(name);
      this.#offered.add(name);
    }
  }

  /** The user went to a namespace: it gets a key, if need be of one that was only offered. */
  visit(namespace: string): void {
    if (namespace === '') return;
    if (this.#slots.includes(namespace)) {
      this.#offered.delete(namespace);
      return;
    }
    if (this.#slots.length < KEYS) {
      this.#slots.push(namespace);
      return;
    }
    const last = this.#slots.findLastIndex((name) => this.#offered.has(name));
    if (last < 0) return;
    this.#offered.delete(this.#slots[last] ?? '');
    this.#slots[last] = namespace;
  }
}
