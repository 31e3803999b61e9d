/** Suggestions of paths for the prompt: what a folder has is asked for behind, a key never waits for it. */
export class PathWords {
  readonly #complete: (typed: string) => Promise<readonly string[]>;
  readonly #changed: () => void;
  /** What was asked for last; a folder may have changed since. */
  #asked = '';
  #found: readonly string[] = [];

  /**
   * @param complete paths that begin so; absent: there are none to be had
   * @param changed is told when something was found
   */
  constructor(
    complete: ((typed: string) => Promise<readonly string[]>) | undefined,
    changed: () => void,
  ) {
    this.#complete = complete ?? (() => Promise.resolve([]));
    this.#changed = changed;
  }

  /** Paths that begin so, as far as they are known by now. */
  of(typed: string): readonly string[] {
    if (typed !== this.#asked) {
      this.#asked = typed;
      void this.#complete(typed).then((found) => {
        if (typed !== this.#asked) return;
        this.#found = found;
        this.#changed();
      });
    }
    return this.#found.filter((path) => path.startsWith(typed));
  }
}
