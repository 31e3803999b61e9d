/**
 * What fills the tables of one cluster. A source starts with its first user and stops some time
 * after its last, so that a pane nobody looks at costs the API server nothing.
 */
import type { Clock } from '../core/clock.ts';
import { kindRefOf, type KindRow } from '../domain/kinds.ts';
import { IDLE, type SourceStatus } from '../domain/status.ts';
import { kindUidOf, type FoundTableId } from '../domain/tables/found.ts';
import {
  isComputedTable,
  isEksTable,
  isKubeletTable,
  isFoundTable,
  isKubeTable,
  isRecordedTable,
  tableDef,
  type ComputedTableId,
  type KubeletTableId,
  type KubeTableId,
  type RecordedTableId,
  type TableId,
} from '../domain/tables/index.ts';
import type { KubePort } from '../ports/kube.ts';
import type { Sink, Stop } from '../ports/sink.ts';
import type { Store } from '../store/index.ts';
import { covers, hasScope } from './coverage.ts';
import type { EksAttachment } from './eks-attachment.ts';

/** How long a source goes on after its last user left (ms). */
const LINGER_MS = 60_000;

interface Running {
  users: number;
  /** The namespace that is watched; empty for all. */
  scope: string;
  stop: Stop | null;
  cancelLinger: (() => void) | null;
}

/** What sources write into, and what they are made of. */
export interface SourceParts {
  readonly clock: Clock;
  readonly store: Store;
  readonly kube: KubePort;
  readonly eks: EksAttachment;
  readonly computed: (table: ComputedTableId) => Stop;
  readonly kubelets: (table: KubeletTableId) => Stop;
  readonly recorders: Readonly<Record<RecordedTableId, { follow(): Stop }>>;
}

export class TableSources {
  readonly #parts: SourceParts;
  readonly #running = new Map<TableId, Running>();
  #namespace: string;
  /** What sources that start are asked for: one namespace, or (empty) all. */
  #scope: string;
  #closed = false;

  /** @param namespace the one to watch; empty for all */
  constructor(parts: SourceParts, namespace: string) {
    this.#parts = parts;
    this.#namespace = namespace;
    this.#scope = namespace;
  }

  /** The states of those that run and whose failure is the connection's. */
  get statuses(): readonly SourceStatus[] {
    return [...this.#running]
      .filter(([table, { stop }]) => stop !== null && !tableDef(table).failsAlone)
      .map(([table]) => this.#parts.store.status(table));
  }

  /** Follows these tables until the returned function is called. */
  need(tables: readonly TableId[]): Stop {
    for (const table of tables) this.#use(table);
    let stopped = false;
    return () => {
      if (stopped) return;
      stopped = true;
      for (const table of tables) this.#release(table);
    };
  }

  /**
   * Another namespace is looked at; empty for all. Sources that have no rows of it start anew, all
   * others go on.
   */
  setNamespace(namespace: string): void {
    this.#namespace = namespace;
    if (this.#scope !== '') this.#scope = namespace;
    for (const [table, running] of this.#running) {
      if (!this.#covers(table, running)) this.#restart(table, running, namespace);
    }
  }

  close(): void {
    this.#closed = true;
    for (const running of this.#running.values()) {
      running.cancelLinger?.();
      running.stop?.();
    }
    this.#running.clear();
  }

  #use(table: TableId): void {
    const running: Running = this.#running.get(table) ?? {
      users: 0,
      scope: tableDef(table).readsAll === true ? '' : this.#scope,
      stop: null,
      cancelLinger: null,
    };
    this.#running.set(table, running);
    running.users++;
    running.cancelLinger?.();
    running.cancelLinger = null;
    running.stop ??= this.#start(table, running.scope);
  }

  #release(table: TableId): void {
    const running = this.#running.get(table);
    if (running === undefined || --running.users > 0) return;
    running.cancelLinger = this.#parts.clock.after(LINGER_MS, () => {
      running.stop?.();
      this.#running.delete(table);
      // Its rows stay, and nobody keeps them true any more.
      if (running.stop !== null) this.#parts.store.sink(table).status(IDLE);
    });
  }

  #start(table: TableId, scope: string): Stop | null {
    const { kube, store, eks, recorders } = this.#parts;
    if (isKubeTable(table)) return this.#watch(table, this.#hasScope(table) ? scope : '');
    if (isFoundTable(table)) return this.#watchFound(table, scope);
    if (isEksTable(table)) return eks.follow(table);
    if (isRecordedTable(table)) return recorders[table].follow();
    if (isComputedTable(table)) return this.#parts.computed(table);
    if (isKubeletTable(table)) return this.#parts.kubelets(table);
    // Those of the fleet are the session's.
    return tableDef(table).source === 'discovery' ? kube.followKinds(store.sink('kinds')) : null;
  }

  #watch(table: KubeTableId, namespace: string): Stop {
    const { kube, store } = this.#parts;
    return kube.watch(table, { namespace }, this.#scoped(table, store.sink(table), namespace));
  }

  #watchFound(table: FoundTableId, scope: string): Stop | null {
    const { kube, store } = this.#parts;
    const kind = store.get('kinds', kindUidOf(table));
    if (kind === undefined) return null;
    const namespace = kind.namespaced ? scope : '';
    const sink = store.sink(table);
    const stop = kube.watchKind(
      kindRefOf(kind),
      { namespace },
      { ...this.#scoped(table, sink, namespace), columns: (columns) => sink.columns(columns) },
    );
    const stopKinds = this.#onOtherKind(table, kind, () => {
      const running = this.#running.get(table);
      if (running !== undefined) this.#restart(table, running, running.scope);
    });
    return () => {
      stopKinds();
      stop();
    };
  }

  /** Calls when a kind is served in another version, or is there again after it was taken away. */
  #onOtherKind(table: FoundTableId, { version }: KindRow, then: () => void): Stop {
    const { store } = this.#parts;
    let wasThere = true;
    return store.onChange(['kinds'], () => {
      const now = store.get('kinds', kindUidOf(table));
      const isOther = now !== undefined && (!wasThere || now.version !== version);
      wasThere = now !== undefined;
      if (isOther) then();
    });
  }

  #hasScope(table: TableId): boolean {
    return hasScope(table, this.#parts.store);
  }

  #covers(table: TableId, { scope, stop }: Running): boolean {
    if (!this.#hasScope(table) || stop === null) return true;
    return covers(scope, this.#namespace, this.#parts.store.status(table));
  }

  #restart(table: TableId, running: Running, scope: string): void {
    running.stop?.();
    this.#parts.store.reset(table);
    running.scope = scope;
    running.stop = this.#start(table, scope);
  }

  #scoped<Row>(table: TableId, sink: Sink<Row>, namespace: string): Sink<Row> {
    if (namespace === '') {
      return {
        ...sink,
        status: (status) => {
          sink.status(status);
          // Later: a source is not stopped while it tells its state.
          if (status.state === 'denied' || status.namespaces !== null)
            queueMicrotask(() => this.#narrow(table));
        },
      };
    }
    // Of one namespace, sums over all of them are not known: the status says what it covers.
    return {
      ...sink,
      status: (status) => sink.status({ ...status, namespaces: status.namespaces ?? [namespace] }),
    };
  }

  /** What was refused for the whole cluster is asked for in the namespace that is chosen. */
  #narrow(table: TableId): void {
    const running = this.#running.get(table);
    if (this.#closed || running === undefined || this.#covers(table, running)) return;
    this.#restart(table, running, this.#namespace);
  }
}
