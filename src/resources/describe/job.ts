import { humanDuration } from '../../core/duration.ts';
import { at } from '../../core/json.ts';
import { jobHealth } from '../../domain/health.ts';
import { completionsText, retriesOf, runningFor } from '../../domain/job.ts';
import type { JobRow } from '../../domain/rows.ts';
import { isOwnedBy } from '../../domain/workload-pods.ts';
import { known, NONE, status, toned } from '../cells.ts';
import type { DescribeInput, Section } from '../define.ts';
import {
  conditionsSection,
  controlledBy,
  departure,
  eventsSection,
  metadataLines,
  sections,
  when,
  type Line,
} from './common.ts';
import { templateSection } from './container.ts';
import { podsSection } from './pods.ts';

export function describeJob(input: DescribeInput<JobRow>): readonly Section[] {
  const { row, object, events, query, ctx } = input;
  const isOf = isOwnedBy('Job', row);
  const pods = [...query.rows('pods')].filter((pod) => pod.gone === 0 && isOf(pod));
  return sections(
    { title: 'Job', lines: summary(input) },
    templateSection(at(object, 'spec', 'template')),
    conditionsSection(object, ctx),
    podsSection(pods, ctx),
    eventsSection(events, ctx),
  );
}

function summary({ row, object, ctx }: DescribeInput<JobRow>): readonly Line[] {
  const duration = runningFor(row, ctx.now);
  const limit = retriesOf(row);
  return [
    ['Name', toned(row.name, 'strong')],
    ['Namespace', row.namespace],
    ['Status', status(row.status, jobHealth(row, ctx.now))],
    ...(row.message === '' ? [] : [['Message', row.message] as const]),
    ...departure(row, ctx),
    ['Completions', `${completionsText(row)}${row.indexed ? ', by index' : ''}`],
    [
      'Pods',
      `${row.active} active (${row.ready} ready) | ${row.succeeded} succeeded | ${row.failed} failed`,
    ],
    ...(row.failedIndexes === ''
      ? []
      : [['Failed indexes', toned(row.failedIndexes, 'bad')] as const]),
    ['Parallelism', String(row.parallelism)],
    ['May fail', limit === null ? 'by the limit of each index' : `${limit} of its pods`],
    ['Deadline', span(row.deadline)],
    ['Deleted', row.ttl === null ? 'not by itself' : `${span(row.ttl)} after its end`],
    ['Suspended', toned(row.suspended ? 'yes' : 'no', row.suspended ? 'warn' : 'text')],
    ['Created', when(row.created, ctx)],
    ['Started', when(row.started, ctx)],
    ['Ended', when(row.finished, ctx)],
    ['Duration', duration === null ? NONE : humanDuration(duration)],
    [
      'Controlled by',
      row.byHand
        ? [
            [`CronJob/${row.ownerName}`, 'text'],
            [', made by hand', 'muted'],
          ]
        : controlledBy(object),
    ],
    ['Service account', known(row.serviceAccount)],
    ['Selector', known(row.selector)],
    ['Managed by', known(row.managedBy)],
    ...metadataLines(object),
  ];
}

/** Seconds as a span; none where there is no limit. */
const span = (seconds: number | null): string =>
  seconds === null ? 'none' : humanDuration(seconds * 1000);
