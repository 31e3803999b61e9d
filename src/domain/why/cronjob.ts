/**
 * Why a cron job does not run, or its last run did not do well: by the rules of its controller
 * (`syncCronJob` of kube-controller-manager), which tells of what it leaves out by events alone.
 */
import { humanDuration } from '../../core/duration.ts';
import { nextRun } from '../../core/schedule.ts';
import type { Work } from '../../core/work.ts';
import { hasFinished, isLate, lacksSuccess, overdue } from '../job.ts';
import type { CronJobRow, JobRow } from '../rows.ts';
import { isOwnedBy } from '../workload-pods.ts';
import {
  eventsOf,
  finding,
  firstOf,
  fromEvent,
  named,
  rowsWhere,
  through,
  type Answer,
  type Evidence,
  type Rule,
  type World,
} from './finding.ts';
import { whyJob } from './job.ts';
import { refused } from './refused.ts';

/** Runs that were missed are counted so far, as its controller does. */
const MANY = 100;
/** Its controller may look only that often (s): who may be less late may never begin. */
const LOOKS = 10;

export const whyCronJob: Rule<CronJobRow> = (row, world) =>
  row.deleting > 0
    ? null
    : firstOf(suspended, withoutSchedule, late, lastRun, unsuccessful, unreckoned)(row, world);

function suspended(row: CronJobRow): Answer {
  if (!row.suspended) return null;
  return finding('said', 'it is suspended, and starts no jobs before it is resumed', {
    evidence: [{ source: 'spec', text: 'suspend: true' }, ...lastSchedule(row)],
    next: ['resume it'],
  });
}

/** Its schedule names no moment, or its controller makes nothing of it. */
function withoutSchedule(row: CronJobRow, world: World): Answer {
  const event = toldSince(row, world, [], (reason) =>
    ['UnknownTimeZone', 'UnparseableSchedule', 'InvalidSchedule'].includes(reason),
  );
  const schedule = { source: 'spec', text: `schedule: ${row.schedule}` };
  if (event !== undefined) {
    return finding('said', `its controller makes nothing of its schedule: ${event.message}`, {
      evidence: [fromEvent(event), schedule],
      next: ['mend its schedule or its time zone: nothing of it begins before'],
    });
  }
  if (row.due !== 0) return null;
  return finding('deduced', 'its schedule never comes: no day is as it says', {
    evidence: [schedule],
    next: ['mend its schedule'],
  });
}

/** What its controller last told of it by such an event, since a run of it last began. */
function toldSince(
  row: CronJobRow,
  world: World,
  unread: string[],
  takes: (reason: string) => boolean,
) {
  const events = eventsOf('CronJob', row, world, unread);
  return events.find(({ reason, at }) => takes(reason) && at >= row.lastSchedule);
}

/** A run was due, and has not begun. */
function* late(row: CronJobRow, world: World): Work<Answer> {
  if (!isLate(row, world.now)) return null;
  if (row.active > 0 && row.concurrency === 'Forbid') return yield* held(row, world);
  const unread: string[] = [];
  const events = eventsOf('CronJob', row, world, unread).filter(({ at }) => at >= row.lastSchedule);
  const notMade = refused(events, row.namespace, 'its job is not made');
  if (notMade !== null) return { ...notMade, unread };
  return missed(row, world, unread);
}

/** The run before has not ended: that is why no other begins, and it may have a cause itself. */
function* held(row: CronJobRow, world: World): Work<Answer> {
  const unread: string[] = [];
  const jobs = yield* jobsOf(row, world, unread, (job) => !hasFinished(job));
  const job = jobs.at(-1);
  const by =
    job === undefined
      ? 'the last one is active'
      : `${job.name} is active, for ${humanDuration(world.now - (job.started || job.created))} so far`;
  const since = humanDuration(overdue(row, world.now));
  const sentence = `a run has been due for ${since}: none begins while ${by} (concurrencyPolicy Forbid)`;
  const found = job === undefined ? null : yield* whyJobOf(job, world);
  return finding('deduced', found === null ? sentence : `${sentence}; ${found.sentence}`, {
    evidence: [
      { source: 'spec', text: 'concurrencyPolicy: Forbid' },
      { source: 'status', text: `${row.active} active` },
      ...(job === undefined ? [] : [hop(job)]),
      ...(found?.evidence ?? []),
    ],
    next: found?.next ?? ['wait for that job, or end it: the run that is due begins then'],
    unread: [...unread, ...(found?.unread ?? [])],
  });
}

/** Too late, or too many: what its controller says, what follows, or that nobody says. */
function missed(row: CronJobRow, world: World, unread: string[]): Answer {
  const { startingDeadline: deadline } = row;
  const told = (...reasons: readonly string[]) =>
    toldSince(row, world, [], (reason) => reasons.includes(reason));
  const event = told('MissSchedule') ?? told('TooManyMissedTimes', 'FailedNeedsStart');
  const since = humanDuration(overdue(row, world.now));
  const due = latestDue(row, world.now);
  const evidence: readonly Evidence[] = [
    ...(event === undefined ? [] : [fromEvent(event)]),
    ...(due === null ? [{ source: 'schedule', text: `more than ${MANY} runs were missed` }] : []),
    ...(deadline === null
      ? []
      : [{ source: 'spec', text: `startingDeadlineSeconds: ${deadline}` }]),
    ...lastSchedule(row),
  ];
  const steps = [
    deadline !== null && deadline < LOOKS
      ? `let it begin later than ${deadline}s (startingDeadlineSeconds): its controller may look only every ${LOOKS}s`
      : 'look into the log of the controller manager, where CloudWatch keeps it',
  ];
  if (event?.reason === 'FailedNeedsStart' || event?.reason === 'TooManyMissedTimes') {
    return finding('said', `too many of its runs were missed: ${event.message}`, {
      evidence,
      next: ['set or shorten startingDeadlineSeconds, so that fewer count as missed'],
      unread,
    });
  }
  const late = deadline === null ? '' : humanDuration(deadline * 1000);
  if (event !== undefined && late !== '') {
    const sentence = `a run that was due ${since} ago did not begin within the ${late} that it may be late`;
    return finding('said', sentence, { evidence, next: steps, unread });
  }
  if (deadline !== null && due !== null && due + deadline * 1000 < world.now) {
    const sentence = `a run was due ${since} ago and may begin no more, being more than ${late} late: why it did not begin in time is not told`;
    return finding('deduced', sentence, { evidence, next: steps, unread });
  }
  const sentence = `a run was due ${since} ago and has not begun: no event says why`;
  return finding('unknown', sentence, { evidence, next: steps, unread });
}

/** When a run was due last (ms); null: more than its controller counts were since the last that began. */
function latestDue({ schedule, timeZone, due }: CronJobRow, now: number): number | null {
  let latest = due;
  for (let count = 1; count <= MANY && latest; count++) {
    const next = nextRun(schedule, timeZone, latest);
    if (next === null || next === 0 || next > now) return latest;
    latest = next;
  }
  return null;
}

/** Its youngest job has failed, or comes no further. */
function* lastRun(row: CronJobRow, world: World): Work<Answer> {
  const job = (yield* jobsOf(row, world, [])).at(-1);
  return job === undefined ? null : yield* whyJobOf(job, world);
}

function* whyJobOf(job: JobRow, world: World): Work<Answer> {
  const found = yield* whyJob(job, world);
  return found === null ? null : through(`its run ${job.name}`, hop(job), found);
}

const hop = (job: JobRow): Evidence => ({
  source: `job ${job.name}`,
  text: job.status,
  about: named('Job', job),
});

/** The last run did not succeed, and nothing is left of it. */
function* unsuccessful(row: CronJobRow, world: World): Work<Answer> {
  if (!lacksSuccess(row)) return null;
  const unread: string[] = [];
  const jobs = yield* jobsOf(row, world, unread, ({ created }) => created >= row.lastSchedule);
  if (jobs.length > 0) return null;
  const sentence =
    unread.length > 0
      ? 'its last run did not succeed: its jobs would tell why'
      : 'its last run did not succeed: its job is gone, and the cause with it';
  return finding(unread.length > 0 ? 'unknown' : 'deduced', sentence, {
    evidence: [
      ...lastSchedule(row),
      { source: 'status', text: 'lastSuccessfulTime', at: row.lastSuccess },
      { source: 'spec', text: `failedJobsHistoryLimit: ${row.keepsFailed}` },
    ],
    next: row.keepsFailed === 0 ? ['let it keep a job that failed (failedJobsHistoryLimit)'] : [],
    unread,
  });
}

/** When it is due is not known here: whether it is late neither. */
function unreckoned(row: CronJobRow): Answer {
  if (row.due !== null || row.timeZone === '') return null;
  const sentence = `when it is due is not known: its schedule cannot be reckoned here in time zone ${row.timeZone}`;
  return finding('unknown', sentence, {
    evidence: [
      { source: 'spec', text: `schedule: ${row.schedule}, timeZone: ${row.timeZone}` },
      ...lastSchedule(row),
    ],
  });
}

/** Its jobs that are taken, the youngest last. */
function* jobsOf(
  row: CronJobRow,
  world: World,
  unread: string[],
  takes: (job: JobRow) => boolean = () => true,
): Work<readonly JobRow[]> {
  const unknown = world.unread('jobs', row.namespace);
  if (unknown !== '') unread.push(`its jobs: ${unknown}`);
  const isOf = isOwnedBy('CronJob', row);
  const jobs = yield* rowsWhere(world, 'jobs', (job) => isOf(job) && takes(job));
  return [...jobs].sort((a, b) => a.created - b.created);
}

const lastSchedule = ({ lastSchedule: at, created }: CronJobRow): readonly Evidence[] => [
  at > 0
    ? { source: 'status', text: 'lastScheduleTime', at }
    : { source: 'status', text: 'it has never run by its schedule; it was made', at: created },
];
