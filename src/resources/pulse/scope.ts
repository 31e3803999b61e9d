import type { BaseRow } from '../../domain/rows.ts';
import type { LinkTarget } from '../enter.ts';

/** Is a row looked at where this namespace is in force: what is in none always is. */
export const inScope = (row: BaseRow, namespace: string): boolean =>
  namespace === '' || row.namespace === '' || row.namespace === namespace;

/** A target whose rows are all in the namespace in force. */
export const ofScope = (
  target: Omit<LinkTarget, 'only'> & { readonly only: (row: BaseRow) => boolean },
  namespace: string,
): LinkTarget => (namespace === '' ? target : { ...target, namespace });
