import { AwsFault } from '../../../domain/aws-fault.ts';

/** One reading of a part of a table. */
export interface Round {
  readonly signal: AbortSignal;
  /** Somebody wants to know it now: what was remembered of earlier rounds is asked for anew. */
  readonly wanted: boolean;
  /** Rows have changed: what is known of them is shown before the rest has come. */
  readonly changed: () => void;
  /** What could not be read, the rest being complete: it is told, and what does not last is tried again soon. */
  readonly gaps: AwsFault[];
}

/**
 * Takes note of a failure that concerns one call only; what is not there is none. One of the
 * credentials concerns them all: it is thrown on, as is what is no failure of AWS.
 */
export function tolerate(error: unknown, { gaps }: Round): AwsFault {
  if (!(error instanceof AwsFault) || error.kind === 'expired') throw error;
  if (error.kind !== 'absent') gaps.push(error);
  return error;
}

/** What a reading gives; null where it fails, of which {@link tolerate} takes note. */
export const orNull = <T>(reading: Promise<T>, round: Round): Promise<T | null> =>
  reading.catch((error: unknown) => {
    tolerate(error, round);
    return null;
  });
