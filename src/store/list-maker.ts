import { finished, type Work, type Worker } from '../core/work.ts';
import type { RowPlace } from './view-source.ts';

/** Something that is being made. */
interface Making<Row> {
  readonly touched: Set<RowPlace<Row>>;
  /** Makes the rest of it now. */
  finish: () => void;
  stop: () => void;
}

/** Makes the next list of a view, the one that was asked for last, and knows what it has missed. */
export class ListMaker<Row> {
  readonly #worker: Worker;
  #making: Making<Row> | null = null;

  constructor(worker: Worker) {
    this.#worker = worker;
  }

  /**
   * Begins, in place of what was begun before.
   * @param done gets what was made, and the places that changed meanwhile
   */
  begin<T>(work: Work<T>, done: (made: T, touched: ReadonlySet<RowPlace<Row>>) => void): void {
    this.giveUp();
    const touched = new Set<RowPlace<Row>>();
    const end = (made: T): void => {
      this.#making = null;
      done(made, touched);
    };
    const making: Making<Row> = {
      touched,
      finish: () => end(finished(work)),
      stop: () => undefined,
    };
    this.#making = making;
    making.stop = this.#worker.run(work, end);
  }

  /** These places change while it may have passed them. */
  touch(places: readonly RowPlace<Row>[]): void {
    if (this.#making === null) return;
    for (const place of places) this.#making.touched.add(place);
  }

  /** Ends now what was begun. */
  finish(): void {
    const making = this.#making;
    if (making === null) return;
    making.stop();
    making.finish();
  }

  giveUp(): void {
    this.#making?.stop();
    this.#making = null;
  }
}
