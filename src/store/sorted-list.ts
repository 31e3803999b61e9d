/**
 * Items in a total order. Finding costs O(log n); adding and removing a batch costs a search for
 * each and one pass over what stands behind the first of them.
 */
export class SortedList<T> {
  readonly #compare: (a: T, b: T) => number;
  readonly #items: T[];

  /** @param items in order; taken over */
  constructor(compare: (a: T, b: T) => number, items: T[]) {
    this.#compare = compare;
    this.#items = items;
  }

  get items(): readonly T[] {
    return this.#items;
  }

  /** Where an item stands, -1 where it is not listed. */
  indexOf(item: T): number {
    const index = this.#lowerBound(item);
    if (this.#items[index] === item) return index;
    // A comparator that is not total, or that reads what changes (the clock), misleads the search.
    return this.#items.indexOf(item);
  }

  /** Removes items, those not listed ignored. */
  remove(items: readonly T[]): void {
    const holes = items
      .map((item) => this.indexOf(item))
      .filter((index) => index >= 0)
      .sort((a, b) => a - b);
    const [first] = holes;
    if (first === undefined) return;
    const list = this.#items;
    let to = first;
    let hole = 0;
    for (let from = first; from < list.length; from++) {
      if (from === holes[hole]) hole++;
      else list[to++] = list[from] as T;
    }
    list.length = to;
  }

  /** Adds items that are not listed yet. */
  insert(items: readonly T[]): void {
    const list = this.#items;
    const added = items.toSorted(this.#compare);
    const places = added.map((item) => this.#lowerBound(item));
    let from = list.length - 1;
    list.push(...added);
    let to = list.length - 1;
    for (let next = added.length - 1; next >= 0; next--) {
      const place = places[next] as number;
      while (from >= place) list[to--] = list[from--] as T;
      list[to--] = added[next] as T;
    }
  }

  /** The first index whose item does not stand before this one. */
  #lowerBound(item: T): number {
    let low = 0;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(this.#items[middle] as T, item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
