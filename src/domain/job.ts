/** What is to be read from jobs and cron jobs: how they stand, and why. */
import { explained } from '../core/words.ts';
import type { CronJobRow, JobRow } from './rows.ts';
import { shortWord } from './why/pod/scheduler-says.ts';

/** Has it ended, well or not: it starts no more pods. */
export const hasFinished = ({ status }: Pick<JobRow, 'status'>): boolean =>
  status === 'Complete' || status === 'Failed';

/** COMPLETIONS as kubectl prints it: `2/5`, `0/1 of 3` for pods that share a work queue. */
export function completionsText({ succeeded, completions, parallelism }: JobRow): string {
  if (completions !== null) return `${succeeded}/${completions}`;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

/** How long it has run (ms), or ran to its end; null where it has not begun. */
export function runningFor({ started, finished }: JobRow, now: number): number | null {
  return started === 0 ? null : (finished || now) - started;
}

/** The API server's default where each index has a limit of its own. */
const NO_LIMIT = 2 ** 31 - 1;

/** How many pods may fail; null: no number is set. */
export const retriesOf = ({ backoffLimit }: JobRow): number | null =>
  backoffLimit >= NO_LIMIT ? null : backoffLimit;

/** Words that say no more than the reason does. */
const STANDARD = /^Job (?:has|was) /;

/** Why a job has failed or is about to: the reason, and what was wrong with its pods. */
export function failureOf(
  job: Pick<JobRow, 'status' | 'reason' | 'message' | 'trouble' | 'failed' | 'backoffLimit'>,
): string {
  const trouble = shortWord(job.trouble ?? '');
  switch (job.status) {
    case 'Failed':
    case 'FailureTarget': {
      const why = trouble || (STANDARD.test(job.message) ? '' : job.message);
      return explained(job.reason, why);
    }
    case 'Running': {
      if (job.failed === 0) return trouble;
      const limit = job.backoffLimit >= NO_LIMIT ? '' : ` (${job.backoffLimit} may)`;
      return `${job.failed} failed${limit}${trouble === '' ? '' : `: ${trouble}`}`;
    }
    default:
      return '';
  }
}

/** How long ago (ms) a run was due that has not begun; 0 where none is overdue. */
export function overdue({ due, suspended }: CronJobRow, now: number): number {
  return suspended || !due ? 0 : Math.max(0, now - due);
}

/** A run that begins no later than this after it was due is in time (ms). */
const LATE = 2 * 60_000;

/** Whether a run was due so long ago that it should have begun. */
export const isLate = (row: CronJobRow, now: number): boolean => overdue(row, now) > LATE;

/** Whether there is a run by the schedule, and none of it has succeeded since. */
export function lacksSuccess({ active, lastSchedule, lastSuccess }: CronJobRow): boolean {
  return active === 0 && lastSchedule > 0 && lastSuccess < lastSchedule;
}

/** How a cron job stands, in a word or three. */
export function cronJobWord({ suspended, active, lastStatus }: CronJobRow): string {
  if (suspended) return 'Suspended';
  if (lastStatus === 'Failed' || lastStatus === 'FailureTarget') return 'Last run failed';
  return active > 0 ? 'Running' : 'Scheduled';
}
