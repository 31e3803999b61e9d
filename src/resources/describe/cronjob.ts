import { own } from '../../core/own.ts';
import { humanDuration } from '../../core/duration.ts';
import { at } from '../../core/json.ts';
import type { Cell } from '../../core/styled.ts';
import { cronJobHealth, jobHealth } from '../../domain/health.ts';
import { cronJobWord, runningFor } from '../../domain/job.ts';
import type { CronJobRow, JobRow } from '../../domain/rows.ts';
import { isOwnedBy } from '../../domain/workload-pods.ts';
import type { Query } from '../../ports/query.ts';
import { known, status, time, toned } from '../cells.ts';
import type { DescribeInput, RowContext, Section } from '../define.ts';
import {
  departure,
  eventsSection,
  metadataLines,
  NONE,
  sections,
  UNKNOWN,
  when,
  type Line,
} from './common.ts';
import { templateSection } from './container.ts';

export function describeCronJob(input: DescribeInput<CronJobRow>): readonly Section[] {
  const { row, object, events, query, ctx } = input;
  return sections(
    { title: 'Cron job', lines: summary(input) },
    { title: 'Runs', lines: runs(row, query, ctx) },
    templateSection(at(object, 'spec', 'jobTemplate', 'spec', 'template')),
    eventsSection(events, ctx),
  );
}

const POLICIES: Readonly<Record<string, string>> = {
  Allow: 'runs beside one that is active',
  Forbid: 'a run that is due while one is active is left out',
  Replace: 'a run that is due ends the one that is active',
};

function summary({ row, object, ctx }: DescribeInput<CronJobRow>): readonly Line[] {
  const { startingDeadline: deadline } = row;
  return [
    ['Name', toned(row.name, 'strong')],
    ['Namespace', row.namespace],
    ['Status', status(cronJobWord(row), cronJobHealth(row, ctx.now))],
    ...departure(row, ctx),
    ['Schedule', known(row.schedule)],
    [
      'Time zone',
      row.timeZone === '' ? toned("the controller's own, on EKS UTC", 'muted') : row.timeZone,
    ],
    ['Suspended', toned(row.suspended ? 'yes' : 'no', row.suspended ? 'warn' : 'text')],
    [
      'Concurrency',
      [
        [row.concurrency, 'text'],
        [`  ${own(POLICIES, row.concurrency) ?? ''}`, 'muted'],
      ],
    ],
    [
      'May begin',
      deadline === null ? 'however late' : `${humanDuration(deadline * 1000)} late at most`,
    ],
    ['Keeps', `${row.keepsSucceeded} that succeeded, ${row.keepsFailed} that failed`],
    ['Active', String(row.active)],
    ['Last schedule', when(row.lastSchedule, ctx)],
    ['Last success', when(row.lastSuccess, ctx)],
    ['Next run', nextRunCell(row, ctx)],
    ['Created', when(row.created, ctx)],
    ['Service account', known(row.serviceAccount)],
    ['Managed by', known(row.managedBy)],
    ...metadataLines(object),
  ];
}

function nextRunCell({ suspended, due }: CronJobRow, ctx: RowContext): Cell {
  if (suspended) return toned('none while it is suspended', 'muted');
  if (due === 0) return toned('never: no day is as its schedule says', 'warn');
  return due === null ? UNKNOWN : when(due, ctx);
}

/** Its jobs that are still there, the youngest first. */
function runs(row: CronJobRow, query: Query, ctx: RowContext): readonly Line[] {
  if (!query.status('jobs').synced) return [[['? jobs are not known', 'muted']]];
  const isOf = isOwnedBy('CronJob', row);
  const jobs = [...query.rows('jobs')]
    .filter((job) => job.gone === 0 && isOf(job))
    .sort((a, b) => b.created - a.created || (a.name < b.name ? 1 : -1));
  return jobs.length === 0 ? [NONE] : jobs.map((job) => runLine(job, ctx));
}

function runLine(job: JobRow, ctx: RowContext): Line {
  const state = status(job.status, jobHealth(job, ctx.now));
  const took = runningFor(job, ctx.now);
  const note = [
    `  ${time(job.created, ctx)}`,
    took === null ? '' : `, ${job.finished > 0 ? 'took' : 'runs'} ${humanDuration(took)}`,
    job.byHand ? ', by hand' : '',
  ].join('');
  return [job.name, [...(typeof state === 'string' ? [] : state), [note, 'muted']]];
}
