/** Which rows a table's source watches, and whether they are those that are asked for. */
import type { SourceStatus } from '../domain/status.ts';
import { kindUidOf } from '../domain/tables/found.ts';
import { isFoundTable, isKubeTable, KUBE_TABLES, type TableId } from '../domain/tables/index.ts';
import type { Query } from '../ports/query.ts';

/** Whether a table's source can watch one namespace alone. */
export function hasScope(table: TableId, query: Query): boolean {
  if (isFoundTable(table)) return query.get('kinds', kindUidOf(table))?.namespaced === true;
  return isKubeTable(table) && KUBE_TABLES[table].kind.namespaced;
}

/**
 * Whether a source that watches `scope` has all rows of `wanted`; empty is all namespaces. A user
 * who may not read the whole cluster may still read one namespace: it is to be asked for alone.
 */
export function covers(scope: string, wanted: string, status: SourceStatus): boolean {
  if (scope !== '' || wanted === '') return scope === wanted;
  const { state, synced, namespaces } = status;
  // Rights that are lost later leave the rows as they were known.
  if (state === 'denied' && !synced) return false;
  return namespaces === null || namespaces.includes(wanted);
}
