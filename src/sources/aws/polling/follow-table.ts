import type { Clock } from '../../../core/clock.ts';
import { type AwsFault, isPassing } from '../../../domain/aws-fault.ts';
import type { Sink } from '../../../ports/sink.ts';
import { explain } from '../explain.ts';
import { createPace } from './pace.ts';
import { createStatus, isSettled, newStanding, type Standing } from './part-status.ts';
import { poll, type Poller } from './poller.ts';
import { publisher } from './publisher.ts';
import type { Polling, TablePart } from './table.ts';
import type { Underway } from './underway.ts';

/** Time and chance, for when to ask again. */
export interface FollowOptions {
  readonly clock: Clock;
  /** Numbers in [0, 1). */
  readonly random: () => number;
}

/** A round that takes longer than this (ms) says what it waits for, and again after as long. */
const PATIENCE_MS = 5_000;

/** Subscriptions that run: to be asked again, and to be ended. */
export interface Following {
  now(): void;
  stop(): void;
}

/** Polls the parts of a table, each at its own pace, and writes their rows and how they stand. */
export function followTable<Row extends { readonly uid: string }>(
  { interval, isChanging, isUnread = () => false, details = [] }: Polling<Row>,
  parts: readonly TablePart<Row>[],
  sink: Sink<Row>,
  underway: Underway,
  { clock, random }: FollowOptions,
): Following {
  const write = publisher(sink);
  const followed = new Map<string, Followed<Row>>();
  const statusOf = createStatus(clock, details);
  let complete = false;

  function publish(): void {
    const rows = new Map<string, Row>();
    for (const one of followed.values()) {
      for (const row of shown(one)) {
        const other = rows.get(row.uid);
        if (other === undefined || (isUnread(other) && !isUnread(row))) rows.set(row.uid, row);
      }
    }
    write([...rows.values()]);
  }

  function shown({ part, standing: { fault }, from }: Followed<Row>): readonly Row[] {
    // Credentials fail for all parts that one part found out of: it says so once for them.
    const teller = (fault?.kind === 'expired' ? followed.get(from)?.part : null) ?? part;
    const failed = fault !== null && followed.size > 1 ? teller.failed?.(fault) : undefined;
    return failed === undefined ? part.rows() : [...part.rows(), failed];
  }

  function report(): void {
    const standings = [...followed.values()].map(({ standing }) => standing);
    if (!complete && standings.every(isSettled) && standings.some(({ asOf }) => asOf > 0)) {
      complete = true;
      sink.synced();
    }
    sink.status(statusOf(standings));
  }

  /** Polls a part from now on; one of the same name is polled already. */
  function follow(part: TablePart<Row>, from: string): void {
    if (followed.has(part.label)) return;
    const standing = newStanding(part.label);
    const pace = createPace(interval, clock, random);
    const one: Followed<Row> = { part, standing, from, poller: null };
    followed.set(part.label, one);
    one.poller = poll(clock, async (signal, wanted) => {
      const gaps: AwsFault[] = [];
      let wait: number;
      const stopWatching = everyWhile(() => {
        standing.waits = underway.oldest(signal);
        report();
      });
      try {
        await part.read({ signal, wanted, changed: publish, gaps });
        if (signal.aborted) return 0;
        wait = pace.answered(part.rows().some(isChanging), gaps.some(isPassing));
        standing.asOf = clock.now();
        standing.fault = null;
        standing.gaps = gaps;
        followMore(part);
      } catch (error) {
        if (signal.aborted) return 0;
        const fault = explain(error, NO_CALL);
        wait = pace.failed(fault.kind);
        standing.fault = fault;
        standing.gaps = [];
      } finally {
        stopWatching();
        standing.waits = null;
      }
      standing.nextAt = clock.now() + wait;
      publish();
      report();
      return wait;
    });
  }

  /** Does it again and again, until the returned function is called. */
  function everyWhile(act: () => void): () => void {
    let cancel = clock.after(PATIENCE_MS, again);
    function again(): void {
      act();
      cancel = clock.after(PATIENCE_MS, again);
    }
    return () => cancel();
  }

  /** What a part has found out of is followed, and what it tells no more is left. */
  function followMore(part: TablePart<Row>): void {
    if (part.more === undefined) return;
    const more = part.more();
    for (const [label, one] of followed) {
      if (one.from !== part.label || more.includes(one.part)) continue;
      one.poller?.stop();
      followed.delete(label);
    }
    for (const each of more) follow(each, part.label);
  }

  sink.relist();
  for (const part of parts) follow(part, '');
  report();
  return {
    now: () => [...followed.values()].forEach(({ poller }) => poller?.now()),
    stop: () => followed.forEach(({ poller }) => poller?.stop()),
  };
}

/** A part that is polled. */
interface Followed<Row> {
  readonly part: TablePart<Row>;
  readonly standing: Standing;
  /** The label of the part that found it out; empty for those that the table has. */
  readonly from: string;
  /** Null for no longer than it takes to make it. */
  poller: Poller | null;
}

/** For a failure that no AWS call met: a defect of ours, told rather than hidden. */
const NO_CALL = { action: 'AWS', profile: '', region: '', endpoint: '' };
