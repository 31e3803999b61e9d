/** What is wrong with a row in a few words that others have too, so that they can be counted. */
import type { Health } from '../health.ts';
import { hpaTrouble } from '../hpa.ts';
import { rollout } from '../rollout.ts';
import type { CronJobRow, HpaRow, JobRow, NodeRow, PodRow, WorkloadRow } from '../rows.ts';

/** A pod: STATUS, or what is wrong although it runs. */
export function podWord({ status, isReady, deleting }: PodRow, { cause }: Health): string {
  if (deleting > 0) return 'cannot go';
  if (status !== 'Running') return status;
  if (!isReady) return 'not ready';
  return cause === '' ? 'restarted' : `restarted: ${cause}`;
}

/** A node: what its status, its conditions or its taints say. */
export function nodeWord({ isReady, cordoned }: NodeRow, { cause }: Health): string {
  if (!isReady) return 'NotReady';
  // `full: 58 pods`, `MemoryPressure: …`
  const told = cause.replace(/:.*$/s, '');
  return told === '' && cordoned ? 'cordoned' : told;
}

/** A workload: what became of its rollout, or how many of its replicas are there. */
export function workloadWord(row: WorkloadRow, { level }: Health): string {
  if (row.deleting > 0) return 'cannot go';
  if (rollout(row).state === 'failed') return 'rollout failed';
  if (row.available === 0 && row.desired > 0) return 'none available';
  return level === 'bad' || row.available < row.desired ? 'too few available' : 'rollout waits';
}

/** A job: how it ended, or why it may not end well. */
export function jobWord({ status, failed }: JobRow): string {
  if (status !== 'Running') return status;
  return failed > 0 ? 'pods fail' : 'no pods, or they wait';
}

/** A cron job: how its last run went, or that none came. */
export function cronJobWord(
  { lastStatus, lastTrouble }: CronJobRow,
  { cause, level }: Health,
): string {
  if (level === 'bad' || lastStatus === 'Failed') return 'last run failed';
  if (lastTrouble !== null && lastTrouble !== '') return 'pods of a run fail';
  // `missed 3h ago`, `held back 3h by the last run`, `its schedule never comes`
  return /^(?:missed|held back|its schedule never comes)/.exec(cause)?.[0] ?? 'no success';
}

/** An HPA: what it cannot do, or has come to. */
export function hpaWord(row: HpaRow, { cause }: Health): string {
  switch (hpaTrouble(row)?.kind) {
    case 'unable':
      return 'cannot scale';
    case 'unknown-metrics':
      return 'metrics unknown';
    case 'disabled':
      return 'scaling disabled';
    case 'at-max':
      return 'at its maximum';
    default:
      return cause;
  }
}
