import { isEqual } from '../core/equal.ts';
import { NO_CLUSTER, type ClusterKey } from '../domain/cluster-key.ts';
import { nameOf, type AnyKey, type AnyRow } from '../domain/joins/join.ts';
import type { FoundColumn } from '../domain/kinds.ts';
import { IDLE, type SourceStatus } from '../domain/status.ts';
import type { TableId } from '../domain/tables/index.ts';
import type { Follower } from './follower.ts';
import { KeyIndex } from './key-index.ts';
import type { Place } from './place.ts';
import type { Witness } from './witness.ts';

/** The rows of one kind, with their indexes. Changes are told to followers and noted for views. */
export class Table {
  readonly id: TableId;
  /** The rules that read this table, and those that write it. */
  readonly readers: Follower[] = [];
  readonly writers: Follower[] = [];
  /** Who sees each change of a row that its source tells of. */
  readonly witnesses = new Set<Witness>();
  /** Fields that rules write: a row that is put again keeps them until the rules have run. */
  readonly joined = new Set<string>();
  statusUnseen = false;
  status: SourceStatus = IDLE;
  /** What the cells of its rows are, where the server prints them. */
  columns: readonly FoundColumn[] = [];
  readonly #places = new Map<string, Place>();
  readonly #indexes: KeyIndex[] = [];
  readonly #names: KeyIndex;
  /** Keeps a row that is gone for a while; returns false where it is to be dropped at once. */
  readonly #keep: (place: Place) => boolean;
  readonly #cluster: ClusterKey;
  readonly #firsts: readonly string[];
  #fresh: Place[] = [];
  #unseen: Place[] = [];
  #size = 0;
  #listing = 0;
  #relisting = false;
  #synced = false;

  /**
   * @param cluster what rows are stamped with; {@link NO_CLUSTER}: they keep their own
   * @param firsts fields that keep the first value that they had, see TableDef
   */
  constructor(
    id: TableId,
    cluster: ClusterKey,
    keep: (table: Table, place: Place) => boolean,
    firsts: readonly string[],
  ) {
    this.id = id;
    this.#cluster = cluster;
    this.#firsts = firsts;
    this.#keep = (place) => keep(this, place);
    this.#names = this.index({ table: id, namespaced: true, of: nameOf });
  }

  /** Rows that are present. */
  get size(): number {
    return this.#size;
  }

  /** Places whose objects came since the last {@link publish}. */
  get fresh(): readonly Place[] {
    return this.#fresh;
  }

  /** Places that changed, came or left since views were told. */
  get unseen(): readonly Place[] {
    return this.#unseen;
  }

  /** The places of all rows, those that are gone included. */
  places(): Iterable<Place> {
    return this.#places.values();
  }

  place(uid: string): Place | undefined {
    return this.#places.get(uid);
  }

  named(namespace: string, name: string): AnyRow | undefined {
    let row: AnyRow | undefined;
    this.#names.find(namespace, name, (place) => (row = place.row));
    return row;
  }

  /** The index of a key; made where there is none yet, before the first row. */
  index(key: AnyKey): KeyIndex {
    const found = this.#indexes.find(
      (index) => index.key.of === key.of && index.key.namespaced === key.namespaced,
    );
    if (found !== undefined) return found;
    const index = new KeyIndex(key);
    this.#indexes.push(index);
    return index;
  }

  /** Have all rows (of that namespace, where one is meant) been listed. */
  isComplete(namespace: string | null): boolean {
    const { namespaces } = this.status;
    return (
      this.#synced &&
      (namespaces === null || (namespace !== null && namespaces.includes(namespace)))
    );
  }

  relist(): void {
    this.#listing++;
    this.#relisting = true;
  }

  put(row: AnyRow, derived = false): void {
    // Whatever a source may say: a row is of the cluster it was read from.
    if (this.#cluster !== NO_CLUSTER) row.cluster = this.#cluster;
    const place = this.#places.get(row.uid);
    if (place === undefined) {
      this.#add(row, derived);
      return;
    }
    place.listing = this.#listing;
    place.derived = derived;
    const before = place.present ? place.row : null;
    if (before !== null) {
      this.#carry(before, row);
      if (isUnchanged(before, row)) return;
    } else {
      place.present = place.recent = true;
      this.#size++;
    }
    place.row = row;
    this.#freshen(place);
    this.#changed(place, before, row);
  }

  /** The row left; `last` is its last state where that is known better than by what was put. */
  remove(uid: string, last: AnyRow | undefined, now: number): void {
    const place = this.#places.get(uid);
    if (place?.present !== true) return;
    const before = place.row;
    if (last !== undefined) this.#carry(before, last);
    place.row = { ...(last ?? before), gone: now };
    place.present = false;
    this.#size--;
    if (!this.#keep(place)) this.#forget(place);
    this.#changed(place, before, null);
  }

  /** That the row left is no news any more. */
  fade(place: Place): void {
    place.recent = false;
    this.#note(place);
  }

  /** Forgets a row that is gone, or one that was derived. */
  drop(place: Place): void {
    if (!place.kept) return;
    const before = place.present ? place.row : null;
    if (place.present) this.#size--;
    place.present = false;
    this.#forget(place);
    this.#changed(place, before, null);
  }

  /** Ends a full list: what it did not have is gone. */
  synced(now: number): void {
    if (this.#relisting) {
      for (const place of this.#places.values()) {
        if (place.present && !place.derived && place.listing !== this.#listing) {
          this.remove(place.row.uid, undefined, now);
        }
      }
    }
    this.#relisting = false;
    if (this.#synced) return;
    this.#synced = true;
    for (const reader of this.readers) reader.sourceCompleted();
  }

  setStatus(status: SourceStatus): void {
    const before = this.status;
    this.status = status;
    // That live rows are still true is no news.
    if (isEqual({ ...before, asOf: 0 }, { ...status, asOf: 0 })) return;
    this.statusUnseen = true;
    if (isEqual(before.namespaces, status.namespaces)) return;
    for (const reader of this.readers) reader.sourceCompleted();
  }

  setColumns(columns: readonly FoundColumn[]): void {
    if (isEqual(this.columns, columns)) return;
    this.columns = columns;
    this.statusUnseen = true;
  }

  /** Writes joined fields of a row. */
  write(place: Place, values: Readonly<Record<string, unknown>>): void {
    const moving = this.#indexes.filter(
      ({ key }) => key.joined !== undefined && key.joined in values,
    );
    for (const index of moving) index.move(place, place.row, null);
    place.row = Object.assign(place.fresh ? place.row : { ...place.row }, values);
    for (const index of moving) index.move(place, null, place.row);
    this.#note(place);
  }

  /** From here on the present objects may be in other hands, and never change. */
  publish(): void {
    for (const place of this.#fresh) place.fresh = false;
    this.#fresh = [];
  }

  /** Views were told. */
  seen(): void {
    for (const place of this.#unseen) place.unseen = false;
    this.#unseen = [];
    this.statusUnseen = false;
  }

  /** Forgets all rows and what is known of them. */
  reset(): void {
    const places = [...this.#places.values()];
    this.#places.clear();
    for (const index of this.#indexes) index.clear();
    for (const place of places) {
      place.present = place.kept = false;
      this.#note(place);
      for (const writer of this.writers) writer.targetLeft(place.row.uid);
    }
    this.#size = 0;
    this.#relisting = false;
    this.#synced = false;
    this.status = IDLE;
    this.statusUnseen = true;
    for (const reader of this.readers) reader.sourceReset();
  }

  #add(row: AnyRow, derived: boolean): void {
    const place: Place = {
      row,
      present: true,
      kept: true,
      recent: true,
      fresh: false,
      unseen: false,
      derived,
      listing: this.#listing,
    };
    this.#places.set(row.uid, place);
    this.#size++;
    this.#freshen(place);
    this.#changed(place, null, row);
  }

  #forget(place: Place): void {
    this.#places.delete(place.row.uid);
    place.kept = false;
  }

  #carry(from: AnyRow, to: AnyRow): void {
    to.cluster = from.cluster;
    for (const field of this.joined) to[field] = from[field];
    for (const field of this.#firsts) to[field] = from[field] || to[field];
  }

  #freshen(place: Place): void {
    if (place.fresh) return;
    place.fresh = true;
    this.#fresh.push(place);
  }

  #changed(place: Place, before: AnyRow | null, after: AnyRow | null): void {
    for (const index of this.#indexes) index.move(place, before, after);
    for (const reader of this.readers) reader.sourceChanged(before, after);
    // The first list tells what there is; what changed is known from then on.
    if (this.#synced && before !== after) {
      for (const witness of this.witnesses) witness(before, after, !this.#relisting);
    }
    if (after === null) for (const writer of this.writers) writer.targetLeft(place.row.uid);
    this.#note(place);
  }

  #note(place: Place): void {
    if (place.unseen) return;
    place.unseen = true;
    this.#unseen.push(place);
  }
}

/** Is it the same state of the same object, as a full list after a lost watch brings them. */
function isUnchanged(before: AnyRow, after: AnyRow): boolean {
  return before['resourceVersion'] === after['resourceVersion'] && isEqual(before, after);
}
