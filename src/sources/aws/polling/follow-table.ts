import type { Clock } from '../../../core/clock.ts';
import type { AwsFault } from '../../../domain/aws-fault.ts';
import type { Sink } from '../../../ports/sink.ts';
import { explain } from '../explain.ts';
import { createPace } from './pace.ts';
import { createStatus, isSettled, newStanding } from './part-status.ts';
import { poll } from './poller.ts';
import { publisher } from './publisher.ts';
import type { Polling, TablePart } from './table.ts';

/** Time and chance, for when to ask again. */
export interface FollowOptions {
  readonly clock: Clock;
  /** Numbers in [0, 1). */
  readonly random: () => number;
}

/** Subscriptions that run: to be asked again, and to be ended. */
export interface Following {
  now(): void;
  stop(): void;
}

/** Polls the parts of a table, each at its own pace, and writes their rows and how they stand. */
export function followTable<Row extends { readonly uid: string }>(
  { interval, isChanging, isUnread = () => false }: Polling<Row>,
  parts: readonly TablePart<Row>[],
  sink: Sink<Row>,
  { clock, random }: FollowOptions,
): Following {
  const write = publisher(sink);
  const followed = parts.map((part) => ({ part, standing: newStanding(part.label) }));
  const standings = followed.map(({ standing }) => standing);
  const statusOf = createStatus(clock);
  let complete = false;

  function publish(): void {
    const rows = new Map<string, Row>();
    for (const { part, standing } of followed) {
      for (const row of shown(part, standing.fault)) {
        const other = rows.get(row.uid);
        if (other === undefined || (isUnread(other) && !isUnread(row))) rows.set(row.uid, row);
      }
    }
    write([...rows.values()]);
  }

  function shown(part: TablePart<Row>, fault: AwsFault | null): readonly Row[] {
    const failed = fault !== null && parts.length > 1 ? part.failed?.(fault) : undefined;
    return failed === undefined ? part.rows() : [...part.rows(), failed];
  }

  function report(): void {
    if (!complete && standings.every(isSettled) && standings.some(({ asOf }) => asOf > 0)) {
      complete = true;
      sink.synced();
    }
    sink.status(statusOf(standings));
  }

  sink.relist();
  report();
  const pollers = followed.map(({ part, standing }) => {
    const pace = createPace(interval, clock, random);
    return poll(clock, async (signal) => {
      const gaps: AwsFault[] = [];
      let wait: number;
      try {
        await part.read({ signal, changed: publish, gaps });
        if (signal.aborted) return 0;
        wait = pace.answered(part.rows().some(isChanging));
        standing.asOf = clock.now();
        standing.fault = null;
        standing.gaps = gaps;
      } catch (error) {
        if (signal.aborted) return 0;
        const fault = explain(error, NO_CALL);
        wait = pace.failed(fault.kind);
        standing.fault = fault;
        standing.gaps = [];
      }
      standing.nextAt = clock.now() + wait;
      publish();
      report();
      return wait;
    });
  });
  return {
    now: () => pollers.forEach((poller) => poller.now()),
    stop: () => pollers.forEach((poller) => poller.stop()),
  };
}

/** For a failure that no AWS call met: a defect of ours, told rather than hidden. */
const NO_CALL = { action: 'AWS', profile: '', region: '', endpoint: '' };
