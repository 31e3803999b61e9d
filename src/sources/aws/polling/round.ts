import { AwsFault } from '../../../domain/aws-fault.ts';

/** One reading of a part of a table. */
export interface Round {
  readonly signal: AbortSignal;
  /** Rows have changed: what is known of them is shown before the rest has come. */
  readonly changed: () => void;
  /** What could not be read because the caller may not, the rest being complete. */
  readonly gaps: AwsFault[];
}

/**
 * Takes note of a failure that concerns one call only. One of the credentials concerns them all: it
 * is thrown on, as is what is no failure of AWS.
 */
export function tolerate(error: unknown, { gaps }: Round): AwsFault {
  if (!(error instanceof AwsFault) || error.kind === 'expired') throw error;
  if (error.kind === 'denied') gaps.push(error);
  return error;
}
