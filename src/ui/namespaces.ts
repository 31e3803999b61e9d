/** Keys of namespaces: 1 to 9. */
const KEYS = 9;

/** A key that no namespace has. */
const FREE = '';

/** Which namespaces the keys 1 to 9 stand for. A key keeps its namespace as long as that can be. */
export class NamespaceKeys {
  readonly #names: string[];
  /** Listed because there was room, not because the user wants them. */
  readonly #offered = new Set<string>();

  /** @param kept what was {@link chosen} in an earlier run: each has its key again where that is free */
  constructor(favorites: readonly string[], kept: readonly string[] = []) {
    this.#names = favorites.slice(0, KEYS);
    for (const [i, name] of kept.slice(0, KEYS).entries()) {
      if (name === FREE || this.#names.includes(name)) continue;
      while (this.#names.length < i) this.#names.push(FREE);
      if (i >= this.#names.length) this.#names.push(name);
      else this.#give(name);
    }
  }

  /** By key, from 1 on; empty: no namespace has it. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** Those that the user wants, by key; empty: it has none of these. */
  get chosen(): readonly string[] {
    const names = this.#names.map((name) => (this.#offered.has(name) ? FREE : name));
    return names.slice(0, names.findLastIndex((name) => name !== FREE) + 1);
  }

  /** Fills keys that are free. */
  offer(namespaces: Iterable<string>): void {
    for (const name of namespaces) {
      if (this.#names.includes(name)) continue;
      if (!this.#give(name)) return;
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
    if (this.#give(namespace)) return;
    const last = this.#names.findLastIndex((name) => this.#offered.has(name));
    if (last < 0) return;
    this.#offered.delete(this.#names[last] ?? '');
    this.#names[last] = namespace;
  }

  /** Gives a namespace the first key that is free; false: none is. */
  #give(name: string): boolean {
    const free = this.#names.indexOf(FREE);
    const at = free < 0 ? this.#names.length : free;
    if (at >= KEYS) return false;
    this.#names[at] = name;
    return true;
  }
}
