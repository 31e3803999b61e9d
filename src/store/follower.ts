import type { AnyRow } from '../domain/joins/join.ts';

/** What hears of changes of a table's rows, at once and one by one. */
export interface Follower {
  /** A row of its source came (no before), changed or left (no after). */
  sourceChanged(before: AnyRow | null, after: AnyRow | null): void;
  /** The source has no rows any more. */
  sourceReset(): void;
  /** A full list of the source begins. */
  sourceListing(): void;
  /** It has come to its end. */
  sourceListed(): void;
  /** It is known, or not any more, that the source has all rows there are. */
  sourceCompleted(): void;
  /** A row of its target left. */
  targetLeft(uid: string): void;
}
