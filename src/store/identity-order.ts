import { compareNatural } from '../core/compare.ts';
import type { BaseRow } from '../domain/rows.ts';

/** Orders any two rows of a table: by namespace, then name, then uid. 0 for the same row only. */
export function compareIdentity(a: BaseRow, b: BaseRow): number {
  return compareName(a, b) || compareText(a.uid, b.uid);
}

/** Orders rows by namespace, then name, whatever they are: 0 for two of one name. */
export function compareName(a: BaseRow, b: BaseRow): number {
  return compareText(a.namespace, b.namespace) || compareNatural(a.name, b.name);
}

/** Rows that are there before those that are gone, and of these what left last first. */
export function compareGone(a: BaseRow, b: BaseRow): number {
  if (a.gone === b.gone) return 0;
  if (a.gone === 0) return -1;
  return b.gone === 0 ? 1 : b.gone - a.gone;
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
