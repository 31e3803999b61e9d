/** A line as CloudWatch keeps it. */
import type { StampedText } from '../../core/log-time.ts';

/** Who wrote it, when, and what: all of it words of others. */
export interface KeptLine extends StampedText {
  readonly pod: string;
  /** Empty where it is of none. */
  readonly container: string;
}

/** An event as it is kept. */
export interface KeptEvent {
  readonly logStreamName: string;
  /** ms; null: not told. */
  readonly timestamp: number | null;
  readonly message: string;
}

/** A moment in the form of stamps of lines; empty for none. @param at ms */
export function stampOf(at: number | null): string {
  const date = new Date(at ?? NaN);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().replace('Z', '000000Z');
}
