import { rollout } from '../../domain/rollout.ts';
import { nameOf, type WorkloadTarget } from './workload-target.ts';

/** What to know before the pods of a workload are replaced. */
export function rolloutWarnings(target: WorkloadTarget): readonly string[] {
  const { row } = target;
  const name = nameOf(target);
  const warnings: string[] = [];
  if (row.strategy === 'Recreate')
    warnings.push(`${name} ends all its pods before it starts new ones: nothing answers meanwhile`);
  if (row.strategy === 'OnDelete')
    warnings.push(`${name} replaces a pod only when it is deleted: nothing restarts by itself`);
  if (row.partition > 0)
    warnings.push(`${name} has a partition: pods below number ${row.partition} are not replaced`);
  if (row.desired === 1 && row.kind === 'StatefulSet')
    warnings.push(`${name} has one pod: nothing answers until it is back`);
  if (rollout(row).state === 'progressing' && row.updated < row.desired)
    warnings.push(`${name} is being rolled out already: that starts over`);
  return warnings;
}
