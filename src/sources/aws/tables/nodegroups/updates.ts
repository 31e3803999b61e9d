import type { NodeGroupRow } from '../../../../domain/rows.ts';
import type { UpdateDescription } from '../../../../ports/aws-shapes.ts';
import type { Reads } from '../../polling/table.ts';

export type UpdateCall = 'eks:ListUpdates' | 'eks:DescribeUpdate';

/** What a row tells of the update that it is in. */
export type UpdateFound = Pick<NodeGroupRow, 'update' | 'updateSince'>;

/** Finds the update that a node group is in. */
export type UpdateFinder = (nodegroup: string, signal: AbortSignal) => Promise<UpdateFound>;

/**
 * The update in progress of a node group, `VersionUpdate InProgress`, or none. EKS lists ids only,
 * of old updates too: those that ended are asked for once.
 *
 * @param name of the cluster
 */
export function updateFinder(name: string, aws: Reads<UpdateCall>): UpdateFinder {
  const ended = new Set<string>();
  return async (nodegroupName, signal) => {
    const group = { name, nodegroupName };
    const { updateIds } = await aws.call('eks:ListUpdates', group, signal);
    const answers = await Promise.all(
      updateIds
        .filter((id) => !ended.has(`${nodegroupName}/${id}`))
        .map((updateId) => aws.call('eks:DescribeUpdate', { ...group, updateId }, signal)),
    );
    let current: UpdateDescription | null = null;
    for (const { update } of answers) {
      if (update.status === 'InProgress') current = update;
      else if (update.id) ended.add(`${nodegroupName}/${update.id}`);
    }
    if (current === null) return { update: '', updateSince: 0 };
    return {
      update: `${current.type || 'Update'} ${current.status}`,
      updateSince: current.createdAt ?? 0,
    };
  };
}
