import { humanDuration } from '../core/duration.ts';
import type { Segment } from '../core/styled.ts';
import { jobHealth } from '../domain/health.ts';
import { completionsText, retriesOf, runningFor } from '../domain/job.ts';
import { refOf } from '../domain/ref.ts';
import type { JobRow } from '../domain/rows.ts';
import { isOwnedBy } from '../domain/workload-pods.ts';
import { whyJob } from '../domain/why/job.ts';
import { count, muted, NONE, toned } from './cells.ts';
import {
  ageColumn,
  countColumn,
  labelsColumn,
  nameColumn,
  namespaceColumn,
  textColumn,
  timeColumn,
  statusColumn,
} from './columns.ts';
import { defineResource, type Column, type RowContext } from './define.ts';
import { describeJob } from './describe/job.ts';
import { enterPods, TO_OWNER } from './links.ts';
import { shortObject } from './names.ts';
import { CONTAINERS, IMAGES, MANAGED_BY, SELECTOR, SERVICE_ACCOUNT } from './template-columns.ts';

const health = (row: JobRow, ctx: RowContext) => jobHealth(row, ctx.now);

const STATUS = statusColumn<JobRow>(
  {
    description:
      'STATUS as kubectl prints it, and why it failed or is failing, with what its pods say.',
    min: 14,
    max: 90,
    grow: 3,
    needs: ['pods'],
  },
  (row) => row.status,
  health,
);

const COMPLETIONS: Column<JobRow> = {
  id: 'completions',
  title: 'COMPLETIONS',
  description: 'Pods that succeeded, of those that have to.',
  tier: 0,
  min: 11,
  max: 14,
  value: completionsText,
  sortBy: ({ succeeded, completions }) => succeeded / Math.max(1, completions ?? 1),
};

const DURATION: Column<JobRow> = {
  id: 'duration',
  title: 'DURATION',
  description: 'How long it has run, or ran to its end (seconds in JSON).',
  tier: 0,
  min: 8,
  max: 8,
  align: 'right',
  ticking: true,
  descending: true,
  value: (row, { now }) => {
    const ms = runningFor(row, now);
    return ms === null ? null : Math.round(ms / 1000);
  },
  // What runs still is longer than what has ended, the oldest longest.
  sortBy: (row) =>
    row.started === 0
      ? -1
      : row.finished > 0
        ? row.finished - row.started
        : Number.MAX_SAFE_INTEGER - row.started,
  cell: (row, { now }) => {
    const ms = runningFor(row, now);
    return ms === null ? NONE : toned(humanDuration(ms), row.finished > 0 ? 'muted' : 'text');
  },
};

const OWNER = textColumn<JobRow>(
  {
    id: 'owner',
    title: 'OWNER',
    description: 'What made it: a cron job, by its schedule or by hand.',
    tier: 1,
    rank: 0,
    min: 8,
    cut: 'middle',
    cell: ({ ownerKind, ownerName, byHand }) => {
      if (ownerName === '') return NONE;
      const owner: Segment = [shortObject(ownerKind, ownerName), 'text'];
      return byHand ? [owner, [' by hand', 'accent']] : [owner];
    },
  },
  ({ ownerKind, ownerName }) => (ownerName === '' ? '' : `${ownerKind}/${ownerName}`),
);

/** A span in seconds that was asked for. */
const spanColumn = (
  column: Pick<Column<JobRow>, 'id' | 'title' | 'description'>,
  seconds: (row: JobRow) => number | null,
): Column<JobRow> => ({
  ...column,
  tier: 3,
  min: 8,
  max: 8,
  align: 'right',
  value: seconds,
  cell: (row) => muted(seconds(row) === null ? '' : humanDuration((seconds(row) ?? 0) * 1000)),
});

const columns: readonly Column<JobRow>[] = [
  namespaceColumn(),
  nameColumn(16, health),
  COMPLETIONS,
  STATUS,
  countColumn(
    { id: 'active', title: 'ACTIVE', description: 'Pods that have not ended.', tier: 1, rank: 2 },
    (row) => row.active,
  ),
  countColumn(
    {
      id: 'failed',
      title: 'FAILED',
      description: 'Pods that failed.',
      tier: 1,
      rank: 1,
      cell: ({ failed }) => count(failed, 'warn'),
    },
    (row) => row.failed,
  ),
  DURATION,
  ageColumn(),
  OWNER,
  { ...IMAGES, tier: 2 },
  timeColumn(
    { id: 'finished', title: 'ENDED', description: 'When it ended, well or not.', tier: 2 },
    (row) => row.finished,
  ),
  textColumn(
    {
      id: 'reason',
      tells: 'moment',
      title: 'REASON',
      description: 'Why it failed or is suspended, in one word.',
      tier: 3,
    },
    (row) => row.reason,
  ),
  countColumn(
    {
      id: 'parallelism',
      title: 'PARALLELISM',
      description: 'Pods that may run at a time.',
      tier: 3,
    },
    (row) => row.parallelism,
  ),
  countColumn(
    {
      id: 'backoffLimit',
      title: 'MAY-FAIL',
      description: 'Pods that may fail before it does.',
      tier: 3,
      cell: (row) => muted(retriesOf(row) ?? ''),
    },
    retriesOf,
  ),
  spanColumn(
    { id: 'deadline', title: 'DEADLINE', description: 'How long it may run (seconds in JSON).' },
    (row) => row.deadline,
  ),
  spanColumn(
    {
      id: 'ttl',
      title: 'TTL',
      description: 'How long after its end it is deleted (seconds in JSON).',
    },
    (row) => row.ttl,
  ),
  textColumn(
    {
      id: 'failedIndexes',
      tells: 'moment',
      title: 'FAILED-INDEXES',
      description: 'Indexes that have failed for good.',
      tier: 3,
    },
    (row) => row.failedIndexes,
  ),
  MANAGED_BY,
  CONTAINERS,
  SERVICE_ACCOUNT,
  SELECTOR,
  labelsColumn(),
];

export const jobs = defineResource({
  id: 'jobs',
  title: 'Jobs',
  singular: 'job',
  aliases: [],
  description: 'Jobs with how far they are, how long they take, and why they fail.',
  table: 'jobs',
  scope: 'namespaced',
  columns,
  sort: { column: 'namespace', descending: false },
  health,
  why: whyJob,
  enter: enterPods<JobRow>('pods of this job', (row) => isOwnedBy('Job', row)),
  links: {
    J: TO_OWNER,
  },
  ref: (row) => refOf('jobs', row),
  pods: (row) => isOwnedBy('Job', row),
  describe: describeJob,
  describeNeeds: ['pods', 'nodes'],
  iam: [],
  empty: 'No jobs: nothing was run here once, or what ended was deleted since',
});
