import { isEqual } from '../core/equal.ts';
import { NO_CLUSTER, type ClusterKey } from '../domain/cluster-key.ts';
import { nameOf, type AnyKey, type AnyRow } from '../domain/joins/join.ts';
import type { FoundColumn } from '../domain/kinds.ts';
import { IDLE, type SourceStatus } from '../domain/status.ts';
import type { TableId } from '../domain/tables/index.ts';
import type { Follower } from './follower.ts';
import { KeyIndex } from './key-index.ts';
import type { Slot } from './slot.ts';

/** The rows of one kind, with their indexes. Changes are told to followers and noted for views. */
export class Table {
  readonly id: TableId;
  /** The rules that read this table, and those that write it. */
  readonly readers: Follower[] = [];
  readonly writers: Follower[] = [];
  /** Fields that rules write: a row that is put again keeps them until the rules have run. */
  readonly joined = new Set<string>();
  statusUnseen = false;
  status: SourceStatus = IDLE;
  /** What the cells of its rows are, where the server prints them. */
  columns: readonly FoundColumn[] = [];
  readonly #slots = new Map<string, Slot>();
  readonly #indexes: KeyIndex[] = [];
  readonly #names: KeyIndex;
  /** Keeps a row that is gone for a while; returns false where it is to be dropped at once. */
  readonly #keep: (slot: Slot) => boolean;
  readonly #cluster: ClusterKey;
  #fresh: Slot[] = [];
  #unseen: Slot[] = [];
  #size = 0;
  #listing = 0;
  #relisting = false;
  #synced = false;

  /** @param cluster what rows are stamped with; {@link NO_CLUSTER}: they keep their own */
  constructor(id: TableId, cluster: ClusterKey, keep: (table: Table, slot: Slot) => boolean) {
    this.id = id;
    this.#cluster = cluster;
    this.#keep = (slot) => keep(this, slot);
    this.#names = this.index({ table: id, namespaced: true, of: nameOf });
  }

  /** Rows that are present. */
  get size(): number {
    return this.#size;
  }

  /** Places whose objects came since the last {@link publish}. */
  get fresh(): readonly Slot[] {
    return this.#fresh;
  }

  /** Places that changed, came or left since views were told. */
  get unseen(): readonly Slot[] {
    return this.#unseen;
  }

  /** The places of all rows, those that are gone included. */
  slots(): Iterable<Slot> {
    return this.#slots.values();
  }

  slot(uid: string): Slot | undefined {
    return this.#slots.get(uid);
  }

  named(namespace: string, name: string): AnyRow | undefined {
    let row: AnyRow | undefined;
    this.#names.find(namespace, name, (slot) => (row = slot.row));
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
    const slot = this.#slots.get(row.uid);
    if (slot === undefined) {
      this.#add(row, derived);
      return;
    }
    slot.listing = this.#listing;
    slot.derived = derived;
    const before = slot.present ? slot.row : null;
    if (before !== null) {
      this.#carry(before, row);
      if (isUnchanged(before, row)) return;
    } else {
      slot.present = slot.recent = true;
      this.#size++;
    }
    slot.row = row;
    this.#freshen(slot);
    this.#changed(slot, before, row);
  }

  /** The row left; `last` is its last state where that is known better than by what was put. */
  remove(uid: string, last: AnyRow | undefined, now: number): void {
    const slot = this.#slots.get(uid);
    if (slot?.present !== true) return;
    const before = slot.row;
    if (last !== undefined) this.#carry(before, last);
    slot.row = { ...(last ?? before), gone: now };
    slot.present = false;
    this.#size--;
    if (!this.#keep(slot)) this.#forget(slot);
    this.#changed(slot, before, null);
  }

  /** That the row left is no news any more. */
  fade(slot: Slot): void {
    slot.recent = false;
    this.#note(slot);
  }

  /** Forgets a row that is gone, or one that was derived. */
  drop(slot: Slot): void {
    if (!slot.kept) return;
    const before = slot.present ? slot.row : null;
    if (slot.present) this.#size--;
    slot.present = false;
    this.#forget(slot);
    this.#changed(slot, before, null);
  }

  /** Ends a full list: what it did not have is gone. */
  synced(now: number): void {
    if (this.#relisting) {
      for (const slot of this.#slots.values()) {
        if (slot.present && !slot.derived && slot.listing !== this.#listing) {
          this.remove(slot.row.uid, undefined, now);
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
  write(slot: Slot, values: Readonly<Record<string, unknown>>): void {
    const moving = this.#indexes.filter(
      ({ key }) => key.joined !== undefined && key.joined in values,
    );
    for (const index of moving) index.move(slot, slot.row, null);
    slot.row = Object.assign(slot.fresh ? slot.row : { ...slot.row }, values);
    for (const index of moving) index.move(slot, null, slot.row);
    this.#note(slot);
  }

  /** From here on the present objects may be in other hands, and never change. */
  publish(): void {
    for (const slot of this.#fresh) slot.fresh = false;
    this.#fresh = [];
  }

  /** Views were told. */
  seen(): void {
    for (const slot of this.#unseen) slot.unseen = false;
    this.#unseen = [];
    this.statusUnseen = false;
  }

  /** Forgets all rows and what is known of them. */
  reset(): void {
    const slots = [...this.#slots.values()];
    this.#slots.clear();
    for (const index of this.#indexes) index.clear();
    for (const slot of slots) {
      slot.present = slot.kept = false;
      this.#note(slot);
      for (const writer of this.writers) writer.targetLeft(slot.row.uid);
    }
    this.#size = 0;
    this.#relisting = false;
    this.#synced = false;
    this.status = IDLE;
    this.statusUnseen = true;
    for (const reader of this.readers) reader.sourceReset();
  }

  #add(row: AnyRow, derived: boolean): void {
    const slot: Slot = {
      row,
      present: true,
      kept: true,
      recent: true,
      fresh: false,
      unseen: false,
      derived,
      listing: this.#listing,
    };
    this.#slots.set(row.uid, slot);
    this.#size++;
    this.#freshen(slot);
    this.#changed(slot, null, row);
  }

  #forget(slot: Slot): void {
    this.#slots.delete(slot.row.uid);
    slot.kept = false;
  }

  #carry(from: AnyRow, to: AnyRow): void {
    to.cluster = from.cluster;
    for (const field of this.joined) to[field] = from[field];
  }

  #freshen(slot: Slot): void {
    if (slot.fresh) return;
    slot.fresh = true;
    this.#fresh.push(slot);
  }

  #changed(slot: Slot, before: AnyRow | null, after: AnyRow | null): void {
    for (const index of this.#indexes) index.move(slot, before, after);
    for (const reader of this.readers) reader.sourceChanged(before, after);
    if (after === null) for (const writer of this.writers) writer.targetLeft(slot.row.uid);
    this.#note(slot);
  }

  #note(slot: Slot): void {
    if (slot.unseen) return;
    slot.unseen = true;
    this.#unseen.push(slot);
  }
}

/** Is it the same state of the same object, as a full list after a lost watch brings them. */
function isUnchanged(before: AnyRow, after: AnyRow): boolean {
  return before['resourceVersion'] === after['resourceVersion'] && isEqual(before, after);
}
