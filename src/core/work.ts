/** Work that need not be done in one go: between two of its pieces something else may be done. */
export type Work<T> = Generator<void, T, void>;

/** Who does {@link Work}. */
export interface Worker {
  /** How much (rows looked at, items compared) a piece of work is: at most a few milliseconds. */
  readonly piece: number;
  /**
   * Does it, in this turn of the event loop or over several, and gives what came of it in the turn
   * in which it ends: who cannot wait does the rest of it, and of what is done there is none.
   * @returns what gives it up
   */
  run<T>(work: Work<T>, done: (result: T) => void): () => void;
}

/** What comes of the work, done to its end now. */
export function finished<T>(work: Work<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** Does everything in one go. */
export const AT_ONCE: Worker = {
  piece: Infinity,
  run(work, done) {
    done(finished(work));
    return () => undefined;
  },
};

/** Counts of how many pieces work was. */
export class Pieces {
  count = 0;

  *counted<T>(work: Work<T>): Work<T> {
    for (;;) {
      const step = work.next();
      if (step.done === true) return step.value;
      this.count++;
      yield;
    }
  }
}

/** Visits each item as it is now in the list, so many in a piece. */
export function* eachInPieces<T>(
  items: Iterable<T>,
  piece: number,
  visit: (item: T) => void,
): Work<void> {
  let due = piece;
  for (const item of [...items]) {
    visit(item);
    if (--due > 0) continue;
    due = piece;
    yield;
  }
}
