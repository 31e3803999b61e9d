/** One row with the object behind it, kept up to date for what is made from both. */
import { Notifier } from '../../core/notifier.ts';
import type { BaseRow } from '../../domain/rows.ts';
import { IDLE, type SourceStatus } from '../../domain/status.ts';
import type { TableId } from '../../domain/tables/index.ts';
import type { KubeError, KubeObject } from '../../ports/kube.ts';
import type { Stop } from '../../ports/sink.ts';
import type { Whole } from '../../resources/enter.ts';
import type { UiConnection } from '../session.ts';
import type { RowResource } from './row-resource.ts';

/** What is followed, and how much of it. */
export interface WholeOptions {
  readonly connection: UiConnection;
  readonly def: RowResource;
  readonly uid: string;
  /** Tables beside the row's own that are looked into. */
  readonly needs: readonly TableId[];
  /** Whether the object itself is wanted. */
  readonly ofObject: boolean;
}

export class WholeRow {
  /** Told when the row, the object or what they are looked at beside has changed. */
  readonly changes = new Notifier();
  readonly #options: WholeOptions;
  #object: KubeObject | null = null;
  /** The row that the object belongs to, or is being fetched for. */
  #fetchedFor: BaseRow | null = null;
  #error: Partial<KubeError> | null = null;
  #abort = new AbortController();

  constructor(options: WholeOptions) {
    this.#options = options;
  }

  get row(): BaseRow | undefined {
    const { connection, def, uid } = this.#options;
    return connection.store.get(def.table, uid);
  }

  /** Null while the object is on its way, and where there is none. */
  get whole(): Whole<BaseRow> | null {
    const { row } = this;
    const { connection, ofObject } = this.#options;
    if (row === undefined || (ofObject && this.#object === null)) return null;
    return { row, object: this.#object, query: connection.store };
  }

  /** How true it is; what is gone stays as it is. */
  get status(): SourceStatus {
    const { connection, def, ofObject } = this.#options;
    if (this.row === undefined) return { ...IDLE, state: 'live' };
    const { message = '', hint = '', code = 0 } = this.#error ?? {};
    if (this.#error) {
      return { ...IDLE, state: code === 403 ? 'denied' : 'stale', reason: message, hint };
    }
    if (ofObject && this.#object === null) return { ...IDLE, state: 'loading' };
    return connection.store.status(def.table);
  }

  /** Follows it until stopped; the object, which may hold secrets, is dropped then. */
  start(): Stop {
    const { connection, def, needs } = this.#options;
    const tables = [def.table, ...needs];
    this.#abort = new AbortController();
    this.#fetch();
    const release = connection.need(tables);
    const stop = connection.store.onChange(tables, () => {
      this.#fetch();
      this.changes.notify();
    });
    // It may have changed while nobody looked.
    this.changes.notify();
    return () => {
      this.#abort.abort();
      this.#fetchedFor = null;
      this.#object = null;
      stop();
      release();
    };
  }

  /** Asks for the object again. */
  refresh(): void {
    this.#fetchedFor = null;
    this.#fetch();
  }

  /** Fetches the object of a row that it was not fetched for yet. */
  #fetch(): void {
    const { connection, def, ofObject } = this.#options;
    const { row } = this;
    if (!ofObject || row === undefined || row.gone > 0 || row === this.#fetchedFor) return;
    const ref = def.ref?.(row);
    if (!ref) return;
    this.#fetchedFor = row;
    const { signal } = this.#abort;
    const done = (object: KubeObject | null, error: Partial<KubeError> | null): void => {
      // What was asked for later is newer.
      if (signal.aborted || this.#fetchedFor !== row) return;
      this.#object = object ?? this.#object;
      this.#error = error;
      this.changes.notify();
    };
    connection.kube.get(ref, signal).then(
      (object) => done(object, null),
      (error: unknown) => done(null, error as Partial<KubeError>),
    );
  }
}
