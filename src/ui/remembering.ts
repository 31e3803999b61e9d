/** Beginning where the last run on a cluster ended, and keeping where this one stands. */
import { contextKey } from '../domain/cluster-key.ts';
import type { Config } from '../config/schema.ts';
import type { Tone } from '../core/styled.ts';
import type { Memory, Remembered } from '../ports/memory.ts';
import type { AnyResource } from '../resources/define.ts';
import { PULSE } from '../resources/pulse/index.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import { NamespaceKeys } from './namespaces.ts';
import type { Navigator } from './navigator.ts';
import type { UiConnection } from './session.ts';

/** Where the program stands. */
export interface RememberingOwner {
  readonly config: Pick<Config, 'favorites'>;
  readonly resources: ResourceRegistry;
  readonly navigator: Pick<Navigator, 'stack'>;
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
    const keys = new NamespaceKeys([...new Set([...config.favorites, ...before])]);
    this.#keys.set(connection, keys);
    return keys;
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
    const now: Remembered = { pane, namespace: connection.namespace, favorites };
    const text = JSON.stringify(now);
    if (this.#kept.get(connection) === text) return;
    this.#kept.set(connection, text);
    this.#memory.keep(keyOf(connection), now);
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

/** The same cluster, whether it is reached by its context or was found in AWS. */
const keyOf = ({ context, cluster }: UiConnection): string =>
  context === '' ? cluster : contextKey(context);
