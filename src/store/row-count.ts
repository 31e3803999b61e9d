import type { BaseRow } from '../domain/rows.ts';
import { eachInPieces, type Worker } from '../core/work.ts';
import type { RowPlace } from './view-source.ts';

/** What a count needs of its table. */
export interface CountSource<Row> {
  readonly worker: Worker;
  /** The places of all rows. */
  places(): Iterable<RowPlace<Row>>;
  detach(): void;
}

/** How many rows there are that pass a test, kept by delta and without any order. Implements Count. */
export class RowCount<Row extends BaseRow> {
  readonly #source: CountSource<Row>;
  readonly #test: (row: Row) => boolean;
  readonly #counted: () => void;
  #passed: ReadonlySet<string> = new Set();
  /** The count under way, which takes the other's place at its end. */
  #passing = new Set<string>();
  #stop: () => void = () => undefined;

  /** @param counted told after a {@link recount} */
  constructor(source: CountSource<Row>, test: (row: Row) => boolean, counted: () => void) {
    this.#source = source;
    this.#test = test;
    this.#counted = counted;
    this.recount();
  }

  get matched(): number {
    return this.#passed.size;
  }

  recount(): void {
    this.#stop();
    this.#passing = new Set();
    const { worker } = this.#source;
    const all = eachInPieces(this.#source.places(), worker.piece, (place) => this.#look(place));
    this.#stop = worker.run(all, () => {
      this.#passed = this.#passing;
      this.#counted();
    });
  }

  close(): void {
    this.#stop();
    this.#source.detach();
  }

  /** Follows the rows in these places. */
  frame(places: readonly RowPlace<Row>[]): void {
    for (const place of places) this.#look(place);
  }

  #look({ row, kept }: RowPlace<Row>): void {
    if (kept && row.gone === 0 && this.#test(row)) this.#passing.add(row.uid);
    else this.#passing.delete(row.uid);
  }
}
