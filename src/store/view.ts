import type { Clock } from '../core/clock.ts';
import { firstWhere } from '../core/first-where.ts';
import type { BaseRow } from '../domain/rows.ts';
import type { SourceStatus } from '../domain/status.ts';
import { isListed, noDelta, type Delta, type Entry } from './entry.ts';
import { ListMaker } from './list-maker.ts';
import {
  admits,
  filtered,
  listAlike,
  listRows,
  orderOf,
  placeOrder,
  type Listing,
} from './listing.ts';
import { SortedList } from './sorted-list.ts';
import type { RowPlace, ViewSource } from './view-source.ts';
import type { ViewShape } from './view-types.ts';

/** How often rows may change places by values that change by themselves (ms). */
const STEADY_MS = 500;
/** A list of fewer rows is made anew where this part of it changes: moving each would cost more. */
const SMALL = 1000;
const BULK = 0.25;

/** The rows of one table, filtered and in order, kept so by delta. Implements View. */
export class ListView<Row extends BaseRow> {
  readonly #source: ViewSource<Row>;
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #entries = new Map<string, Entry<Row>>();
  /** What is wanted, and what the lists are made by. */
  #wanted: ViewShape<Row>;
  #shape: ViewShape<Row>;
  readonly #maker: ListMaker<Row>;
  /** The first list is there. */
  #made = false;
  #compare: (a: Row, b: Row) => number;
  /** All rows before the filter, and those that pass it: the same list where there is no filter. */
  #all: SortedList<Entry<Row>>;
  #listed: SortedList<Entry<Row>>;
  /** Entries that may stand in a wrong place while the order is held. */
  #drifting = new Set<Entry<Row>>();
  #movedAt = Number.NEGATIVE_INFINITY;
  #cancelMove: (() => void) | null = null;
  #changed = false;
  #version = 0;

  constructor(source: ViewSource<Row>, clock: Clock, shape: ViewShape<Row>) {
    this.#source = source;
    this.#clock = clock;
    this.#maker = new ListMaker(source.worker);
    this.#wanted = this.#shape = shape;
    this.#compare = orderOf(shape);
    this.#all = this.#listed = new SortedList<Entry<Row>>(placeOrder(shape), []);
    this.#make();
  }

  get matched(): number {
    return there(this.#listed);
  }

  get total(): number {
    return there(this.#all);
  }

  get length(): number {
    return this.#listed.items.length;
  }

  get status(): SourceStatus {
    const status = this.#source.status();
    return this.#made ? status : { ...status, state: 'loading', synced: false };
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

  isThere(uid: string): boolean {
    return this.#entries.get(uid)?.row.gone === 0;
  }

  update(change: Partial<ViewShape<Row>>): void {
    this.#wanted = { ...this.#wanted, ...change };
    const before = this.#shape;
    if (!this.#made || !listAlike(this.#wanted, before)) this.#make();
    else if (this.#wanted.filter !== before.filter) this.#filter();
    else this.#maker.giveUp();
    this.#source.request();
  }

  finish(): void {
    this.#maker.finish();
  }

  subscribe(listener: () => void): () => void {
    const own = () => listener();
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  close(): void {
    this.#maker.giveUp();
    this.#cancelMove?.();
    this.#cancelMove = null;
    this.#listeners.clear();
    this.#source.detach();
  }

  /**
   * Follows the rows in these places, and the order where it may change.
   *
   * @returns the listeners, to be told where anything listed or counted changed; else null
   */
  frame(places: readonly RowPlace<Row>[], statusChanged: boolean): ReadonlySet<() => void> | null {
    const now = this.#clock.now();
    const { total, matched } = this;
    const held = this.#shape.steady && now < this.#movedAt + STEADY_MS;
    const delta = noDelta<Row>();
    this.#maker.touch(places);
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
      this.#cancelMove ??= this.#clock.after(this.#movedAt + STEADY_MS - now, () => {
        this.#cancelMove = null;
        this.#source.request();
      });
    }
    const counted = total !== this.total || matched !== this.matched;
    const changed = this.#changed || counted || statusChanged;
    this.#changed = false;
    return changed ? this.#listeners : null;
  }

  #follow(place: RowPlace<Row>, held: boolean, delta: Delta<Row>): void {
    const { row } = place;
    const entry = this.#entries.get(row.uid);
    if (!place.kept || !admits(this.#shape, place)) {
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
  }

  #leave(entry: Entry<Row>, delta: Delta<Row>): void {
    this.#entries.delete(entry.row.uid);
    this.#drifting.delete(entry);
    delta.out.push(entry);
    if (entry.listed) delta.hidden.push(entry);
    this.#changed ||= entry.listed;
  }

  #change(entry: Entry<Row>, row: Row, held: boolean, delta: Delta<Row>): void {
    const wasListed = entry.listed;
    entry.row = row;
    entry.listed = this.#matches(row);
    this.#changed ||= wasListed || entry.listed;
    if (this.#compare(entry.placed, row) === 0) {
      entry.placed = row;
    } else if (!held || entry.placed.gone > 0 !== row.gone > 0) {
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
    const now = this.#clock.now();
    // What leaves does not wait; nor does it hold the others any longer.
    if (this.#shape.steady && now >= this.#movedAt + STEADY_MS) this.#movedAt = now;
    delta.out.push(entry);
    delta.into.push(entry);
    if (wasListed) delta.hidden.push(entry);
    if (entry.listed) delta.shown.push(entry);
    this.#changed ||= wasListed || entry.listed;
  }

  #apply({ out, into, hidden, shown }: Delta<Row>, held: boolean): void {
    const { length } = this.#all.items;
    if (!held && length < SMALL && out.length + into.length > BULK * length) {
      for (const entry of into) entry.placed = entry.row;
      const all = [...this.#entries.values()].sort(placeOrder(this.#shape));
      this.#show({ entries: this.#entries, all });
      return;
    }
    this.#version++;
    this.#all.remove(out);
    if (this.#listed !== this.#all) this.#listed.remove(hidden);
    for (const entry of into) entry.placed = entry.row;
    this.#all.insert(into);
    if (this.#listed !== this.#all) this.#listed.insert(shown);
  }

  /** Lists all rows of the table as is wanted. */
  #make(): void {
    this.#source.join();
    const shape = this.#wanted;
    const work = listRows(this.#source.places(), shape, this.#source.worker.piece);
    this.#maker.begin(work, (listing, touched) => this.#take(shape, listing, touched));
  }

  /** Lists the rows that there are, in their order, by another filter. */
  #filter(): void {
    this.#source.join();
    const shape = this.#wanted;
    const work = filtered(this.#all.items, shape, this.#source.worker.piece);
    this.#maker.begin(work, (write, touched) => {
      this.#shape = shape;
      write();
      for (const { row } of touched) {
        const entry = this.#entries.get(row.uid);
        if (entry !== undefined) entry.listed = this.#matches(entry.row);
      }
      this.#list();
      this.#changed = true;
      this.#source.request();
    });
  }

  /** Shows lists that were made, brought up to date with what happened in the meantime. */
  #take(shape: ViewShape<Row>, listing: Listing<Row>, touched: Iterable<RowPlace<Row>>): void {
    this.#made = true;
    this.#shape = shape;
    this.#compare = orderOf(shape);
    this.#drifting = new Set();
    this.#show(listing);
    this.#changed = true;
    const delta = noDelta<Row>();
    for (const place of touched) this.#follow(place, false, delta);
    this.#apply(delta, false);
    this.#source.request();
  }

  #show({ entries, all }: Listing<Row>): void {
    this.#entries = entries;
    this.#all = new SortedList(placeOrder(this.#shape), all);
    this.#list();
  }

  /** Lists what passes the filter. */
  #list(): void {
    this.#version++;
    this.#listed =
      this.#shape.filter === undefined
        ? this.#all
        : new SortedList(placeOrder(this.#shape), this.#all.items.filter(isListed));
  }

  #matches(row: Row): boolean {
    return this.#shape.filter?.(row) ?? true;
  }
}

/** How many rows of a list are there: those that are gone stand at its end. */
const there = <Row extends BaseRow>({ items }: SortedList<Entry<Row>>): number =>
  firstWhere(items.length, (index) => (items[index]?.placed.gone ?? 0) > 0);
