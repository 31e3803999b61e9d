import { describe, expect, it } from 'vitest';
import { nextRun } from '../../../../src/core/schedule.ts';
import type { CronJobRow, JobRow } from '../../../../src/domain/rows.ts';
import type { Happening } from '../../../../src/domain/why/finding.ts';
import { whyCronJob } from '../../../../src/domain/why/cronjob.ts';
import { jobRow, podRow, rowOf } from '../../../support/rows.ts';
import { answers, NOW, worldOf } from './world.ts';

const HOUR = 3_600_000;
const why = answers(whyCronJob);

/** Runs at each full hour; did so last that long ago. */
function cron(given: Partial<CronJobRow> = {}): CronJobRow {
  const { schedule = '0 * * * *', timeZone = '', lastSchedule = NOW - 4 * HOUR } = given;
  const due = nextRun(schedule, timeZone, lastSchedule);
  return rowOf('cronjobs', {
    ...{ name: 'backup', namespace: 'shop', uid: 'c', created: NOW - 90 * HOUR },
    ...{ schedule, timeZone, lastSchedule, lastSuccess: lastSchedule, due, concurrency: 'Allow' },
    ...{ keepsFailed: 1 },
    ...given,
  });
}

const job = (name: string, given: Partial<JobRow> = {}) =>
  jobRow({
    ...{ name, namespace: 'shop', ownerKind: 'CronJob', ownerName: 'backup' },
    ...{ status: 'Running', created: NOW - 4 * HOUR, started: NOW - 4 * HOUR },
    ...given,
  });

const crashed = (of: string) =>
  podRow({
    ...{ name: `${of}-x`, namespace: 'shop', ownerKind: 'Job', ownerName: of, phase: 'Failed' },
    ...{ status: 'Error', cause: 'exit 3 (Error)', isReady: false },
  });

const told = (...events: readonly Partial<Happening>[]) => ({ 'CronJob/shop/backup': events });

describe('a cron job', () => {
  it('that runs as it is to has no cause', () => {
    const row = cron({ lastSchedule: NOW - 60_000, lastSuccess: NOW, due: NOW + HOUR });
    expect(why(row, worldOf({ rows: { jobs: [job('b-1', { status: 'Complete' })] } }))).toBeNull();
  });

  it('may be suspended, whatever else there is', () => {
    expect(why(cron({ suspended: true }), worldOf({}))).toMatchObject({
      sentence: 'it is suspended, and starts no jobs before it is resumed',
      certainty: 'said',
      evidence: [{ text: 'suspend: true' }, { text: 'lastScheduleTime', at: NOW - 4 * HOUR }],
    });
  });

  it.each([
    [
      'UnknownTimeZone',
      'invalid timeZone: "Europe/Atlantis": unknown time zone Europe/Atlantis',
      { timeZone: 'Europe/Atlantis' },
    ],
    ['UnparseableSchedule', 'unparseable schedule: "@never"', { schedule: '@never' }],
  ])('has no schedule where its controller says %s', (reason, message, given) => {
    expect(why(cron(given), worldOf({ events: told({ reason, message }) }))).toMatchObject({
      sentence: `its controller makes nothing of its schedule: ${message}`,
      certainty: 'said',
    });
  });

  it('says that it cannot reckon with a time zone, and nothing more', () => {
    expect(why(cron({ timeZone: 'Europe/Atlantis' }), worldOf({}))).toMatchObject({
      sentence:
        'when it is due is not known: its schedule cannot be reckoned here in time zone Europe/Atlantis',
      certainty: 'unknown',
    });
    expect(why(cron({ schedule: '@reboot' }), worldOf({}))).toBeNull();
  });

  it('may have a schedule that never comes', () => {
    expect(why(cron({ schedule: '0 0 31 2 *' }), worldOf({}))?.sentence).toBe(
      'its schedule never comes: no day is as it says',
    );
  });
});

describe('a run that is late', () => {
  it('waits for the one before where only one may be active, with what keeps that', () => {
    const row = cron({ concurrency: 'Forbid', active: 1 });
    const jobs = [job('b-1'), job('b-0', { status: 'Complete', created: NOW - HOUR })];
    const held =
      'a run has been due for 3h: none begins while b-1 is active, for 4h so far (concurrencyPolicy Forbid)';
    expect(
      why(row, worldOf({ rows: { jobs: jobs.map((each) => ({ ...each, active: 1 })) } })),
    ).toMatchObject({ sentence: held, certainty: 'deduced' });
    expect(why(row, worldOf({ rows: { jobs, pods: [crashed('b-1')] } }))?.sentence).toBe(
      `${held}; its run b-1: b-1-x: Error · exit 3 (Error)`,
    );
    const unread = { jobs: 'not allowed' };
    expect(why(row, worldOf({ unread }))).toMatchObject({
      sentence:
        'a run has been due for 3h: none begins while the last one is active (concurrencyPolicy Forbid)',
      unread: ['its jobs: not allowed'],
    });
  });

  it('may be refused by the API server', () => {
    const message =
      'Error creating job: jobs.batch "backup-29" is forbidden: exceeded quota: few, requested: count/jobs.batch=1, used: count/jobs.batch=4, limited: count/jobs.batch=4';
    const events = told({ reason: 'FailedCreate', message });
    expect(why(cron(), worldOf({ events }))).toMatchObject({
      sentence: 'its job is not made: quota few is used up: count/jobs.batch 1 wanted, 4 of 4 used',
      certainty: 'said',
    });
    const old = told({ reason: 'FailedCreate', message, at: NOW - 5 * HOUR });
    expect(why(cron(), worldOf({ events: old }))?.certainty).toBe('unknown');
  });

  it('is left out where it may not be so late: as its controller says, or as follows', () => {
    const row = cron({ startingDeadline: 5, lastSchedule: NOW - 4.5 * HOUR, due: NOW - 4 * HOUR });
    const soon = { ...row, schedule: '30 * * * *' };
    expect(why(soon, worldOf({}))).toMatchObject({
      sentence:
        'a run was due 4h ago and may begin no more, being more than 5s late: why it did not begin in time is not told',
      certainty: 'deduced',
      next: [expect.stringMatching(/^let it begin later than 5s/)],
    });
    const event = { reason: 'MissSchedule', message: 'Missed scheduled time to start a job: …' };
    expect(why(soon, worldOf({ events: told(event) }))).toMatchObject({
      sentence: 'a run that was due 4h ago did not begin within the 5s that it may be late',
      certainty: 'said',
    });
  });

  it('may be one of too many, where its controller says so', () => {
    const message =
      'too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew';
    const events = told({ reason: 'TooManyMissedTimes', message });
    expect(why(cron({ schedule: '* * * * *' }), worldOf({ events }))).toMatchObject({
      sentence: `too many of its runs were missed: ${message}`,
      certainty: 'said',
      evidence: [
        { source: 'event TooManyMissedTimes' },
        { text: 'more than 100 runs were missed' },
        { text: 'lastScheduleTime' },
      ],
    });
  });

  it('is not explained where nobody explains it', () => {
    expect(
      why(cron(), worldOf({ unread: { 'CronJob/shop/backup': 'not allowed' } })),
    ).toMatchObject({
      sentence: 'a run was due 3h ago and has not begun: no event says why',
      certainty: 'unknown',
      unread: ['events of backup: not allowed'],
    });
  });
});

describe('the last run', () => {
  const ran = { lastSchedule: NOW - HOUR / 2, lastSuccess: NOW - 9 * HOUR, due: NOW + HOUR / 2 };

  it('has the cause of its job, and that of its pods', () => {
    const jobs = [
      job('b-1', { created: NOW - 9 * HOUR, status: 'Complete' }),
      job('b-2', { created: NOW - HOUR / 2, status: 'Failed', reason: 'BackoffLimitExceeded' }),
    ];
    const pods = [crashed('b-2')];
    expect(why(cron(ran), worldOf({ rows: { jobs, pods } }))).toMatchObject({
      sentence: 'its run b-2: it has failed (BackoffLimitExceeded): b-2-x: Error · exit 3 (Error)',
      evidence: [{ source: 'job b-2', text: 'Failed' }, {}, {}],
    });
  });

  it('may be gone, and the cause with it', () => {
    expect(why(cron(ran), worldOf({}))).toMatchObject({
      sentence: 'its last run did not succeed: its job is gone, and the cause with it',
      certainty: 'deduced',
    });
    expect(why(cron(ran), worldOf({ unread: { jobs: 'not allowed' } }))).toMatchObject({
      sentence: 'its last run did not succeed: its jobs would tell why',
      certainty: 'unknown',
      unread: ['its jobs: not allowed'],
    });
  });
});
