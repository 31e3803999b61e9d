import type { Clock } from '../core/clock.ts';
import type { BaseRow } from '../domain/rows.ts';
import type { SourceStatus } from '../domain/status.ts';
import { compareGone, compareIdentity } from './identity-order.ts';
import { SortedList } from './sorted-list.ts';
import type { Place, ViewSource } from './view-source.ts';
import type { Look } from './view-types.ts';

/** How often rows may change places by values that change by themselves (ms). */
const SETTLE_MS = 500;
/** From this part of the rows on, sorting all is cheaper than moving each. */
const BULK = 0.25;

/** A row as a view has it. */
interface Entry<Row> {
  row: Row;
  /** The state by which it stands where it stands: older than `row` until the order settles. */
  placed: Row;
  listed: boolean;
}

/** What changes in the two lists of a view. */
interface Delta<Row> {
  readonly out: Entry<Row>[];
  readonly into: Entry<Row>[];
  readonly hidden: Entry<Row>[];
  readonly shown: Entry<Row>[];
}

/** The rows of one table, filtered and in order, kept so by delta. Implements View. */
export class ListView<Row extends BaseRow> {
  readonly #source: ViewSource<Row>;
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #entries = new Map<string, Entry<Row>>();
  #look: Look<Row>;
  /** All rows before the filter, and those that pass it: the same list where there is no filter. */
  #all: SortedList<Entry<Row>>;
  #listed: SortedList<Entry<Row>>;
  /** Entries that may stand in a wrong place until the order settles. */
  readonly #drifting = new Set<Entry<Row>>();
  #settledAt = Number.NEGATIVE_INFINITY;
  #cancelSettle: (() => void) | null = null;
  #total = 0;
  #matched = 0;
  #changed = false;
  #version = 0;

  constructor(source: ViewSource<Row>, clock: Clock, look: Look<Row>) {
    this.#source = source;
    this.#clock = clock;
    this.#look = look;
    this.#all = this.#listed = new SortedList<Entry<Row>>(this.#order, []);
    this.#rebuild();
  }

  get matched(): number {
    return this.#matched;
  }

  get total(): number {
    return this.#total;
  }

  get length(): number {
    return this.#listed.items.length;
  }

  get status(): SourceStatus {
    return this.#source.status();
  }

  get version(): number {
    return this.#version;
  }

  placedAt(index: number): Row | undefined {
    return this.#listed.items[index]?.placed;
  }

  keyOf({ uid }: Row): string {
    return uid;
  }

  window(from: number, to: number): readonly Row[] {
    return this.#listed.items.slice(Math.max(0, from), Math.max(0, to)).map(({ row }) => row);
  }

  at(index: number): Row | undefined {
    return this.#listed.items[index]?.row;
  }

  indexOf(uid: string): number {
    const entry = this.#entries.get(uid);
    return entry?.listed === true ? this.#listed.indexOf(entry) : -1;
  }

  update(change: Partial<Look<Row>>): void {
    const before = this.#look;
    this.#look = { ...before, ...change };
    const { compare, only, gone, settle, filter } = this.#look;
    if (
      compare !== before.compare ||
      only !== before.only ||
      gone !== before.gone ||
      settle !== before.settle
    ) {
      this.#rebuild();
    } else if (filter !== before.filter) {
      this.#refilter();
    }
    this.#source.request();
  }

  subscribe(listener: () => void): () => void {
    const own = () => listener();
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  close(): void {
    this.#cancelSettle?.();
    this.#cancelSettle = null;
    this.#listeners.clear();
    this.#source.detach();
  }

  /**
   * Follows the rows in these places, and the order where it may settle.
   *
   * @returns the listeners, to be told where anything listed or counted changed; else null
   */
  frame(places: readonly Place<Row>[], statusChanged: boolean): ReadonlySet<() => void> | null {
    const now = this.#clock.now();
    const [total, matched] = [this.#total, this.#matched];
    const held = this.#look.settle && now < this.#settledAt + SETTLE_MS;
    const delta: Delta<Row> = { out: [], into: [], hidden: [], shown: [] };
    for (const place of places) this.#follow(place, held, delta);
    if (!held) {
      for (const entry of this.#drifting) {
        if (this.#compare(entry.placed, entry.row) === 0) entry.placed = entry.row;
        else this.#move(entry, entry.listed, delta);
      }
      this.#drifting.clear();
    }
    this.#apply(delta, held);
    if (this.#drifting.size > 0) {
      this.#cancelSettle ??= this.#clock.after(this.#settledAt + SETTLE_MS - now, () => {
        this.#cancelSettle = null;
        this.#source.request();
      });
    }
    const counted = total !== this.#total || matched !== this.#matched;
    const changed = this.#changed || counted || statusChanged;
    this.#changed = false;
    return changed ? this.#listeners : null;
  }

  #follow(place: Place<Row>, held: boolean, delta: Delta<Row>): void {
    const { row } = place;
    const entry = this.#entries.get(row.uid);
    if (!place.kept || !this.#admits(place)) {
      if (entry !== undefined) this.#leave(entry, delta);
    } else if (entry === undefined) {
      this.#enter(row, delta);
    } else if (entry.row !== row) {
      this.#change(entry, row, held, delta);
    }
  }

  #enter(row: Row, delta: Delta<Row>): void {
    const entry = { row, placed: row, listed: this.#matches(row) };
    delta.into.push(entry);
    this.#entries.set(row.uid, entry);
    if (entry.listed) delta.shown.push(entry);
    this.#changed ||= entry.listed;
    this.#count(entry, 1);
  }

  #leave(entry: Entry<Row>, delta: Delta<Row>): void {
    this.#entries.delete(entry.row.uid);
    this.#drifting.delete(entry);
    delta.out.push(entry);
    if (entry.listed) delta.hidden.push(entry);
    this.#changed ||= entry.listed;
    this.#count(entry, -1);
  }

  #change(entry: Entry<Row>, row: Row, held: boolean, delta: Delta<Row>): void {
    const wasListed = entry.listed;
    this.#count(entry, -1);
    entry.row = row;
    entry.listed = this.#matches(row);
    this.#count(entry, 1);
    this.#changed ||= wasListed || entry.listed;
    if (this.#compare(entry.placed, row) === 0) {
      entry.placed = row;
    } else if (!held) {
      this.#drifting.delete(entry);
      this.#move(entry, wasListed, delta);
      return;
    } else {
      this.#drifting.add(entry);
    }
    if (wasListed && !entry.listed) delta.hidden.push(entry);
    if (!wasListed && entry.listed) delta.shown.push(entry);
  }

  #move(entry: Entry<Row>, wasListed: boolean, delta: Delta<Row>): void {
    if (this.#look.settle) this.#settledAt = this.#clock.now();
    delta.out.push(entry);
    delta.into.push(entry);
    if (wasListed) delta.hidden.push(entry);
    if (entry.listed) delta.shown.push(entry);
    this.#changed ||= wasListed || entry.listed;
  }

  #apply({ out, into, hidden, shown }: Delta<Row>, held: boolean): void {
    if (!held && out.length + into.length > BULK * this.#all.items.length) {
      this.#rebuild();
      return;
    }
    this.#version++;
    this.#all.remove(out);
    if (this.#listed !== this.#all) this.#listed.remove(hidden);
    for (const entry of into) entry.placed = entry.row;
    this.#all.insert(into);
    if (this.#listed !== this.#all) this.#listed.insert(shown);
  }

  /** Takes all rows anew from the table. */
  #rebuild(): void {
    this.#source.settle();
    this.#drifting.clear();
    const items: Entry<Row>[] = [];
    for (const place of this.#source.inOrder()) {
      if (!this.#admits(place)) continue;
      const { row } = place;
      let entry = this.#entries.get(row.uid);
      if (entry === undefined) {
        entry = { row, placed: row, listed: true };
        this.#entries.set(row.uid, entry);
      } else {
        entry.row = entry.placed = row;
      }
      items.push(entry);
    }
    if (this.#entries.size > items.length) {
      this.#entries = new Map(items.map((entry) => [entry.row.uid, entry]));
    }
    // They come in order of identity and sorting is stable: ties need no comparison of their own.
    items.sort(({ row: a }, { row: b }) => this.#compare(a, b));
    this.#all = new SortedList(this.#order, items);
    this.#refilter();
  }

  #refilter(): void {
    this.#total = this.#matched = 0;
    for (const entry of this.#all.items) {
      entry.listed = this.#matches(entry.row);
      this.#count(entry, 1);
    }
    this.#list();
    this.#changed = true;
  }

  /** Takes the listed rows anew from all. */
  #list(): void {
    this.#version++;
    this.#listed =
      this.#look.filter === undefined
        ? this.#all
        : new SortedList(
            this.#order,
            this.#all.items.filter(({ listed }) => listed),
          );
  }

  #count(entry: Entry<Row>, by: 1 | -1): void {
    if (entry.row.gone > 0) return;
    this.#total += by;
    if (entry.listed) this.#matched += by;
  }

  #admits({ row, recent }: Place<Row>): boolean {
    const { gone, only } = this.#look;
    const shown = row.gone === 0 || gone === 'all' || (gone === 'recent' && recent);
    return shown && (only?.(row) ?? true);
  }

  #matches(row: Row): boolean {
    return this.#look.filter?.(row) ?? true;
  }

  readonly #order = ({ placed: a }: Entry<Row>, { placed: b }: Entry<Row>): number =>
    this.#compare(a, b) || compareIdentity(a, b);

  /** What is there comes first whatever the order, then what left last. */
  readonly #compare = (a: Row, b: Row): number => compareGone(a, b) || this.#look.compare(a, b);
}
