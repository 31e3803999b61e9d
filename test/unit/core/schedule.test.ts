import { describe, expect, it } from 'vitest';
import { nextRun } from '../../../src/core/schedule.ts';

const at = (text: string): number => Date.parse(text);
const next = (schedule: string, after: string, timeZone = ''): string | null => {
  const moment = nextRun(schedule, timeZone, at(after));
  return moment === null ? null : new Date(moment).toISOString().replace(':00.000Z', 'Z');
};

describe('the next run of a schedule', () => {
  it('is the one that Kubernetes reckons', () => {
    expect(next('*/15 * * * *', '2026-11-24T12:00:00Z')).toBe('2026-11-24T12:15Z');
    expect(next('30 3 * * 1-5', '2026-11-27T12:00:00Z')).toBe('2026-11-30T03:30Z');
    expect(next('@daily', '2026-11-24T12:00:00Z')).toBe('2026-11-25T00:00Z');
    expect(next('0 0 ? * ?', '2026-11-24T12:00:00Z')).toBe('2026-11-25T00:00Z');
    expect(next('0 9 1 JAN *', '2026-11-24T12:00:00Z')).toBe('2027-01-01T09:00Z');
    // Where both days are named, either will do: the 13th, and each Friday.
    expect(next('0 0 13 * FRI', '2026-11-24T12:00:00Z')).toBe('2026-11-27T00:00Z');
  });

  it('is of the time zone, in the fields or beside them', () => {
    expect(next('0 8 * * *', '2026-11-24T12:00:00Z', 'Europe/Berlin')).toBe('2026-11-25T07:00Z');
    expect(next('0 8 * * *', '2026-07-24T12:00:00Z', 'Europe/Berlin')).toBe('2026-07-25T06:00Z');
    expect(next('CRON_TZ=Asia/Tokyo 0 8 * * *', '2026-11-24T12:00:00Z')).toBe('2026-11-24T23:00Z');
  });

  it('is none where no day is so', () => {
    expect(nextRun('0 0 31 2 *', '', at('2026-11-24T12:00:00Z'))).toBe(0);
  });

  it('is not known where it cannot be told', () => {
    for (const schedule of ['@every 90m', 'nonsense', '', '* * * *', '0 0 0 1 1 *'])
      expect(next(schedule, '2026-11-24T12:00:00Z'), schedule).toBeNull();
    expect(next('0 8 * * *', '2026-11-24T12:00:00Z', 'Nowhere/Land')).toBeNull();
    expect(next(`${'1,'.repeat(1e5)}1 * * * *`, '2026-11-24T12:00:00Z')).toBeNull();
    expect(nextRun('0 8 * * *', '', Number.NaN)).toBeNull();
    expect(nextRun('0 8 * * *', '', 9e18)).toBeNull();
  });
});
