import { expect, it } from 'vitest';
import { cronJobHealth } from '../../../../src/domain/health.ts';
import type { CronJobRow } from '../../../../src/domain/rows.ts';
import { cronJobWord } from '../../../../src/domain/pulse/words.ts';
import { cronJobRow } from '../../../support/rows.ts';

const NOW = Date.parse('2026-11-30T08:00:00Z');
const HOUR = 3_600_000;

it.each<readonly [string, Partial<CronJobRow>, string]>([
  ['never comes', { due: 0 }, 'its schedule never comes'],
  ['was missed', { due: NOW - 3 * HOUR }, 'missed'],
  ['failed', { lastStatus: 'Failed' }, 'last run failed'],
  ['did not succeed', { lastSchedule: NOW - HOUR, lastStatus: '' }, 'no success'],
])('a cron job whose run %s is counted as such', (_what, given, word) => {
  const row = cronJobRow({ name: 'a', due: NOW + HOUR, ...given });
  expect(cronJobWord(row, cronJobHealth(row, NOW))).toBe(word);
});
