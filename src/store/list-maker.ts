import { finished, type Work, type Worker } from '../core/work.ts';
import type { Listing } from './listing.ts';
import type { RowPlace } from './view-source.ts';

/** A list that is being made. */
interface Making<Row> {
  readonly work: Work<Listing<Row>>;
  readonly touched: Set<RowPlace<Row>>;
  readonly done: (listing: Listing<Row>) => void;
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
   * @param done gets the list, and the places that changed while it was made
   */
  begin(
    work: Work<Listing<Row>>,
    done: (listing: Listing<Row>, touched: Iterable<RowPlace<Row>>) => void,
  ): void {
    this.giveUp();
    const touched = new Set<RowPlace<Row>>();
    const making: Making<Row> = {
      work,
      touched,
      done: (listing) => {
        this.#making = null;
        done(listing, touched);
      },
      stop: () => undefined,
    };
    this.#making = making;
    making.stop = this.#worker.run(work, making.done);
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
    making.done(finished(making.work));
  }

  giveUp(): void {
    this.#making?.stop();
    this.#making = null;
  }
}
