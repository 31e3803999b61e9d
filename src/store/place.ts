import type { AnyRow } from '../domain/joins/join.ts';

/**
 * The place of one row in its table: it stays while the row's objects come and go, so that indexes
 * hold the place and not the object.
 */
export interface Place {
  row: AnyRow;
  /** The row is there, not gone. */
  present: boolean;
  /** The table has it, present or gone. */
  kept: boolean;
  /** It is there, or left so lately that it is still listed with those that are. */
  recent: boolean;
  /** Nobody has read this object yet: joins may write into it instead of into a copy. */
  fresh: boolean;
  /** It changed since views were told. */
  unseen: boolean;
  /** Made by a derivation, not by the table's source. */
  derived: boolean;
  /** The full list that last had it. */
  listing: number;
}
