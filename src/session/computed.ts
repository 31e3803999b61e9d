/** Fills a table that is computed from others, as often as they change but not without a pause. */
import { own } from '../core/own.ts';
import { sharing } from '../core/sharing.ts';
import { AT_ONCE, Pieces, type Work } from '../core/work.ts';
import type { BaseRow } from '../domain/row.ts';
import { IDLE } from '../domain/status.ts';
import type { ComputedTableId } from '../domain/tables/index.ts';
import { COMPUTATIONS } from '../domain/computations.ts';
import type { Sink, Stop } from '../ports/sink.ts';
import type { RecorderParts } from './recorder.ts';
import { isSettled, statusOf } from './together.ts';

/** All of it is computed anew: at most so often (ms), and the less often the more there is. */
const PAUSE = 5_000;
const PAUSE_A_PIECE = 5;

/** Follows a computed table, and all that it is computed from, until the returned function is called. */
export function followComputed(table: ComputedTableId, parts: RecorderParts): Stop {
  const { store, clock, need, worker = AT_ONCE } = parts;
  const { needs, rows, of } = COMPUTATIONS[table];
  // The cast: the computation of a table makes its rows.
  const sink = store.sink(table) as unknown as Sink<BaseRow>;
  let isStopped = false;
  let isDone = false;
  let isDue = false;
  let cancel: (() => void) | null = null;

  const compute = (): void => {
    const coming = needs.filter((each) => !isSettled(store, each));
    const waits = coming.length > 0;
    // What takes so long that it says what it waits for does not hold up the rest.
    if (!coming.every((each) => store.status(each).reason !== '') || isStopped) {
      sink.status(statusOf(store, needs, true, clock.now()));
      return;
    }
    isDue = false;
    if (of !== undefined && !store.status(of).synced) {
      // None of it is known: not so many as there are rows, and not none.
      sink.relist();
      sink.status(store.status(of));
      return;
    }
    // Those that change while it works are in its next round.
    cancel = () => undefined;
    const pieces = new Pieces();
    const work = sharedLists(rows(store), (uid) => store.get(table, uid), worker.piece);
    const stopWork = worker.run(pieces.counted(work), (made) => {
      sink.relist();
      sink.put(made);
      if (!waits) sink.synced();
      isDone = true;
      sink.status(statusOf(store, needs, waits, clock.now()));
      cancel = clock.after(PAUSE + pieces.count * PAUSE_A_PIECE, () => {
        cancel = null;
        if (isDue) compute();
      });
    });
    if (!isDone) cancel = stopWork;
  };
  const changed = (): void => {
    isDue = true;
    if (cancel === null) compute();
  };
  const release = need(needs);
  const stop = store.onChange(needs, changed);
  changed();
  return () => {
    isStopped = true;
    stop();
    release();
    cancel?.();
    sink.status(IDLE);
  };
}

/**
 * Rows, copied, of which each keeps what it had in its lists, found row by row: a store compares rows
 * when they are put, in one go, and one of them may list all workloads of a cluster.
 * @param before the row as it was, by its uid
 */
function* sharedLists(
  rows: Work<readonly BaseRow[]>,
  before: (uid: string) => BaseRow | undefined,
  piece: number,
): Work<readonly BaseRow[]> {
  const made: BaseRow[] = [];
  for (const row of yield* rows) {
    const known: Readonly<Record<string, unknown>> = { ...before(row.uid) };
    const kept: Record<string, unknown> = {};
    for (const [field, value] of Object.entries(row)) {
      const had = own(known, field);
      if (!Array.isArray(value) || !Array.isArray(had)) continue;
      kept[field] = yield* sharing<unknown>(had, value, piece);
    }
    made.push({ ...row, ...kept });
    if (made.length % piece === 0) yield;
  }
  return made;
}
