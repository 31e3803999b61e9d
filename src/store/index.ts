import { apart, tellAll } from '../core/apart.ts';
import type { Clock } from '../core/clock.ts';
import { FrameScheduler } from '../core/scheduler.ts';
import { AT_ONCE, type Worker } from '../core/work.ts';
import { NO_CLUSTER, type ClusterKey } from '../domain/cluster-key.ts';
import type { AnyRow } from '../domain/joins/join.ts';
import type { FoundColumn } from '../domain/kinds.ts';
import { RULES } from '../domain/joins/index.ts';
import type { SourceStatus } from '../domain/status.ts';
import type { FoundTableId } from '../domain/tables/found.ts';
import { tableDef, type TableId, type Tables } from '../domain/tables/index.ts';
import type { Log } from '../ports/log.ts';
import type { Query } from '../ports/query.ts';
import type { Tallying } from '../ports/tally.ts';
import { GoneWindow } from './gone.ts';
import { Joiner } from './joiner.ts';
import { logState } from './log-state.ts';
import { Pace } from './pace.ts';
import { PassingTable } from './passing-table.ts';
import { Table } from './table.ts';
import type { StoreOptions } from './options.ts';
import type { StoreSink } from './store-sink.ts';
import { RowTally } from './row-tally.ts';
import type { View, ViewSpec } from './view-types.ts';
import type { Witness } from './witness.ts';
import { ListView } from './view.ts';
import type { RowPlace } from './view-source.ts';

/** How long rows that are gone are kept, unless told otherwise (ms). */
const GONE_MS = 15 * 60_000;
/** How long they are listed with those that are there (ms). */
const RECENT_MS = 60_000;

/** After so many rows joins and views follow at once, so that no frame has much to catch up with. */
const DIGEST_ROWS = 64;

type Places<Row> = readonly RowPlace<Row>[];

/** Follows the places that changed; returns whom to tell, null where there is nothing to tell. */
type Frame = (places: Places<unknown>, statusChanged: boolean) => ReadonlySet<() => void> | null;

/**
 * The rows of one cluster (or of the fleet): tables that sources write, the joins between them,
 * and views of them. A row's object never changes once it was read: a change is a new object.
 */
export class Store implements Query, Tallying {
  /** Present time (ms) by the clock of what fills it: the one by which its rows have their times. */
  readonly now: () => number;
  readonly #clock: Clock;
  readonly #log: Log | undefined;
  readonly #worker: Worker;
  readonly #scheduler: FrameScheduler;
  readonly #pace: Pace;
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
    const { frameMs = () => 100, worker = AT_ONCE, log } = options;
    this.#worker = worker;
    this.#clock = clock;
    this.now = now;
    this.#log = log;
    this.#pace = new Pace(clock, frameMs);
    this.#scheduler = new FrameScheduler(clock, this.#pace.ms, () => this.#deliver());
    const touch = () => this.#touch();
    const time: Clock = { now, after: (ms, fn) => clock.after(ms, fn) };
    this.#gone = new GoneWindow(time, GONE_MS, (table, place) => table.drop(place), touch);
    this.#recent = new GoneWindow(time, RECENT_MS, (table, place) => table.fade(place), touch);
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
          this.#pace.wrote(rows.length);
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
        worker: this.#worker,
        places: () => table.places() as Iterable<unknown> as Places<Tables[T]>,
        status: () => table.status,
        join: () => this.#join(),
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

  tally<T extends TableId>(id: T, keyOf: (row: Tables[T]) => string | null, counted: () => void) {
    const table = this.#table(id);
    const places = () => table.places() as Iterable<unknown> as Places<Tables[T]>;
    let detach = (): void => undefined;
    const source = { worker: this.#worker, clock: this.#clock, places, detach: () => detach() };
    const tally = new RowTally<Tables[T]>(source, keyOf, counted);
    detach = this.#attach(id, (changed) => {
      tally.frame(changed as Places<Tables[T]>);
      return null;
    });
    return tally;
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

  /** Has a witness see each change of the rows of a table; it starts no source. */
  witness(table: TableId, witness: Witness): () => void {
    const { witnesses } = this.#table(table);
    witnesses.add(witness);
    return () => witnesses.delete(witness);
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
    this.#join();
    return this.#table(table).place(uid)?.row as Tables[T] | undefined;
  }

  named<T extends TableId>(table: T, namespace: string, name: string): Tables[T] | undefined {
    this.#join();
    return this.#table(table).named(namespace, name) as Tables[T] | undefined;
  }

  *rows<T extends TableId>(table: T): Generator<Tables[T]> {
    this.#join();
    for (const { row } of this.#table(table).places()) yield row as unknown as Tables[T];
  }

  size(table: TableId): number {
    this.#join();
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
    const { keepsGone, passesOn = false, firsts = [] } = tableDef(id);
    const Kind = passesOn ? PassingTable : Table;
    const table = new Kind(
      id,
      this.#cluster,
      (of, place) => keepsGone && this.#gone.take(of, place) && this.#recent.take(of, place),
      firsts,
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

  /** Joins what was written; where that is very much, the rest in the next turns. */
  #join(): void {
    if (!this.#stale) return;
    this.#stale = false;
    const isDone = this.#joiner.run(this.#worker.piece);
    for (const table of this.#tables.values()) table.publish();
    if (isDone) return;
    this.#clock.after(0, () => {
      if (this.#closed) return;
      this.#touch();
      this.#digest();
    });
  }

  /** Brings joins and views up to date with what the sources wrote. */
  #digest(): void {
    this.#undigested = 0;
    this.#join();
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
    this.#pace.shown();
    const due = [...this.#due];
    this.#due.clear();
    for (const listeners of due) tellAll(listeners);
  }
}
