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
    // Comparing items is what costs: among the new ones it is needed only for the same place.
    const added = items
      .map((item) => ({ item, place: this.#lowerBound(item) }))
      .sort((a, b) => a.place - b.place || this.#compare(a.item, b.item));
    let from = list.length - 1;
    // Room at the end first: an array written far behind its end turns into a slow one.
    for (const { item } of added) list.push(item);
    let to = list.length - 1;
    for (const { item, place } of added.reverse()) {
      while (from >= place) list[to--] = list[from--] as T;
      list[to--] = item;
    }
  }

  /** The first index whose item does not stand before this one. */
  #lowerBound(item: T): number {
    let low = 0;
    let high = this.#items.length;
    // A server lists in about the order that is shown: most of what comes belongs at the end.
    if (high > 0 && this.#compare(this.#items[high - 1] as T, item) < 0) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(this.#items[middle] as T, item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
