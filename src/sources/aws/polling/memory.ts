import type { Clock } from '../../../core/clock.ts';
import { AwsFault, type FaultKind } from '../../../domain/aws-fault.ts';
import type { Round } from './round.ts';

/** An answer that is good for longer than the rounds in which it is used. */
export interface Memory<T> {
  /** The last answer; undefined before the first. */
  readonly value: T | undefined;
  /**
   * Asks where the last answer is too old. What the caller may not ask is a gap of the round; what
   * the endpoint does not serve (emulators) is no failure. Both are tried again in an hour. Anything
   * else is in the next round, and a gap until there was an answer; and where somebody wants it, it is asked.
   */
  read(round: Round): Promise<void>;
}

const REFUSED_MS = 3_600_000;
const LASTING: ReadonlySet<FaultKind> = new Set(['denied', 'absent']);

/** Remembers what `ask` answers for so long (ms). */
export function memory<T>(
  clock: Clock,
  goodFor: number,
  ask: (signal: AbortSignal) => Promise<T>,
): Memory<T> {
  let value: T | undefined;
  let gap: AwsFault | null = null;
  let until = 0;
  return {
    get value() {
      return value;
    },
    async read({ signal, gaps, wanted }) {
      if (wanted || clock.now() >= until) {
        try {
          value = await ask(signal);
          gap = null;
          until = clock.now() + goodFor;
        } catch (error) {
          // What was known stays. Credentials that expired are told by the call that all depends on.
          if (!(error instanceof AwsFault) || error.kind === 'expired') return;
          if (!LASTING.has(error.kind)) {
            if (value === undefined) gaps.push(error);
            return;
          }
          gap = error.kind === 'denied' ? error : null;
          until = clock.now() + REFUSED_MS;
        }
      }
      if (gap !== null) gaps.push(gap);
    },
  };
}
