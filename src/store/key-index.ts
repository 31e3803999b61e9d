import type { AnyKey, AnyRow } from '../domain/joins/join.ts';
import type { Place } from './place.ts';

type Keys = string | readonly string[];

/**
 * The rows of one key, in no order. Most keys have one: those cost no list. (A set of them would
 * be four times as large, and an index of 50,000 rows in it two megabytes.)
 */
type Found = Place | Place[];

const NONE: readonly AnyRow[] = [];

/** Which rows of a table have a key, kept by delta. */
export class KeyIndex {
  readonly key: AnyKey;
  readonly #spaces = new Map<string, Map<string, Found>>();

  constructor(key: AnyKey) {
    this.key = key;
  }

  /** Follows a row from what it was to what it is; null where it is not there. */
  move(place: Place, before: AnyRow | null, after: AnyRow | null): void {
    if (before !== null && after !== null && this.same(before, after)) return;
    if (before !== null) this.#remove(place, before);
    if (after !== null) this.#add(place, after);
  }

  /** Have these two states of a row the same keys. */
  same(before: AnyRow, after: AnyRow): boolean {
    const [a, b] = [this.key.of(before), this.key.of(after)];
    if (typeof a === 'string' || typeof b === 'string') return a === b;
    return a.length === b.length && a.every((key, i) => key === b[i]);
  }

  /**
   * Calls `found` with the place of each row that has one of these keys.
   *
   * @param namespace where the key is looked for; ignored where it holds in the whole cluster
   */
  find(namespace: string, keys: Keys, found: (place: Place) => void): void {
    const map = this.#mapOf(namespace);
    if (map === undefined || keys.length === 0) return;
    if (typeof keys === 'string') each(map.get(keys), found);
    else for (const key of keys) each(map.get(key), found);
  }

  /** The rows that {@link find} finds, in a list of their own. */
  rows(namespace: string, keys: Keys): readonly AnyRow[] {
    const map = this.#mapOf(namespace);
    if (map === undefined || keys.length === 0) return NONE;
    if (typeof keys !== 'string') return keys.flatMap((key) => rowsOf(map.get(key)));
    return rowsOf(map.get(keys));
  }

  clear(): void {
    this.#spaces.clear();
  }

  #mapOf(namespace: string): Map<string, Found> | undefined {
    return this.#spaces.get(this.key.namespaced ? namespace : '');
  }

  #add(place: Place, row: AnyRow): void {
    const keys = this.key.of(row);
    if (keys.length === 0) return;
    const namespace = this.key.namespaced ? row.namespace : '';
    let map = this.#spaces.get(namespace);
    if (map === undefined) {
      map = new Map<string, Found>();
      this.#spaces.set(namespace, map);
    }
    if (typeof keys === 'string') add(map, keys, place);
    else for (const key of keys) add(map, key, place);
  }

  #remove(place: Place, row: AnyRow): void {
    const keys = this.key.of(row);
    const namespace = this.key.namespaced ? row.namespace : '';
    const map = this.#spaces.get(namespace);
    if (map === undefined) return;
    if (typeof keys === 'string') remove(map, keys, place);
    else for (const key of keys) remove(map, key, place);
    if (map.size === 0) this.#spaces.delete(namespace);
  }
}

function rowsOf(entry: Found | undefined): readonly AnyRow[] {
  if (entry === undefined) return NONE;
  // As a literal: a list that is pushed to has room for sixteen, and there are five of 50,000 rows.
  return Array.isArray(entry) ? entry.map(({ row }) => row) : [entry.row];
}

function each(entry: Found | undefined, found: (place: Place) => void): void {
  if (Array.isArray(entry)) entry.forEach(found);
  else if (entry !== undefined) found(entry);
}

function add(map: Map<string, Found>, key: string, place: Place): void {
  const entry = map.get(key);
  if (entry === undefined) map.set(key, place);
  // A row that has a key twice comes twice in a row.
  else if (Array.isArray(entry)) {
    if (entry.at(-1) !== place) entry.push(place);
  } else if (entry !== place) map.set(key, [entry, place]);
}

function remove(map: Map<string, Found>, key: string, place: Place): void {
  const entry = map.get(key);
  if (entry === place) map.delete(key);
  if (!Array.isArray(entry)) return;
  // What came last leaves first: jobs, pods of a rollout.
  const index = entry.lastIndexOf(place);
  const last = index < 0 ? undefined : entry.pop();
  if (last !== undefined && last !== place) entry[index] = last;
  if (entry.length === 0) map.delete(key);
}
