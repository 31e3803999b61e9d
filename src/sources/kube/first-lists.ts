import type { Stop } from '../../ports/sink.ts';

/**
 * The full lists that are under way: what can wait does not compete with them. A list that fails is
 * not waited for, however often it is tried again.
 */
export class FirstLists {
  #open = 0;
  readonly #waiting = new Set<() => void>();

  /** A list begins; to be called when it is whole, has failed or is not wanted any more. */
  begin(): Stop {
    this.#open++;
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      if (--this.#open === 0) this.#tell();
    };
  }

  /** Calls when none is under way: at the end of this turn at the earliest, as others may begin in it. */
  whenDone(then: () => void): Stop {
    this.#waiting.add(then);
    queueMicrotask(() => this.#tell());
    return () => void this.#waiting.delete(then);
  }

  #tell(): void {
    if (this.#open > 0) return;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const then of waiting) then();
  }
}
