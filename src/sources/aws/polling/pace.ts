import { Backoff } from '../../../core/backoff.ts';
import type { Clock } from '../../../core/clock.ts';
import type { FaultKind } from '../../../domain/aws-fault.ts';

/** A refusal does not change by itself within seconds. */
const REFUSED_MS = 120_000;
/** A login in another terminal is to be noticed soon. */
const EXPIRED_MS = 15_000;
/** What is asked for once in a quarter of an hour does not stay incomplete for as long. */
const INCOMPLETE_MS = 60_000;
const BACKOFF = { first: 2_000, max: 60_000, resetAfter: 180_000 };

/** How long to wait before the next question (ms), spread so that many do not ask in step. */
export interface Pace {
  /** @param incomplete something did not come that may come the next time */
  answered(changing: boolean, incomplete?: boolean): number;
  failed(kind: FaultKind): number;
}

/**
 * The pace of one part of a table.
 *
 * @param interval how long after an answer (ms), while nothing changes by itself and while it does
 * @param random numbers in [0, 1)
 */
export function createPace(
  interval: { readonly quiet: number; readonly changing: number },
  clock: Clock,
  random: () => number,
): Pace {
  const backoff = new Backoff(clock, random, BACKOFF);
  const around = (ms: number): number => Math.round(ms * (0.9 + 0.2 * random()));
  return {
    answered(changing, incomplete = false) {
      backoff.reset();
      const wait = changing ? interval.changing : interval.quiet;
      return around(incomplete ? Math.min(wait, INCOMPLETE_MS) : wait);
    },
    failed(kind) {
      if (kind === 'denied' || kind === 'absent') return around(REFUSED_MS);
      if (kind === 'expired') return around(EXPIRED_MS);
      return Math.round(backoff.next());
    },
  };
}
