/**
 * Fills a table with what happens in others. It sees what other sources tell anyway; while it is
 * followed itself, all tables that it looks at are, and what they still tell of the time before is
 * told too.
 */
import type { Clock } from '../core/clock.ts';
import { AT_ONCE, type Work, type Worker } from '../core/work.ts';
import type { AnyChangeRule, Change } from '../domain/changes/change.ts';
import { RECORDERS } from '../domain/changes/index.ts';
import { ChangeLog } from '../domain/changes/log.ts';
import { IDLE } from '../domain/status.ts';
import { RECORDED_TABLES, type RecordedTableId, type TableId } from '../domain/tables/index.ts';
import type { Stop } from '../ports/sink.ts';
import type { Store } from '../store/index.ts';
import { isSettled, statusOf } from './together.ts';

/** How far back it asks what was (ms). */
const BACK = 30 * 60_000;
/** How many rows are asked in a piece where nobody says. */
const PIECE = 500;

/** What recorders work with. */
export interface RecorderParts {
  readonly clock: Clock;
  readonly store: Store;
  readonly worker?: Worker | undefined;
  readonly need: (tables: readonly TableId[]) => Stop;
}

/** One recorder for each table that is recorded. */
export function recordersOf(parts: RecorderParts): Readonly<Record<RecordedTableId, Recorder>> {
  const made = Object.keys(RECORDED_TABLES).map((table) => {
    const id = table as RecordedTableId;
    return [id, new Recorder(id, RECORDERS[id], parts)] as const;
  });
  return Object.fromEntries(made) as Record<RecordedTableId, Recorder>;
}

export class Recorder {
  readonly #parts: RecorderParts;
  readonly #rules: readonly AnyChangeRule[];
  readonly #tables: readonly TableId[];
  readonly #log = new ChangeLog();
  readonly #sink;
  readonly #stops: Stop[];
  readonly #worker: Worker;
  /** Rules whose tables were not asked yet what was; null while nobody follows. */
  #untold: Set<AnyChangeRule> | null = null;
  #asking: { readonly cancel: () => void } | null = null;
  #flushing = false;

  constructor(table: RecordedTableId, rules: readonly AnyChangeRule[], parts: RecorderParts) {
    const { store } = parts;
    this.#parts = parts;
    this.#rules = rules;
    this.#worker = parts.worker ?? AT_ONCE;
    this.#sink = store.sink(table);
    this.#tables = [...new Set(rules.flatMap(({ table: own, reads = [] }) => [own, ...reads]))];
    this.#stops = rules.map((rule) =>
      store.witness(rule.table, (before, after, watched) => {
        const of = { query: store, seenSince: this.#seenSince, lately: this.#lately };
        this.#add(rule.seen(before, after, { now: store.now(), watched, ...of }), watched);
      }),
    );
  }

  /** Follows all tables that it records from, until the returned function is called. */
  follow(): Stop {
    const { store, need } = this.#parts;
    this.#untold = new Set(this.#rules.filter(({ told }) => told !== undefined));
    const release = need(this.#tables);
    const stop = store.onChange(this.#tables, () => this.#update());
    this.#update();
    return () => {
      stop();
      release();
      this.#asking?.cancel();
      this.#asking = this.#untold = null;
      this.#sink.status(IDLE);
    };
  }

  close(): void {
    for (const stop of this.#stops) stop();
    this.#asking?.cancel();
  }

  readonly #lately = (...about: readonly [string, string, string, string]) =>
    this.#log.lately(...about);

  readonly #seenSince = (table: TableId): number => {
    const { store, clock } = this.#parts;
    const { state, since } = store.status(table);
    return state === 'live' ? since - clock.now() + store.now() : Infinity;
  };

  #add(changes: readonly Change[], watched: boolean): void {
    for (const change of changes) this.#log.add(change, watched);
    if (changes.length === 0 || this.#flushing) return;
    this.#flushing = true;
    // Later: the change is still being written.
    queueMicrotask(() => this.#flush());
  }

  #flush(): void {
    this.#flushing = false;
    const { put, removed } = this.#log.take();
    if (put.length > 0) this.#sink.put(put.map((row) => ({ ...row })));
    if (removed.length > 0) this.#sink.remove(removed);
  }

  /** Asks the tables that are there by now what was, and says how complete that is. */
  #update(): void {
    const untold = this.#untold;
    if (untold === null) return;
    const { store, clock } = this.#parts;
    const next =
      this.#asking === null ? [...untold].find((rule) => this.#isReady(rule)) : undefined;
    if (next !== undefined) {
      untold.delete(next);
      this.#ask(next);
      if (this.#asking === null) return;
    }
    const waits = this.#asking !== null || [...untold].some((rule) => !this.#hasFailed(rule));
    if (!waits) this.#sink.synced();
    this.#sink.status(statusOf(store, this.#tables, waits, clock.now()));
  }

  /** Asks the tables of a rule what was, at once or over the next turns, and goes on from there. */
  #ask(rule: AnyChangeRule): void {
    const asking = { cancel: (): void => undefined };
    this.#asking = asking;
    asking.cancel = this.#worker.run(this.#asked(rule), () => {
      this.#asking = null;
      this.#flush();
      this.#update();
    });
  }

  #isReady({ table, reads = [] }: AnyChangeRule): boolean {
    return (
      this.#parts.store.status(table).synced &&
      reads.every((each) => isSettled(this.#parts.store, each))
    );
  }

  #hasFailed({ table }: AnyChangeRule): boolean {
    return isSettled(this.#parts.store, table) && !this.#parts.store.status(table).synced;
  }

  *#asked({ told }: AnyChangeRule): Work<void> {
    const { store } = this.#parts;
    const piece = Math.min(this.#worker.piece, PIECE);
    let asked = 0;
    for (const change of told?.(store, store.now() - BACK) ?? []) {
      if (change !== null) this.#add([change], false);
      if (++asked % piece === 0) yield;
    }
  }
}
