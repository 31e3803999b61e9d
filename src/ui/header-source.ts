/** What the header counts, kept up to date at a calm pace. */
import { isProblem } from '../domain/health.ts';
import type { BaseRow } from '../domain/rows.ts';
import type { TableId } from '../domain/tables/index.ts';
import type { Stop } from '../ports/sink.ts';
import type { View } from '../store/view-types.ts';
import { findResource } from '../resources/index.ts';
import type { Counts } from './chrome/header.ts';
import { Notifier } from '../core/notifier.ts';
import { erased } from './resource/erased.ts';
import type { UiConnection, UiSession } from './session.ts';

/** Tables whose rows with a problem the header counts. */
const WATCHED: readonly TableId[] = ['pods', 'nodes', 'nodegroups'];

export class HeaderSource {
  readonly changes = new Notifier();
  readonly #session: UiSession;
  #connection: UiConnection | null = null;
  #views: readonly View<TableId>[] = [];
  #namespace = '';
  #stops: readonly Stop[] = [];

  constructor(session: UiSession) {
    this.#session = session;
  }

  /** Follows another connection, or none. */
  follow(connection: UiConnection | null): void {
    if (connection === this.#connection) return;
    this.close();
    this.#connection = connection;
    this.#namespace = connection?.namespace ?? '';
    if (!connection) return;
    const notify = () => {
      this.#rescope(connection.namespace);
      this.changes.notify();
    };
    const { store } = connection;
    const views = WATCHED.flatMap((table) => {
      const resource = findResource(table);
      if (!resource) return [];
      const { health } = erased(resource);
      const filter = (row: BaseRow) => isProblem(health(row, { now: store.now(), time: 'age' }));
      const only = this.#only();
      return [store.view({ table, filter, only, compare: () => 0, settle: true, gone: 'none' })];
    });
    this.#views = views;
    this.#stops = [
      connection.subscribe(notify),
      store.onChange(['namespaces', ...WATCHED], notify),
      connection.need(['pods', 'nodes', 'namespaces']),
    ];
  }

  get counts(): Counts {
    const store = this.#connection?.store;
    const known = (table: TableId): number | null =>
      store && store.status(table).synced ? store.size(table) : null;
    const { fleet } = this.#session;
    return {
      clusters: fleet.status('clusters').synced ? fleet.size('clusters') : null,
      groups: known('nodegroups'),
      nodes: known('nodes'),
      pods: known('pods'),
      namespace: this.#namespace,
      problems: this.#views.reduce((sum, view) => sum + view.matched, 0),
    };
  }

  /** Problems are counted where the panes look. */
  #rescope(namespace: string): void {
    if (namespace === this.#namespace) return;
    this.#namespace = namespace;
    for (const view of this.#views) view.update({ only: this.#only() });
  }

  #only(): ((row: BaseRow) => boolean) | undefined {
    const namespace = this.#namespace;
    return namespace === '' ? undefined : (row) => row.namespace === namespace;
  }

  close(): void {
    for (const stop of this.#stops) stop();
    for (const view of this.#views) view.close();
    this.#stops = [];
    this.#views = [];
    this.#connection = null;
  }
}
