import { nextRun } from '../../core/schedule.ts';
import type { JobStatus } from '../job-status.ts';
import type { ObjectRow } from '../row.ts';
import { bool, optionalCount, part, parts, time, word } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { metadata, objectRow } from '../wire/metadata.ts';
import { managedBy, MANAGING_ANNOTATIONS, templated } from '../wire/pod-template.ts';
import { objectTable } from './define.ts';
import { JOB_SPEC, type Managed } from './job-spec.ts';

export interface CronJobRow extends ObjectRow, Managed {
  readonly schedule: string;
  /** e.g. `Europe/Berlin`; empty: the controller's own, on EKS UTC. */
  readonly timeZone: string;
  readonly suspended: boolean;
  /** What becomes of a run that is due while one is active: `Allow`, `Forbid`, `Replace`. */
  readonly concurrency: string;
  /** How late (s) a run may begin; null: as late as it may be. */
  readonly startingDeadline: number | null;
  /** Runs by the schedule that have not ended. */
  readonly active: number;
  readonly lastSchedule: number;
  readonly lastSuccess: number;
  /** When the run after the last one is due, past where it was missed; null: it cannot be told. */
  readonly due: number | null;
  /** How many jobs that succeeded and that failed are kept. */
  readonly keepsSucceeded: number;
  readonly keepsFailed: number;
  // joined: of its youngest job; empty where it has none
  lastJob: string | null;
  lastStatus: JobStatus | '' | null;
  /** What is wrong with that job. */
  lastTrouble: string | null;
}

/** batch/v1 CronJob. */
const CRON_JOB = message({
  metadata: part(1, metadata(MANAGING_ANNOTATIONS)),
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
function cronJobRow({ metadata, spec, status }: Read<typeof CRON_JOB>): CronJobRow {
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
    ...templated(spec.jobTemplate.spec.template),
    managedBy: managedBy(metadata),
    lastJob: null,
    lastStatus: null,
    lastTrouble: null,
  };
}

export const cronjobs = objectTable({
  kind: {
    group: 'batch',
    version: 'v1',
    resource: 'cronjobs',
    kind: 'CronJob',
    namespaced: true,
  },
  message: CRON_JOB,
  row: cronJobRow,
  keepsGone: true,
});
