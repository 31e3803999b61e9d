import { compareNatural } from '../core/compare.ts';
import type { BaseRow } from '../domain/rows.ts';

/** Orders any two rows of a table: by namespace, then name, then uid. 0 for the same row only. */
export function compareIdentity(a: BaseRow, b: BaseRow): number {
  return (
    compareText(a.namespace, b.namespace) ||
    compareNatural(a.name, b.name) ||
    compareText(a.uid, b.uid)
  );
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
