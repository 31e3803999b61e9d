import { apart, tellAll } from '../core/apart.ts';
import type { Clock } from '../core/clock.ts';
import { FrameScheduler } from '../core/scheduler.ts';
import { NO_CLUSTER, type ClusterKey } from '../domain/cluster-key.ts';
import type { AnyRow } from '../domain/joins/join.ts';
import type { FoundColumn } from '../domain/kinds.ts';
import { RULES } from '../domain/joins/index.ts';
import type { SourceStatus } from '../domain/status.ts';
import type { FoundTableId } from '../domain/tables/found.ts';
import { tableDef, type TableId, type Tables } from '../domain/tables/index.ts';
import type { Log } from '../ports/log.ts';
import type { Query } from '../ports/query.ts';
import type { Sink } from '../ports/sink.ts';
import { GoneWindow } from './gone.ts';
import { Joiner } from './joiner.ts';
import { Table } from './table.ts';
import type { View, ViewSpec } from './view-types.ts';
import { ListView } from './view.ts';
import type { Place } from './view-source.ts';

export interface StoreOptions {
  readonly clock: Clock;
  /** Present time (ms) of what fills the store, where that is not the clock's. */
  readonly now?: () => number;
  /** The cluster that every row is stamped with; absent in the fleet, whose rows are clusters. */
  readonly cluster?: ClusterKey;
  /** The least time between two deliveries (ms). Default 100. */
  readonly frameMs?: () => number;
  /** Hears when a source changes its state. */
  readonly log?: Log | undefined;
}

/** Where a source writes rows, and what their cells are where the server prints them. */
export interface StoreSink<Row> extends Sink<Row> {
  columns(columns: readonly FoundColumn[]): void;
}

/** How long rows that are gone are kept, unless told otherwise (ms). */
const GONE_MS = 15 * 60_000;
/** How long they are listed with those that are there (ms). */
const RECENT_MS = 60_000;

/** After so many rows joins and views follow at once, so that no frame has much to catch up with. */
const DIGEST_ROWS = 500;

type Places<Row> = readonly Place<Row>[];

/** Follows the places that changed; returns whom to tell, null where there is nothing to tell. */
type Frame = (places: Places<unknown>, statusChanged: boolean) => ReadonlySet<() => void> | null;

/**
 * The rows of one cluster (or of the fleet): tables that sources write, the joins between them,
 * and views of them. A row's object never changes once it was read: a change is a new object.
 */
export class Store implements Query {
  /** Present time (ms) by the clock of what fills it: the one by which its rows have their times. */
  readonly now: () => number;
  readonly #clock: Clock;
  readonly #log: Log | undefined;
  readonly #scheduler: FrameScheduler;
  readonly #gone: GoneWindow;
  readonly #recent: GoneWindow;
  readonly #cluster: ClusterKey;
  readonly #tables = new Map<TableId, Table>();
  readonly #joiner: Joiner;
  readonly #frames = new Map<TableId, Set<Frame>>();
  readonly #resets = new Map<TableId, number>();
  /** Whom to tell in the next frame. */
  readonly #due = new Set<ReadonlySet<() => void>>();
  #undigested = 0;
  /** Something was written since joins were last brought up to date. */
  #stale = false;
  #closed = false;

  constructor(options: StoreOptions) {
    const { clock, cluster = NO_CLUSTER, now = () => clock.now() } = options;
    const { frameMs = () => 100, log } = options;
    this.#clock = clock;
    this.now = now;
    this.#log = log;
    this.#scheduler = new FrameScheduler(clock, frameMs, () => this.#deliver());
    const touch = () => this.#touch();
    const time: Clock = { now, after: (ms, fn) => clock.after(ms, fn) };
    this.#gone = new GoneWindow(time, GONE_MS, (table, slot) => table.drop(slot), touch);
    this.#recent = new GoneWindow(time, RECENT_MS, (table, slot) => table.fade(slot), touch);
    this.#cluster = cluster;
    this.#joiner = new Joiner(RULES, (id) => this.#table(id));
  }

  /**
   * Where the source of a table writes. It ends with the table's next {@link reset}: what a
   * stopping source still delivers then is ignored, and the next source asks for its own.
   */
  sink<T extends TableId>(table: T): StoreSink<Tables[T]> {
    const target = this.#table(table);
    const begun = this.#resets.get(table);
    const write = (change: () => void): void => {
      if (this.#closed || this.#resets.get(table) !== begun) return;
      this.#touch();
      change();
    };
    return {
      relist: () => write(() => target.relist()),
      put: (rows) =>
        write(() => {
          for (const row of rows) target.put(row as unknown as AnyRow);
          this.#undigested += rows.length;
          if (this.#undigested >= DIGEST_ROWS) this.#digest();
        }),
      remove: (rows) =>
        write(() => {
          for (const { uid, last } of rows) {
            target.remove(uid, last as AnyRow | undefined, this.now());
          }
        }),
      synced: () => write(() => target.synced(this.now())),
      status: (status) =>
        write(() => {
          if (this.#log !== undefined) logState(this.#log, table, target.status, status);
          target.setStatus(status);
        }),
      columns: (columns) => write(() => target.setColumns(columns)),
    };
  }

  view<T extends TableId>(spec: ViewSpec<T>): View<T> {
    const table = this.#table(spec.table);
    let detach = (): void => undefined;
    const view = new ListView<Tables[T]>(
      {
        inOrder: () => table.inOrder() as Places<unknown> as Places<Tables[T]>,
        status: () => table.status,
        settle: () => this.#settle(),
        request: () => this.#scheduler.request(),
        detach: () => detach(),
      },
      this.#clock,
      spec,
    );
    detach = this.#attach(spec.table, (places, status) =>
      view.frame(places as Places<Tables[T]>, status),
    );
    return view;
  }

  /** Calls at most once a frame when rows or status of any of these tables changed. */
  onChange(tables: readonly TableId[], listener: () => void): () => void {
    const own = new Set([(): void => listener()]);
    const detach = tables.map((table) =>
      this.#attach(table, (places, status) => (places.length > 0 || status ? own : null)),
    );
    return () => {
      own.clear();
      for (const stop of detach) stop();
    };
  }

  /** Delivers at once what waits for the next frame: after a key. */
  flushNow(): void {
    this.#scheduler.flush();
  }

  /** Forgets the rows and the status of a table: another scope is to be listed. */
  reset(table: TableId): void {
    this.#resets.set(table, (this.#resets.get(table) ?? 0) + 1);
    this.#touch();
    this.#table(table).reset();
  }

  /** How long rows that are gone are kept (ms); 0: not at all. */
  setGoneWindow(ms: number): void {
    this.#gone.setMs(ms);
  }

  /** Ends it: sinks are ignored, nobody is told anything any more. */
  close(): void {
    this.#closed = true;
    this.#scheduler.close();
    this.#gone.close();
    this.#recent.close();
    this.#frames.clear();
    this.#due.clear();
  }

  get<T extends TableId>(table: T, uid: string): Tables[T] | undefined {
    this.#settle();
    return this.#table(table).slot(uid)?.row as Tables[T] | undefined;
  }

  named<T extends TableId>(table: T, namespace: string, name: string): Tables[T] | undefined {
    this.#settle();
    return this.#table(table).named(namespace, name) as Tables[T] | undefined;
  }

  *rows<T extends TableId>(table: T): Generator<Tables[T]> {
    this.#settle();
    for (const { row } of this.#table(table).slots()) yield row as unknown as Tables[T];
  }

  size(table: TableId): number {
    this.#settle();
    return this.#table(table).size;
  }

  status(table: TableId): SourceStatus {
    return this.#table(table).status;
  }

  columns(table: FoundTableId): readonly FoundColumn[] {
    return this.#table(table).columns;
  }

  /** A table, which is made when it is first asked for: kinds are found while the program runs. */
  #table(id: TableId): Table {
    const known = this.#tables.get(id);
    if (known !== undefined) return known;
    const { keepsGone } = tableDef(id);
    const table = new Table(
      id,
      this.#cluster,
      (of, slot) => keepsGone && this.#gone.take(of, slot) && this.#recent.take(of, slot),
    );
    this.#tables.set(id, table);
    return table;
  }

  #attach(table: TableId, frame: Frame): () => void {
    const frames = this.#frames.get(table) ?? new Set();
    this.#frames.set(table, frames.add(frame));
    return () => frames.delete(frame);
  }

  #touch(): void {
    this.#stale = true;
    this.#scheduler.request();
  }

  #settle(): void {
    if (!this.#stale) return;
    this.#stale = false;
    this.#joiner.settle();
    for (const table of this.#tables.values()) table.publish();
  }

  /** Brings joins and views up to date with what the sources wrote. */
  #digest(): void {
    this.#undigested = 0;
    this.#settle();
    for (const table of this.#tables.values()) {
      for (const frame of this.#frames.get(table.id) ?? []) {
        // A view that fails on a row keeps no other view, and no later row, from being told.
        apart(() => {
          const listeners = frame(table.unseen, table.statusUnseen);
          if (listeners !== null) this.#due.add(listeners);
        });
      }
      table.seen();
    }
  }

  #deliver(): void {
    this.#digest();
    const due = [...this.#due];
    this.#due.clear();
    for (const listeners of due) tellAll(listeners);
  }
}

/** A state that goes on is no event. */
function logState(log: Log, table: TableId, before: SourceStatus, now: SourceStatus): void {
  if (before.state === now.state && before.reason === now.reason) return;
  const { state, reason, hint, namespaces } = now;
  const level = state === 'live' || state === 'loading' || state === 'idle' ? 'info' : 'warn';
  log(level, 'source', { table, state, before: before.state, reason, hint, namespaces });
}
