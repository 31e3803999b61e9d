/** What a table of AWS says where AWS does not tell of the cluster. */
import { IDLE, whyMissing, type SourceStatus } from '../domain/status.ts';

/**
 * @param clusters how AWS's list of clusters is, `idle` where there is no AWS
 * @param problem why there is no AWS and what to do; its reason is empty where there is
 * @param withoutAws what of the table is shown all the same; may be empty
 */
export function untold(
  clusters: SourceStatus,
  problem: { readonly reason: string; readonly hint: string },
  withoutAws: string,
  now: number,
): SourceStatus {
  const status = { ...IDLE, since: now, hint: withoutAws };
  // Where the kubeconfig says the region AWS is asked all the same.
  if (problem.reason !== '' && (clusters.state === 'idle' || clusters.state === 'absent')) {
    const hint = problem.hint || withoutAws;
    return { ...status, state: 'absent', reason: problem.reason, hint };
  }
  const { reason, hint } = whyMissing(clusters);
  const known = { ...clusters, withheld: undefined, reason, asOf: 0, synced: false };
  switch (clusters.state) {
    case 'denied':
    case 'expired':
    case 'stale':
      return { ...known, hint: hint || status.hint };
    case 'idle':
    case 'loading':
      // With what AWS is asked for, where that takes long.
      return { ...known, state: 'loading', hint: status.hint };
    default: {
      // A part of the clusters may be missing, and this one with it.
      const { retryAt } = clusters;
      const why = reason === '' ? '' : `: ${reason}`;
      return {
        ...{ ...status, state: 'absent', retryAt, hint: hint || status.hint },
        reason: `AWS does not tell of this cluster${why}`,
      };
    }
  }
}
