/** What kinds the cluster that is looked at offers: asked once its first rows are there. */
import { isFoundTable, type TableId } from '../domain/tables/index.ts';
import type { Query } from '../ports/query.ts';
import type { Stop } from '../ports/sink.ts';
import type { UiConnection } from './session.ts';

export class Discovering {
  #connection: UiConnection | null = null;
  #release: Stop | null = null;
  #stopWatching: Stop = () => undefined;
  #stopWaiting: Stop = () => undefined;

  /** Goes over to another connection, or to none. Discovery never delays its first pane. */
  follow(connection: UiConnection | null): void {
    if (connection === this.#connection) return;
    this.stop();
    this.#connection = connection;
    if (!connection) return;
    const look = (): void => {
      if (connection.health.state === 'live') this.#begin(connection);
    };
    this.#stopWatching = connection.subscribe(look);
    look();
  }

  /**
   * Calls once the cluster has told what kinds it offers, or cannot. False where it has: then there
   * is nothing to wait for. A later call takes the place of an earlier.
   */
  wait(connection: UiConnection, then: () => void): boolean {
    this.follow(connection);
    this.#begin(connection);
    return this.#when(connection, 'kinds', (query) => query.status('kinds').synced, then);
  }

  /**
   * Calls once the columns of a kind are known that only the server knows, or cannot be. False where
   * they are.
   */
  waitForColumns(connection: UiConnection, table: TableId, then: () => void): boolean {
    if (!isFoundTable(table)) return false;
    return this.#when(connection, table, (query) => query.columns(table).length > 0, then);
  }

  #when(
    { store }: UiConnection,
    table: TableId,
    isKnown: (query: Query) => boolean,
    then: () => void,
  ): boolean {
    this.#stopWaiting();
    const isOpen = (): boolean => {
      const { state } = store.status(table);
      return !isKnown(store) && (state === 'idle' || state === 'loading');
    };
    if (!isOpen()) return false;
    const stop = store.onChange([table], () => {
      if (isOpen()) return;
      stop();
      then();
    });
    this.#stopWaiting = stop;
    return true;
  }

  stop(): void {
    this.#stopWaiting();
    this.#stopWatching();
    this.#release?.();
    this.#release = null;
    this.#connection = null;
  }

  #begin(connection: UiConnection): void {
    this.#stopWatching();
    this.#release ??= connection.need(['kinds']);
  }
}
