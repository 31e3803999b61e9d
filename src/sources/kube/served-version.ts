import type { KindRef } from '../../domain/ref.ts';

/** A kind in the version in which a server has it: the newest of those that are read, until one is there. */
export class ServedVersion {
  readonly #versions: readonly KindRef[];
  #at = 0;

  constructor(kind: KindRef) {
    const { version, older = [] } = kind;
    this.#versions = [version, ...older].map((each) => ({ ...kind, version: each }));
  }

  /** The kind in the version that is asked for now. */
  get kind(): KindRef {
    // The cast: there is one for `version` at least, and no place beyond the last is turned to.
    return this.#versions[this.#at] as KindRef;
  }

  /** Turns to the next version. @returns false: the server has none of them; the newest is next */
  next(): boolean {
    this.#at = (this.#at + 1) % this.#versions.length;
    return this.#at !== 0;
  }
}
