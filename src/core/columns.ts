import { clusters, clusterWidth, isAscii } from './clusters.ts';

/** Columns between two places that are remembered. */
const STRIDE = 512;

/** A place in a text: before a cluster. */
export interface Place {
  /** UTF-16 units before it. */
  readonly unit: number;
  /** Columns before it. */
  readonly column: number;
}

const START: Place = { unit: 0, column: 0 };

/**
 * Where the columns of a plain text are. It is measured as far as is asked for, once: any window of
 * a text of a megabyte costs what the window costs.
 */
export class Columns {
  readonly #text: string;
  readonly #isAscii: boolean;
  /** What has not been measured yet. */
  readonly #rest: Iterator<string>;
  /** Places about {@link STRIDE} columns apart, in order. */
  readonly #places: Place[] = [START];
  #end: Place = START;
  #isMeasured = false;

  constructor(text: string) {
    this.#text = text;
    this.#isAscii = isAscii(text);
    this.#rest = clusters(text)[Symbol.iterator]();
  }

  /** Columns of the whole text. */
  get width(): number {
    if (this.#isAscii) return this.#text.length;
    this.#measure(Infinity);
    return this.#end.column;
  }

  /** Whether the text is wider than that many columns. */
  exceeds(columns: number): boolean {
    if (this.#isAscii) return this.#text.length > columns;
    this.#measure(columns + 1);
    return this.#end.column > columns;
  }

  /** The last place at or before a column; the end of the text where that is nearer. */
  at(column: number): Place {
    if (this.#isAscii) {
      const unit = Math.max(0, Math.min(column, this.#text.length));
      return { unit, column: unit };
    }
    this.#measure(column + 1);
    if (column >= this.#end.column) return this.#end;
    let place = this.#before(column);
    for (const cluster of clusters(this.#text.slice(place.unit, this.#end.unit))) {
      const next = place.column + clusterWidth(cluster);
      if (next > column) break;
      place = { unit: place.unit + cluster.length, column: next };
    }
    return place;
  }

  #measure(columns: number): void {
    while (!this.#isMeasured && this.#end.column < columns) {
      const next = this.#rest.next();
      if (next.done === true) {
        this.#isMeasured = true;
        return;
      }
      const { unit, column } = this.#end;
      this.#end = { unit: unit + next.value.length, column: column + clusterWidth(next.value) };
      const last = this.#places.at(-1) ?? START;
      if (this.#end.column - last.column >= STRIDE) this.#places.push(this.#end);
    }
  }

  #before(column: number): Place {
    let low = 0;
    let high = this.#places.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#places[middle]?.column ?? 0) <= column) low = middle;
      else high = middle - 1;
    }
    return this.#places[low] ?? START;
  }
}
