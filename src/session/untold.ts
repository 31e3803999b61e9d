/** What a table of AWS says where AWS does not tell of the cluster. */
import { IDLE, type SourceStatus } from '../domain/status.ts';

/**
 * @param clusters how AWS's list of clusters is, `idle` where there is no AWS
 * @param problem why there is no AWS; empty where there is
 * @param withoutAws what of the table is shown all the same; may be empty
 */
export function untold(
  clusters: SourceStatus,
  problem: string,
  withoutAws: string,
  now: number,
): SourceStatus {
  const status = { ...IDLE, since: now, hint: withoutAws };
  if (problem !== '') return { ...status, state: 'absent', reason: problem };
  switch (clusters.state) {
    case 'denied':
    case 'expired':
    case 'stale':
      return { ...clusters, asOf: 0, synced: false, hint: clusters.hint || status.hint };
    default: {
      const yet = clusters.state === 'live' ? '' : ' yet';
      return { ...status, state: 'absent', reason: `AWS does not tell of this cluster${yet}` };
    }
  }
}
