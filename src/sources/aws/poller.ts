import type { Clock } from '../../core/clock.ts';
import type { FaultKind } from './fault.ts';

/** A repeated question that is asked until it is stopped. */
export interface Poller {
  /** Ask now rather than at the planned time; after the question under way, if there is one. */
  now(): void;
  stop(): void;
}

/** When nothing is going on. */
const QUIET_MS = 30_000;
/** While something is being created, updated or deleted. */
const BUSY_MS = 5_000;
/** A refusal does not change by itself within seconds. */
const REFUSED_MS = 120_000;
/** A login in another terminal is to be noticed soon. */
const EXPIRED_MS = 15_000;
const BACKOFF_MS = { first: 2_000, most: 60_000 };

/** How long to wait before the next poll, spread so that many pollers do not ask in step. */
export interface Pace {
  /** After an answer. */
  answered(busy: boolean): number;
  /** After the `failures`th failure in a row, from 1. */
  failed(kind: FaultKind, failures: number): number;
}

/** The waiting times (ms). `random` gives numbers in [0, 1). */
export function createPace(random: () => number): Pace {
  const around = (ms: number): number => Math.round(ms * (0.9 + 0.2 * random()));
  return {
    answered: (busy) => around(busy ? BUSY_MS : QUIET_MS),
    failed(kind, failures) {
      if (kind === 'denied' || kind === 'absent') return around(REFUSED_MS);
      if (kind === 'expired') return around(EXPIRED_MS);
      const ceiling = Math.min(BACKOFF_MS.most, BACKOFF_MS.first * 2 ** (failures - 1));
      return Math.round(ceiling * (0.5 + 0.5 * random()));
    },
  };
}

/**
 * Asks at once and then again and again. `ask` never rejects and returns how long to wait (ms); a
 * stopped poller aborts the question under way.
 */
export function poll(clock: Clock, ask: (signal: AbortSignal) => Promise<number>): Poller {
  const abort = new AbortController();
  let cancel: () => void = () => undefined;
  let asking = false;
  let again = false;

  async function run(): Promise<void> {
    if (asking) {
      again = true;
      return;
    }
    cancel();
    asking = true;
    const wait = await ask(abort.signal);
    asking = false;
    if (abort.signal.aborted) return;
    cancel = clock.after(again ? 0 : wait, () => void run());
    again = false;
  }

  void run();
  return {
    now: () => void run(),
    stop() {
      cancel();
      abort.abort();
    },
  };
}
