/** Keys of namespaces: 1 to 9. */
const KEYS = 9;

/** Which namespaces the keys 1 to 9 stand for. A key keeps its namespace as long as that can be. */
export class NamespaceKeys {
  readonly #names: string[];
  /** Listed because there was room, not because the user wants them. */
  readonly #offered = new Set<string>();

  constructor(favorites: readonly string[]) {
    this.#names = favorites.slice(0, KEYS);
  }

  get names(): readonly string[] {
    return this.#names;
  }

  /** Those that the user wants. */
  get chosen(): readonly string[] {
    return this.#names.filter((name) => !this.#offered.has(name));
  }

  /** Fills keys that are free. */
  offer(namespaces: Iterable<string>): void {
    for (const name of namespaces) {
      if (this.#names.length >= KEYS) return;
      if (this.#names.includes(name)) continue;
      this.#names.push(name);
      this.#offered.add(name);
    }
  }

  /** The user went to a namespace: it gets a key, if need be of one that was only offered. */
  visit(namespace: string): void {
    if (namespace === '') return;
    if (this.#names.includes(namespace)) {
      this.#offered.delete(namespace);
      return;
    }
    if (this.#names.length < KEYS) {
      this.#names.push(namespace);
      return;
    }
    const last = this.#names.findLastIndex((name) => this.#offered.has(name));
    if (last < 0) return;
    this.#offered.delete(this.#names[last] ?? '');
    this.#names[last] = namespace;
  }
}
