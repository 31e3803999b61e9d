import { describe, expect, it } from 'vitest';
import { cronJobHealth, jobHealth } from '../../../src/domain/health.ts';
import { completionsText, runningFor } from '../../../src/domain/job.ts';
import { jobStatus } from '../../../src/domain/job-status.ts';
import { decoderOf } from '../../../src/domain/tables/index.ts';
import { cronJobRow, jobRow } from '../../support/rows.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const MINUTE = 60_000;

const condition = (type: string, status = 'True') => ({ type, status, reason: type, message: '' });

describe('the status of a job', () => {
  it('is the one that kubectl prints', () => {
    const status = (deleting: number, ...types: readonly string[]): string =>
      jobStatus(
        types.map((type) => condition(type)),
        deleting,
      ).status;
    expect(status(0)).toBe('Running');
    expect(status(0, 'SuccessCriteriaMet', 'Complete')).toBe('Complete');
    expect(status(0, 'FailureTarget')).toBe('FailureTarget');
    expect(status(0, 'FailureTarget', 'Failed')).toBe('Failed');
    // An end is told of what is being deleted too, and nothing else.
    expect(status(NOW, 'Failed')).toBe('Failed');
    expect(status(NOW, 'Suspended')).toBe('Terminating');
    expect(jobStatus([condition('Suspended', 'False')], 0).status).toBe('Running');
  });

  it('has no end before it ended, and one where it failed', () => {
    const read = decoderOf('jobs');
    const failed = {
      metadata: { name: 'a' },
      status: {
        startTime: '2026-11-24T12:00:00Z',
        conditions: [{ ...condition('Failed'), lastTransitionTime: '2026-11-24T12:03:00Z' }],
      },
    };
    expect(runningFor(read.json(failed), NOW + 99 * MINUTE)).toBe(3 * MINUTE);
    expect(runningFor(jobRow({ name: 'a', started: NOW }), NOW + MINUTE)).toBe(MINUTE);
    expect(runningFor(jobRow({ name: 'a' }), NOW)).toBeNull();
  });

  it('counts completions as kubectl does', () => {
    expect(completionsText(jobRow({ name: 'a', succeeded: 2, completions: 5 }))).toBe('2/5');
    const queue = { name: 'a', completions: null };
    expect(completionsText(jobRow({ ...queue, parallelism: 1 }))).toBe('0/1');
    expect(completionsText(jobRow({ ...queue, parallelism: 3 }))).toBe('0/1 of 3');
  });
});

describe('the health of a job', () => {
  const health = (given: Parameters<typeof jobRow>[0]) => jobHealth(jobRow(given), NOW);

  it('names what its pods died of, and else what the controller says beyond the reason', () => {
    const failed = { name: 'a', status: 'Failed', reason: 'BackoffLimitExceeded' } as const;
    const message = 'Job has reached the specified backoff limit';
    expect(health({ ...failed, message })).toEqual({ level: 'bad', cause: failed.reason });
    expect(health({ ...failed, message, trouble: 'OOMKilled 137' }).cause).toBe(
      'BackoffLimitExceeded: OOMKilled 137',
    );
    const told = 'Container main for pod shop/a-x failed with exit code 42';
    expect(health({ ...failed, reason: 'PodFailurePolicy', message: told }).cause).toBe(
      `PodFailurePolicy: ${told}`,
    );
  });

  it('warns while pods fail, and where there are none', () => {
    expect(health({ name: 'a', failed: 2, backoffLimit: 6, trouble: 'Error 1' })).toEqual({
      level: 'warn',
      cause: '2 failed (6 may): Error 1',
    });
    expect(health({ name: 'a', failed: 2, backoffLimit: 2 ** 31 - 1 }).cause).toBe('2 failed');
    const trouble = "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.";
    expect(health({ name: 'a', active: 1, trouble }).cause).toBe('3 not its selector');
    expect(health({ name: 'a', active: 0, started: NOW - 5 * MINUTE })).toEqual({
      level: 'warn',
      cause: 'it has no pods',
    });
    expect(health({ name: 'a', started: NOW - 5 * MINUTE }).level).toBe('busy');
    expect(health({ name: 'a', status: 'Complete', failed: 2, trouble: 'Error 1' }).level).toBe(
      'ok',
    );
    expect(health({ name: 'a', status: 'Suspended' }).level).toBe('busy');
  });
});

describe('the health of a cron job', () => {
  const health = (given: Partial<Parameters<typeof cronJobRow>[0]>) =>
    cronJobHealth(cronJobRow({ name: 'a', ...given }), NOW);
  const ran = { lastSchedule: NOW - 60 * MINUTE, lastSuccess: NOW - 59 * MINUTE };

  it('is that of its last run', () => {
    expect(health({ ...ran, lastStatus: 'Complete', lastTrouble: '' }).level).toBe('ok');
    expect(health({ ...ran, lastStatus: 'Failed', lastTrouble: 'DeadlineExceeded' })).toEqual({
      level: 'bad',
      cause: 'DeadlineExceeded',
    });
    expect(health({ ...ran, active: 1, lastStatus: 'Running', lastTrouble: 'Error 1' })).toEqual({
      level: 'warn',
      cause: 'Error 1',
    });
    expect(health({ ...ran, active: 1, lastStatus: 'Running' }).level).toBe('busy');
  });

  it('is a problem where its schedule never comes, unless it is suspended', () => {
    expect(health({ due: 0 })).toEqual({ level: 'warn', cause: 'its schedule never comes' });
    expect(health({ due: 0, suspended: true }).level).toBe('busy');
  });

  it('is told by its times where no job is kept or known', () => {
    const before = { lastSchedule: NOW - 60 * MINUTE, lastSuccess: NOW - 120 * MINUTE };
    for (const lastStatus of ['', null] as const) {
      expect(health({ ...before, lastStatus }).cause).toBe('the last run did not succeed');
      expect(health({ ...ran, lastStatus }).level).toBe('ok');
    }
  });

  it('warns of a run that did not begin when it was due', () => {
    expect(health({ ...ran, due: NOW - MINUTE }).level).toBe('ok');
    expect(health({ ...ran, due: NOW - 12 * MINUTE })).toEqual({
      level: 'warn',
      cause: 'missed 12m ago',
    });
    const held = { ...ran, due: NOW - 12 * MINUTE, active: 1, concurrency: 'Forbid' };
    expect(health(held).cause).toBe('held back 12m by the last run');
    expect(health({ ...held, suspended: true }).level).toBe('busy');
  });
});
