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

  it.each([
    ['0/5 * * * *', '2026-11-24T12:05Z'],
    ['5/15 * * * *', '2026-11-24T12:05Z'],
    ['20/15,7 * * * *', '2026-11-24T12:07Z'],
    ['*/70 * * * *', '2026-11-24T13:00Z'],
    ['0 10/2 * * *', '2026-11-24T14:00Z'],
    ['0 0 * * 5/1', '2026-11-27T00:00Z'],
    ['0 0 * * THU/2', '2026-11-26T00:00Z'],
    ['0 0 1 */20 *', '2027-01-01T00:00Z'],
  ])('%s steps as in Kubernetes', (schedule, moment) => {
    expect(next(schedule, '2026-11-24T12:01:00Z')).toBe(moment);
  });

  it('comes each so often', () => {
    const after = at('2026-11-24T12:00:00.700Z');
    expect(nextRun('@every 90m', '', after)).toBe(at('2026-11-24T13:30:00Z'));
    expect(nextRun('@every 1h30m10s', '', after)).toBe(at('2026-11-24T13:30:10Z'));
    expect(nextRun('@every 1.5h', 'Europe/Berlin', after)).toBe(at('2026-11-24T13:30:00Z'));
  });

  it('is not in the hour that summer time skips', () => {
    const berlin = 'Europe/Berlin';
    expect(next('30 2 * * *', '2026-03-28T12:00:00Z', berlin)).toBe('2026-03-30T00:30Z');
    expect(next('30 * * * *', '2026-03-29T00:45:00Z', berlin)).toBe('2026-03-29T01:30Z');
    expect(next('*/10 2 * * *', '2026-03-28T12:00:00Z', berlin)).toBe('2026-03-30T00:00Z');
    expect(next('0 3 * * *', '2026-03-28T12:00:00Z', berlin)).toBe('2026-03-29T01:00Z');
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
    for (const schedule of [
      '@every',
      '@every 5',
      '@every 0s',
      '*/0 * * * *',
      'nonsense',
      '',
      '* * * *',
      '0 0 0 1 1 *',
    ])
      expect(next(schedule, '2026-11-24T12:00:00Z'), schedule).toBeNull();
    expect(next('0 8 * * *', '2026-11-24T12:00:00Z', 'Nowhere/Land')).toBeNull();
    expect(next(`${'1,'.repeat(1e5)}1 * * * *`, '2026-11-24T12:00:00Z')).toBeNull();
    expect(nextRun('0 8 * * *', '', Number.NaN)).toBeNull();
    expect(nextRun('0 8 * * *', '', 9e18)).toBeNull();
  });
});
