import type { Update } from '@aws-sdk/client-eks';
import { text } from './read.ts';
import type { EksApi } from './services/eks.ts';

/** Finds the update that a node group is in. */
export type UpdateFinder = (eks: EksApi, nodegroup: string, signal: AbortSignal) => Promise<string>;

/**
 * The update in progress of a node group, `VersionUpdate InProgress`, or empty. EKS lists ids only,
 * of old updates too: those that ended are asked for once.
 */
export function updateFinder(cluster: string): UpdateFinder {
  const ended = new Set<string>();
  return async (eks, nodegroup, signal) => {
    const ids = await eks.updateIds(cluster, nodegroup, signal);
    const updates = await Promise.all(
      ids
        .filter((id) => !ended.has(`${nodegroup}/${id}`))
        .map((id) => eks.update(cluster, nodegroup, id, signal)),
    );
    let current: Update | null = null;
    for (const update of updates) {
      if (update?.status === 'InProgress') current = update;
      else if (update && text(update.id)) ended.add(`${nodegroup}/${update.id}`);
    }
    return current ? `${text(current.type) || 'Update'} ${text(current.status)}` : '';
  };
}
