import { humanDuration } from '../core/duration.ts';
import { nextRun } from '../core/schedule.ts';
import type { Cell } from '../core/styled.ts';
import { cronJobHealth } from '../domain/health.ts';
import { cronJobWord } from '../domain/job.ts';
import { refOf } from '../domain/ref.ts';
import type { CronJobRow } from '../domain/rows.ts';
import { whyCronJob } from '../domain/why/cronjob.ts';
import { isOwnedBy } from '../domain/workload-pods.ts';
import { count, iso, muted, NONE, status, time, UNKNOWN } from './cells.ts';
import {
  ageColumn,
  countColumn,
  labelsColumn,
  nameColumn,
  namespaceColumn,
  textColumn,
  timeColumn,
} from './columns.ts';
import { defineResource, type Column, type RowContext } from './define.ts';
import { describeCronJob } from './describe/cronjob.ts';
import { TO_OWNER } from './links.ts';
import { bySeverity } from './severity.ts';
import { CONTAINERS, IMAGES, MANAGED_BY, SERVICE_ACCOUNT } from './template-columns.ts';

const health = (row: CronJobRow, ctx: RowContext) => cronJobHealth(row, ctx.now);

const SCHEDULE: Column<CronJobRow> = {
  id: 'schedule',
  copies: 'schedule',
  title: 'SCHEDULE',
  description: 'When it runs, with the time zone where one is set; else by UTC on EKS.',
  tells: 'identity',
  tier: 0,
  min: 12,
  max: 44,
  grow: 1,
  value: (row) => row.schedule,
  cell: ({ schedule, timeZone }) =>
    timeZone === ''
      ? schedule
      : [
          [schedule, 'text'],
          [` ${timeZone}`, 'muted'],
        ],
};

const STATUS: Column<CronJobRow> = {
  id: 'status',
  title: 'STATUS',
  tells: 'state',
  description:
    'Suspended, running or scheduled; why the last run failed, and runs that are overdue.',
  tier: 0,
  min: 15,
  max: 90,
  grow: 3,
  sortKey: 'S',
  needs: ['jobs', 'pods'],
  // By the clock alone nothing moves: as when the next run is just due.
  sortBy: bySeverity(cronJobWord, (row) => cronJobHealth(row, row.due ?? 0)),
  value: cronJobWord,
  cell: (row, ctx) => status(cronJobWord(row), health(row, ctx)),
};

/** When it runs next: what is overdue is told by its status. Null: not known; 0: not at all. */
function nextOf({ suspended, schedule, timeZone, due }: CronJobRow, now: number): number | null {
  if (suspended) return 0;
  return due !== null && due <= now ? nextRun(schedule, timeZone, now) : due;
}

const NEXT: Column<CronJobRow> = {
  id: 'next',
  title: 'NEXT',
  description: 'When it runs next; `?` where the schedule cannot be reckoned here (`@every`).',
  tier: 1,
  rank: 0,
  min: 6,
  max: 11,
  align: 'right',
  unit: 'time',
  ticking: true,
  value: (row, { now }) => iso(nextOf(row, now)),
  sortBy: ({ suspended, due }) => (suspended || due === 0 ? Number.MAX_SAFE_INTEGER : due),
  cell: (row, ctx) => nextCell(nextOf(row, ctx.now), ctx),
};

function nextCell(next: number | null, ctx: RowContext): Cell {
  if (next === null) return UNKNOWN;
  if (next === 0) return NONE;
  return muted(ctx.time === 'age' ? `in ${humanDuration(next - ctx.now)}` : time(next, ctx));
}

const columns: readonly Column<CronJobRow>[] = [
  namespaceColumn(),
  nameColumn(14, health),
  SCHEDULE,
  STATUS,
  countColumn(
    {
      id: 'active',
      title: 'ACTIVE',
      description: 'Runs by the schedule that have not ended.',
      tier: 1,
      rank: 2,
      cell: ({ active }) => count(active, 'info'),
    },
    (row) => row.active,
  ),
  timeColumn(
    {
      id: 'lastSchedule',
      title: 'LAST',
      description: 'When it last ran by its schedule.',
      tier: 0,
    },
    (row) => row.lastSchedule,
  ),
  timeColumn(
    {
      id: 'lastSuccess',
      title: 'SUCCESS',
      description: 'When a run of it last ended well.',
      tier: 1,
    },
    (row) => row.lastSuccess,
  ),
  NEXT,
  ageColumn(),
  { ...IMAGES, tier: 2 },
  textColumn(
    {
      id: 'lastJob',
      tells: 'moment',
      title: 'LAST-JOB',
      description: 'The job of its last run, by schedule or by hand.',
      tier: 2,
      cut: 'middle',
      needs: ['jobs'],
      cell: (row) => muted(row.lastJob),
    },
    (row) => row.lastJob,
  ),
  {
    id: 'suspended',
    title: 'SUSPEND',
    description: 'Whether it is suspended.',
    tier: 3,
    min: 7,
    max: 7,
    value: (row) => row.suspended,
    cell: (row) => muted(row.suspended ? 'yes' : 'no'),
  },
  textColumn(
    {
      id: 'timeZone',
      title: 'TIMEZONE',
      description: 'Time zone of the schedule, where one is set.',
      tier: 3,
    },
    (row) => row.timeZone,
  ),
  textColumn(
    {
      id: 'concurrency',
      title: 'CONCURRENCY',
      description: 'What becomes of a run that is due while one is active.',
      tier: 2,
      cell: (row) => muted(row.concurrency),
    },
    (row) => row.concurrency,
  ),
  MANAGED_BY,
  CONTAINERS,
  SERVICE_ACCOUNT,
  labelsColumn(),
];

export const cronjobs = defineResource({
  id: 'cronjobs',
  title: 'Cron jobs',
  singular: 'cronjob',
  aliases: ['cj'],
  description:
    'Cron jobs with their schedule, how the last run went, and when the next one is due.',
  table: 'cronjobs',
  scope: 'namespaced',
  columns,
  sort: { column: 'namespace', descending: false },
  health,
  why: whyCronJob,
  enter: {
    is: 'link',
    to: 'jobs',
    title: 'jobs of this cron job',
    target: (row) => ({ label: row.name, only: isOwnedBy('CronJob', row) }),
  },
  links: {
    J: TO_OWNER,
  },
  ref: (row) => refOf('cronjobs', row),
  // Of jobs by the schedule the pods tell whose they are; of those made by hand only the jobs do.
  pods: (row, query) => {
    const isOf = isOwnedBy('CronJob', row);
    return (pod) => {
      if (pod.ownerKind !== 'Job' || pod.namespace !== row.namespace) return false;
      const job = query.named('jobs', pod.namespace, pod.ownerName);
      return job === undefined
        ? pod.workloadKind === 'CronJob' && pod.workload === row.name
        : isOf(job);
    };
  },
  describe: describeCronJob,
  describeNeeds: ['jobs', 'pods'],
  iam: [],
  empty: 'No cron jobs: nothing runs here by a schedule',
});
