/** Which rows write the logs that are shown: those of the pods behind whatever they are opened from. */
import type { PodRow } from '../../domain/rows.ts';
import type { Query } from '../../ports/query.ts';

/** The table of what has containers. */
export const LOGGED = 'pods';

/** Are there any whose logs can be read; what is gone may have left some behind. */
export function hasLogs(query: Query, isOf: (pod: PodRow) => boolean): boolean {
  for (const pod of query.rows(LOGGED)) if (pod.gone === 0 && isOf(pod)) return true;
  return false;
}
