/** What the node groups say where AWS does not tell of the cluster. */
import { IDLE, type SourceStatus } from '../domain/status.ts';

/**
 * @param clusters how AWS's list of clusters is, `idle` where there is no AWS
 * @param problem why there is no AWS; empty where there is
 */
export function noGroups(clusters: SourceStatus, problem: string, now: number): SourceStatus {
  const status = { ...IDLE, since: now, hint: 'groups are shown as their nodes tell of them' };
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
