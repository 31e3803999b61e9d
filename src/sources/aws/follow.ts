import type { Clock } from '../../core/clock.ts';
import type { SourceStatus } from '../../domain/status.ts';
import { explain } from './explain.ts';
import type { AwsFault } from '../../domain/aws-fault.ts';
import { createStatus, isSettled, newPart } from './part-status.ts';
import { createPace } from './pace.ts';
import { poll } from './poller.ts';

/** What an answer leaves to be said besides its rows. */
export interface Answer {
  /** Something is being created, updated or deleted: look again soon. */
  readonly busy: boolean;
  /** What could not be read, the rest being complete. */
  readonly gaps: readonly AwsFault[];
}

/** A part of a table that is asked for on its own. */
export interface Source {
  /** Names it among the parts of its table. */
  readonly label: string;
  /** Asks once; rows go out as they come. Rejects where the part as a whole failed. */
  ask(signal: AbortSignal): Promise<Answer>;
}

/** What becomes of the parts of a table. */
export interface Reports {
  status(status: SourceStatus): void;
  /** A part answered (`fault` is null) or failed. */
  asked(index: number, fault: AwsFault | null): void;
  /** Every part has answered or failed once, and one of them answered: said once. */
  complete(): void;
}

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

/** Polls the parts of a table, each at its own pace, and tells how they stand together. */
export function follow(
  sources: readonly Source[],
  reports: Reports,
  { clock, random }: FollowOptions,
): Following {
  const followed = sources.map((source) => ({ source, part: newPart(source.label) }));
  const parts = followed.map(({ part }) => part);
  const statusOf = createStatus(clock);
  let complete = false;

  function report(): void {
    if (!complete && parts.every(isSettled) && parts.some((part) => part.asOf > 0)) {
      complete = true;
      reports.complete();
    }
    reports.status(statusOf(parts));
  }

  report();
  const pollers = followed.map(({ source, part }, index) => {
    const pace = createPace(clock, random);
    return poll(clock, async (signal) => {
      let wait: number;
      try {
        const { busy, gaps } = await source.ask(signal);
        if (signal.aborted) return 0;
        wait = pace.answered(busy);
        part.asOf = clock.now();
        part.fault = null;
        part.gaps = gaps;
      } catch (error) {
        if (signal.aborted) return 0;
        const fault = explain(error, NO_CALL);
        wait = pace.failed(fault.kind);
        part.fault = fault;
        part.gaps = [];
      }
      part.nextAt = clock.now() + wait;
      reports.asked(index, part.fault);
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
