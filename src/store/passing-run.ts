import type { AnyRow } from '../domain/joins/join.ts';
import { JoinRun } from './join-run.ts';
import type { Place } from './place.ts';

/** A join at work whose source keeps no rows: each is written when it comes. */
export class PassingRun extends JoinRun {
  /** Whom the list that is under way has told of. */
  readonly #told = new Set<Place>();
  #isListing = false;

  override sourceListing(): void {
    this.#told.clear();
    this.#isListing = true;
  }

  override sourceListed(): void {
    for (const place of this.target.places()) if (!this.#told.has(place)) this.markPlace(place);
    this.#told.clear();
    this.#isListing = false;
  }

  override mark(source: AnyRow): void {
    this.targetsOf(source, (place) => {
      if (this.#isListing) this.#told.add(place);
      this.update(place, [source]);
    });
  }

  /** Rows that just came have nothing yet, or what was written before they were read again. */
  override run(most: number): number {
    return this.catchUp(most);
  }
}
