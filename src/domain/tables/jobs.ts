import { jobStatus, type JobStatus } from '../job-status.ts';
import type { ObjectRow } from '../row.ts';
import { selectorText } from '../selector.ts';
import { CONDITION } from '../wire/condition.ts';
import { count, part, parts, text, time } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { metadata, objectRow } from '../wire/metadata.ts';
import { managedBy, MANAGING_ANNOTATIONS, templated } from '../wire/pod-template.ts';
import { objectTable } from './define.ts';
import { JOB_SPEC, type Managed } from './job-spec.ts';

export interface JobRow extends ObjectRow, Managed {
  readonly status: JobStatus;
  /** Reason and message of the condition behind the status; empty where there is none. */
  readonly reason: string;
  readonly message: string;
  /** Pods that have to succeed; null: one has to, and then all that work beside it have to end. */
  readonly completions: number | null;
  /** Pods that may run at a time. */
  readonly parallelism: number;
  /** Pods that have not ended, and those of them that are ready. */
  readonly active: number;
  readonly ready: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Indexes that have failed for good, e.g. `1,3-5`; empty where pods have no index. */
  readonly failedIndexes: string;
  /** Its pods are told apart by an index (completionMode Indexed). */
  readonly indexed: boolean;
  /** Pods that may fail before it does; the greatest 32-bit number where each index has its own limit. */
  readonly backoffLimit: number;
  /** How long (s) it may run; null: as long as it takes. */
  readonly deadline: number | null;
  /** How long (s) after its end it is deleted; null: it is left. */
  readonly ttl: number | null;
  readonly suspended: boolean;
  /** When it began, the last time where it was suspended since. */
  readonly started: number;
  /** When it ended, well or not. */
  readonly finished: number;
  /** Whether it was made from its cron job by hand, beside the schedule. */
  readonly byHand: boolean;
  /** The label selector in its text form, as kubectl prints it. */
  readonly selector: string;
  // joined
  /** What was last wrong with one of its pods (`OOMKilled 137`); empty where nothing is. */
  trouble: string | null;
}

const BY_HAND = 'cronjob.kubernetes.io/instantiate';

/** batch/v1 Job. */
const JOB = message({
  metadata: part(1, metadata([...MANAGING_ANNOTATIONS, BY_HAND])),
  spec: part(2, JOB_SPEC),
  status: part(
    3,
    message({
      conditions: parts(1, CONDITION),
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

/** The row of a job. */
function jobRow({ metadata, spec, status }: Read<typeof JOB>): JobRow {
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
    ...templated(spec.template),
    managedBy: managedBy(metadata),
    selector: selectorText(spec.selector),
    trouble: null,
  };
}

export const jobs = objectTable({
  kind: {
    group: 'batch',
    version: 'v1',
    resource: 'jobs',
    kind: 'Job',
    namespaced: true,
  },
  message: JOB,
  row: jobRow,
  keepsGone: true,
});
