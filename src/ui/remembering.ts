/** Beginning where the last run on a cluster ended, and keeping where this one stands. */
import { contextKey } from '../domain/cluster-key.ts';
import type { Config } from '../config/schema.ts';
import type { Tone } from '../core/styled.ts';
import type { Bookmark, Memory, Remembered, RememberedList } from '../ports/memory.ts';
import type { AnyResource } from '../resources/define.ts';
import { PULSE } from '../resources/pulse/index.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import { NamespaceKeys } from './namespaces.ts';
import type { Navigator } from './navigator.ts';
import type { UiConnection } from './session.ts';
import type { Listing } from './table/listing.ts';

/** Where the program stands. */
export interface RememberingOwner {
  readonly config: Pick<Config, 'favorites'>;
  readonly resources: ResourceRegistry;
  readonly navigator: Pick<Navigator, 'stack' | 'panes'>;
  /** The connection that commands are about. */
  readonly connection: UiConnection | null;
  /** Says something in the line at the bottom. */
  flash(text: string, tone: Tone): void;
}

/** Where the work on a cluster begins. */
export interface Beginning {
  /** Null: the pulse of the cluster. */
  readonly first: AnyResource | null;
  /**
   * What follows it as soon as the cluster has told that it has such a kind: a name that can be typed;
   * empty: nothing.
   */
  readonly then: string;
}

export class Remembering {
  readonly #owner: RememberingOwner;
  readonly #memory: Memory | null;
  /** Is the namespace told on the command line. */
  readonly #told: boolean;
  readonly #keys = new Map<UiConnection | null, NamespaceKeys>();
  readonly #kept = new Map<UiConnection, string>();
  readonly #lists = new Map<UiConnection, Map<string, RememberedList>>();
  readonly #bookmarks = new Map<UiConnection | null, Map<string, Bookmark>>();

  constructor(owner: RememberingOwner, memory: Memory | null, told: boolean) {
    this.#owner = owner;
    this.#memory = memory;
    this.#told = told;
  }

  /** The keys of namespaces of the connection that is looked at. */
  get keys(): NamespaceKeys {
    const { connection, config } = this.#owner;
    const known = this.#keys.get(connection);
    if (known !== undefined) return known;
    const before = connection === null ? [] : (this.#recall(connection)?.favorites ?? []);
    const keys = new NamespaceKeys(config.favorites, before);
    this.#keys.set(connection, keys);
    return keys;
  }

  /** By digit, the places of the connection that is looked at. */
  get bookmarks(): Map<string, Bookmark> {
    return this.#bookmarksOf(this.#owner.connection);
  }

  /** How the list of a resource was left; null: as it is declared. */
  listing(connection: UiConnection, { id, columns }: AnyResource): Listing | null {
    const before = this.#listsOf(connection).get(id);
    if (before === undefined) return null;
    // A column may have gone, or be one that the cluster has yet to tell of.
    const isThere = columns.some((column) => column.id === before.sort.column);
    return isThere ? { ...before, showsGone: false } : null;
  }

  /** Puts the connection where it was left. Returns what to show of it. */
  begin(connection: UiConnection): Beginning {
    const { resources } = this.#owner;
    const before = this.#recall(connection);
    if (before === null) return { first: null, then: '' };
    const { namespace, pane } = before;
    if (namespace !== '' && !this.#told) {
      connection.setNamespace(namespace);
      this.#owner.flash(`as you left it: namespace ${namespace}, 0 for all`, 'info');
      this.#widenWhereGone(connection, namespace);
    }
    if (pane === PULSE) return { first: null, then: '' };
    const known = resources.byId(pane, connection.store);
    return { first: known ?? resources.home, then: known === undefined ? pane : '' };
  }

  /** Keeps where the connection stands that is looked at. */
  note(): void {
    // A pane that was opened from a row is about that row: what it began with is the place to be.
    const place = this.#owner.navigator.stack.find((pane) => pane.connection !== null);
    const connection = place?.connection ?? null;
    const pane = place?.lists;
    if (this.#memory === null || connection === null || pane === undefined) return;
    const favorites = (this.#keys.get(connection)?.chosen ?? []).slice();
    this.#noteLists();
    const lists = this.#listsOf(connection);
    const bookmarks = this.#bookmarksOf(connection);
    const now: Remembered = {
      ...{ pane, namespace: connection.namespace, favorites },
      ...(lists.size > 0 && { lists: Object.fromEntries(lists) }),
      ...(bookmarks.size > 0 && { bookmarks: Object.fromEntries(bookmarks) }),
    };
    const text = JSON.stringify(now);
    if (this.#kept.get(connection) === text) return;
    this.#kept.set(connection, text);
    this.#memory.keep(keyOf(connection), now);
  }

  /** How the lists are narrowed and sorted that are open; the one that is looked at counts most. */
  #noteLists(): void {
    const { resources, navigator } = this.#owner;
    for (const pane of [...navigator.panes, ...navigator.stack]) {
      const { lists: id, connection } = pane;
      const listing = pane.listing?.();
      if (id === undefined || connection === null || listing === undefined) continue;
      const { filter, problemsOnly, sort } = listing;
      const own = resources.byId(id, connection.store)?.sort;
      const isSorted = sort.column !== own?.column || sort.descending !== own.descending;
      const lists = this.#listsOf(connection);
      if (filter === '' && !problemsOnly && !isSorted) lists.delete(id);
      else lists.set(id, { filter, problemsOnly, sort });
    }
  }

  #bookmarksOf(connection: UiConnection | null): Map<string, Bookmark> {
    const before = connection && this.#recall(connection)?.bookmarks;
    return known(this.#bookmarks, connection, () => Object.entries(before ?? {}));
  }

  #listsOf(connection: UiConnection): Map<string, RememberedList> {
    return known(this.#lists, connection, () =>
      Object.entries(this.#recall(connection)?.lists ?? {}),
    );
  }

  #recall(connection: UiConnection): Remembered | null {
    return this.#memory?.recall(keyOf(connection)) ?? null;
  }

  /** A namespace that went meanwhile is no place to begin: all are shown, and it is said. */
  #widenWhereGone(connection: UiConnection, namespace: string): void {
    const { store } = connection;
    const { table } = this.#owner.resources.namespaces;
    const check = (): void => {
      if (connection.namespace !== namespace) {
        stop();
        return;
      }
      if (store.status(table).state !== 'live') return;
      stop();
      if (store.named(table, '', namespace) !== undefined) return;
      connection.setNamespace('');
      this.#owner.flash(
        `namespace ${namespace}, where you left off, is gone: all are shown`,
        'warn',
      );
    };
    const stop = store.onChange([table], check);
  }
}

/** What a map has under a key; what is not there yet is made of entries. */
function known<K, T>(
  map: Map<K, Map<string, T>>,
  key: K,
  entries: () => readonly (readonly [string, T])[],
): Map<string, T> {
  const there = map.get(key) ?? new Map(entries());
  map.set(key, there);
  return there;
}

/**
 * The same cluster, run by run. A context of that name may lead elsewhere in another kubeconfig, as to
 * the `prod` of another region: where it leads counts too, but for the port, which local clusters
 * change.
 */
const keyOf = ({ context, cluster, info: { server } }: UiConnection): string =>
  context === '' ? cluster : `${contextKey(context)}@${URL.parse(server)?.hostname ?? server}`;
