import type { AnyKey, AnyRow } from '../domain/join.ts';
import type { Slot } from './slot.ts';

type Keys = string | readonly string[];

/** Do two answers of {@link AnyKey.of} name the same keys. */
function sameKeys(a: Keys, b: Keys): boolean {
  if (a === b) return true;
  if (typeof a === 'string' || typeof b === 'string') return false;
  return a.length === b.length && a.every((key, i) => key === b[i]);
}

/** Which rows of a table have a key, kept by delta. Most keys have one row: those cost no set. */
export class KeyIndex {
  readonly key: AnyKey;
  readonly #spaces = new Map<string, Map<string, Slot | Set<Slot>>>();

  constructor(key: AnyKey) {
    this.key = key;
  }

  /** Follows a row from what it was to what it is; null where it is not there. */
  move(slot: Slot, before: AnyRow | null, after: AnyRow | null): void {
    const [old, now] = [before && this.key.of(before), after && this.key.of(after)];
    if (old !== null && now !== null && sameKeys(old, now)) return;
    if (before !== null && old !== null)
      this.#each(before, old, (map, key) => drop(map, key, slot));
    if (after !== null && now !== null) this.#each(after, now, (map, key) => add(map, key, slot));
  }

  /** Calls `found` with the place of each row that has one of these keys. */
  find(namespace: string, keys: Keys, found: (slot: Slot) => void): void {
    const map = this.#spaces.get(this.key.namespaced ? namespace : '');
    if (map === undefined) return;
    if (typeof keys === 'string') report(map.get(keys), found);
    else for (const key of keys) report(map.get(key), found);
  }

  /** Have these two states of a row the same keys. */
  same(before: AnyRow, after: AnyRow): boolean {
    return sameKeys(this.key.of(before), this.key.of(after));
  }

  clear(): void {
    this.#spaces.clear();
  }

  #each(row: AnyRow, keys: Keys, visit: (map: Map<string, Slot | Set<Slot>>, key: string) => void) {
    if (keys.length === 0) return;
    const namespace = this.key.namespaced ? row.namespace : '';
    const map = this.#spaces.get(namespace) ?? new Map<string, Slot | Set<Slot>>();
    this.#spaces.set(namespace, map);
    if (typeof keys === 'string') visit(map, keys);
    else for (const key of keys) visit(map, key);
    if (map.size === 0) this.#spaces.delete(namespace);
  }
}

function report(entry: Slot | Set<Slot> | undefined, found: (slot: Slot) => void): void {
  if (entry === undefined) return;
  if (entry instanceof Set) entry.forEach(found);
  else found(entry);
}

function add(map: Map<string, Slot | Set<Slot>>, key: string, slot: Slot): void {
  const entry = map.get(key);
  if (entry === undefined) map.set(key, slot);
  else if (entry instanceof Set) entry.add(slot);
  else if (entry !== slot) map.set(key, new Set([entry, slot]));
}

function drop(map: Map<string, Slot | Set<Slot>>, key: string, slot: Slot): void {
  const entry = map.get(key);
  if (entry instanceof Set) {
    entry.delete(slot);
    if (entry.size === 0) map.delete(key);
  } else if (entry === slot) map.delete(key);
}
