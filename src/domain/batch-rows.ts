/** Rows of jobs and cron jobs; the conventions of all rows are in row.ts. */
import type { ObjectRow } from './kube-rows.ts';

/** STATUS of a job exactly as kubectl prints it. */
export type JobStatus =
  | 'Complete'
  | 'Failed'
  | 'Terminating'
  | 'Suspended'
  /** It has failed: its pods are being ended. */
  | 'FailureTarget'
  /** It has succeeded: pods that are left are being ended. */
  | 'SuccessCriteriaMet'
  | 'Running';

/** What jobs have, and cron jobs in their template. */
interface Templated {
  readonly containers: readonly { readonly name: string; readonly image: string }[];
  readonly serviceAccount: string;
  /** `Helm`, `Argo CD`, `Flux` where labels say so: what would revert a change made by hand. */
  readonly managedBy: string;
}

export interface JobRow extends ObjectRow, Templated {
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

export interface CronJobRow extends ObjectRow, Templated {
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
