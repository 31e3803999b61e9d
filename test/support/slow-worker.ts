import type { Work, Worker } from '../../src/core/work.ts';

/** A worker that does a step when it is told to, and never ends anything by itself. */
export class SlowWorker implements Worker {
  readonly piece = 2;
  readonly #steps: (() => void)[] = [];

  run<T>(work: Work<T>, done: (result: T) => void): () => void {
    let stopped = false;
    const step = (): void => {
      if (stopped) return;
      const { done: ended, value } = work.next();
      if (ended === true) done(value);
      else this.#steps.push(step);
    };
    step();
    return () => {
      stopped = true;
    };
  }

  /** Does the next step of each work. */
  step(): void {
    for (const step of this.#steps.splice(0)) step();
  }
}
