import { nextRun } from '../../../core/schedule.ts';
import { jobStatus } from '../../../domain/job.ts';
import type { CronJobRow, JobRow } from '../../../domain/rows.ts';
import { selectorText } from '../../../domain/selector.ts';
import { bool, count, optionalCount, part, parts, prose, text, time, word } from './field.ts';
import { message, type Read } from './message.ts';
import { METADATA, objectRow } from './meta.ts';
import { managedBy, SELECTOR, TEMPLATE } from './template.ts';

const JOB_SPEC = message({
  parallelism: optionalCount(1),
  completions: optionalCount(2),
  activeDeadlineSeconds: optionalCount(3),
  selector: part(4, SELECTOR),
  template: part(6, TEMPLATE),
  backoffLimit: optionalCount(7),
  ttlSecondsAfterFinished: optionalCount(8),
  completionMode: word(9),
  suspend: bool(10),
});

/** batch/v1 Job. */
export const JOB = message({
  metadata: part(1, METADATA),
  spec: part(2, JOB_SPEC),
  status: part(
    3,
    message({
      conditions: parts(
        1,
        message({
          type: word(1),
          status: word(2),
          lastTransitionTime: time(4),
          reason: word(5),
          message: prose(6),
        }),
      ),
      startTime: time(2),
      completionTime: time(3),
      active: count(4),
      succeeded: count(5),
      failed: count(6),
      ready: count(9),
      failedIndexes: text(10),
    }),
  ),
});

/** The API server's default. */
const BACKOFF_LIMIT = 6;

const BY_HAND = 'cronjob.kubernetes.io/instantiate';

/** The row of a job. */
export function jobRow({ metadata, spec, status }: Read<typeof JOB>): JobRow {
  const { status: word, by } = jobStatus(status.conditions, metadata.deletionTimestamp);
  const failedAt = word === 'Failed' ? (by?.lastTransitionTime ?? 0) : 0;
  return {
    ...objectRow(metadata),
    status: word,
    reason: by?.reason ?? '',
    message: by?.message ?? '',
    completions: spec.completions,
    parallelism: spec.parallelism ?? 1,
    active: status.active,
    ready: status.ready,
    succeeded: status.succeeded,
    failed: status.failed,
    failedIndexes: status.failedIndexes,
    indexed: spec.completionMode === 'Indexed',
    backoffLimit: spec.backoffLimit ?? BACKOFF_LIMIT,
    deadline: spec.activeDeadlineSeconds,
    ttl: spec.ttlSecondsAfterFinished,
    suspended: spec.suspend,
    started: status.startTime,
    // Only success has a time of its own.
    finished: status.completionTime || failedAt,
    byHand: metadata.annotations[BY_HAND] === 'manual',
    containers: spec.template.spec.containers,
    serviceAccount: spec.template.spec.serviceAccountName,
    managedBy: managedBy(metadata),
    selector: selectorText(spec.selector),
    trouble: null,
  };
}

/** batch/v1 CronJob. */
export const CRON_JOB = message({
  metadata: part(1, METADATA),
  spec: part(
    2,
    message({
      schedule: word(1),
      startingDeadlineSeconds: optionalCount(2),
      concurrencyPolicy: word(3),
      suspend: bool(4),
      jobTemplate: part(5, message({ spec: part(2, JOB_SPEC) })),
      successfulJobsHistoryLimit: optionalCount(6),
      failedJobsHistoryLimit: optionalCount(7),
      timeZone: word(8),
    }),
  ),
  status: part(
    3,
    message({
      active: parts(1, message({})),
      lastScheduleTime: time(4),
      lastSuccessfulTime: time(5),
    }),
  ),
});

/** The row of a cron job. */
export function cronJobRow({ metadata, spec, status }: Read<typeof CRON_JOB>): CronJobRow {
  const { containers, serviceAccountName } = spec.jobTemplate.spec.template.spec;
  const { schedule, timeZone } = spec;
  return {
    ...objectRow(metadata),
    schedule,
    timeZone,
    suspended: spec.suspend,
    concurrency: spec.concurrencyPolicy || 'Allow',
    startingDeadline: spec.startingDeadlineSeconds,
    active: status.active.length,
    lastSchedule: status.lastScheduleTime,
    lastSuccess: status.lastSuccessfulTime,
    // As its controller reckons: from its last run, or from when it was made.
    due: nextRun(schedule, timeZone, status.lastScheduleTime || metadata.creationTimestamp),
    // The API server's defaults.
    keepsSucceeded: spec.successfulJobsHistoryLimit ?? 3,
    keepsFailed: spec.failedJobsHistoryLimit ?? 1,
    containers,
    serviceAccount: serviceAccountName,
    managedBy: managedBy(metadata),
    lastJob: null,
    lastStatus: null,
    lastTrouble: null,
  };
}
