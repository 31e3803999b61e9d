/** What cron jobs and jobs are told of by their jobs and pods; see join.ts. */
import { failureOf } from '../job.ts';
import { byName, join, key } from './join.ts';
import type { PodRow } from '../tables/pods.ts';

/** What is wrong with a pod of a job, in a few words; empty where nothing is. */
const troubleOf = ({ cause, phase, status }: Pick<PodRow, 'cause' | 'phase' | 'status'>): string =>
  cause || (phase === 'Failed' ? status : '');

/** The one that is last by `at`; of several by name, so that the order of rows decides nothing. */
function latest<Row extends { readonly name: string }>(
  rows: readonly Row[],
  at: (row: Row) => number,
): Row | undefined {
  return rows.reduce<Row | undefined>((last, row) => {
    if (last === undefined) return row;
    const later = at(row) - at(last) || (row.name > last.name ? 1 : -1);
    return later > 0 ? row : last;
  }, undefined);
}

/** What a job fails of stands at its pods. */
export const jobPods = join({
  target: byName('jobs'),
  source: key('pods', 'namespace', (pod) => (pod.ownerKind === 'Job' ? pod.ownerName : '')),
  uses: ['name', 'cause', 'causeAt', 'created', 'phase', 'status'],
  fields: ['trouble'],
  ofAll: true,
  compute: (_, pods, known) => {
    const last = latest(
      pods.filter((pod) => troubleOf(pod) !== ''),
      ({ causeAt, created }) => causeAt || created,
    );
    if (last === undefined) return { trouble: known ? '' : null };
    return { trouble: troubleOf(last) };
  },
});

/** How the last run of a cron job stands, whoever started it. */
export const cronJobRuns = join({
  target: byName('cronjobs'),
  source: key('jobs', 'namespace', (job) => (job.ownerKind === 'CronJob' ? job.ownerName : '')),
  uses: ['name', 'created', 'status', 'reason', 'message', 'failed', 'backoffLimit', 'trouble'],
  fields: ['lastJob', 'lastStatus', 'lastTrouble'],
  ofAll: true,
  compute: (_, jobs, known) => {
    const last = latest(jobs, ({ created }) => created);
    const none: '' | null = known ? '' : null;
    if (last === undefined) return { lastJob: none, lastStatus: none, lastTrouble: none };
    return { lastJob: last.name, lastStatus: last.status, lastTrouble: failureOf(last) };
  },
});
