import { Backoff } from '../../core/backoff.ts';
import type { Clock } from '../../core/clock.ts';
import type { FaultKind } from '../../domain/aws-fault.ts';

/** When nothing is going on. */
const QUIET_MS = 30_000;
/** While something is being created, updated or deleted. */
const BUSY_MS = 5_000;
/** A refusal does not change by itself within seconds. */
const REFUSED_MS = 120_000;
/** A login in another terminal is to be noticed soon. */
const EXPIRED_MS = 15_000;
const BACKOFF = { first: 2_000, max: 60_000, resetAfter: 180_000 };

/** How long to wait before the next question (ms), spread so that many do not ask in step. */
export interface Pace {
  answered(busy: boolean): number;
  failed(kind: FaultKind): number;
}

/** The pace of one source. `random` gives numbers in [0, 1). */
export function createPace(clock: Clock, random: () => number): Pace {
  const backoff = new Backoff(clock, random, BACKOFF);
  const around = (ms: number): number => Math.round(ms * (0.9 + 0.2 * random()));
  return {
    answered(busy) {
      backoff.reset();
      return around(busy ? BUSY_MS : QUIET_MS);
    },
    failed(kind) {
      if (kind === 'denied' || kind === 'absent') return around(REFUSED_MS);
      if (kind === 'expired') return around(EXPIRED_MS);
      return Math.round(backoff.next());
    },
  };
}
