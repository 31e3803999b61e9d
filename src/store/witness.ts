import type { AnyRow } from '../domain/joins/join.ts';

/**
 * Sees that a row came (no before), changed, or left (no after), at once and one by one, after the
 * first full list. What it does shall be little: it is done for every change.
 * @param watched it was told when it happened; else a list after a gap shows that it did
 */
export type Witness = (before: AnyRow | null, after: AnyRow | null, watched: boolean) => void;
