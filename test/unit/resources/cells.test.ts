import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/core/styled.ts';
import {
  bar,
  percent,
  percentOf,
  requestTone,
  shareCell,
  status,
  time,
  usageTone,
} from '../../../src/resources/cells.ts';

const NOW = Date.UTC(2026, 10, 24, 12, 0, 0);
const ctx = { now: NOW, time: 'age' } as const;

describe('a status', () => {
  it('says cause and age once each, and never by colour alone', () => {
    const at = NOW - 120_000;
    const cell = status('CrashLoopBackOff', { level: 'bad', cause: 'OOMKilled 137' }, { at, ctx });
    expect(plain(cell)).toBe('✗ CrashLoopBackOff · OOMKilled 137 · 2m');
    expect(plain(status('OOMKilled', { level: 'bad', cause: 'OOMKilled 137' }))).toBe(
      '✗ OOMKilled 137',
    );
    expect(plain(status('Pending', { level: 'busy', cause: '' }, { at, ctx }))).toBe('… Pending');
  });

  it('is quiet when all is well, and `?` when it is not known', () => {
    expect(status('Running', { level: 'ok', cause: '' })).toEqual([
      ['✓ ', 'good'],
      ['Running', 'muted'],
    ]);
    expect(plain(status('', { level: 'warn', cause: '' }))).toBe('! ?');
  });
});

describe('percentages', () => {
  it.each([
    [1, 2, 50],
    [null, 2, null],
    [1, null, null],
    [1, 0, null],
    [0, 4, 0],
    [199, 1000, 19],
    [0.29, 1, 29],
  ])('%j of %j is %j', (part, whole, expected) => {
    expect(percentOf(part, whole)).toBe(expected);
  });

  it('tell unknown, none and too much apart', () => {
    expect(plain(percent(null))).toBe('?');
    expect(plain(shareCell({ used: null, of: 1 }))).toBe('?');
    expect(plain(shareCell({ used: 1, of: 0 }))).toBe('-');
    expect(plain(percent(12_345))).toBe('>999%');
    expect(percent(95)).toEqual([['95%', 'bad']]);
  });
});

describe('a time', () => {
  it('that lies ahead is the difference of two clocks, or says that it is ahead', () => {
    expect(time(NOW + 50_000, ctx)).toBe('0s');
    expect(time(NOW + 3_600_000, ctx)).toBe('in 60m');
    expect(time(NOW - 75_000, ctx)).toBe('75s');
  });
});

describe('a bar', () => {
  it.each([
    [0, '▁▁▁▁▁   0%'],
    [1, '▁▁▁▁▁   1%'],
    [12, '▇▁▁▁▁  12%'],
    [62, '▇▇▇▁▁  62%'],
    [99, '▇▇▇▇▁  99%'],
    [100, '▇▇▇▇▇ 100%'],
    [250, '▇▇▇▇▇ 250%'],
  ])('of %i %% is as wide as any other', (value, text) => {
    expect(plain(bar(value, usageTone))).toBe(text);
  });

  it('alarms about what is used, not about what is requested', () => {
    expect(bar(95, usageTone)[0]).toEqual(['▇▇▇▇', 'bad']);
    expect(bar(95, requestTone)[0]).toEqual(['▇▇▇▇', 'info']);
    expect(plain(bar(null, usageTone))).toBe('?');
  });
});

describe('a time', () => {
  it('is an age, or the clock with the day when it was not today', () => {
    const at = Date.UTC(2026, 10, 24, 9, 5, 7);
    expect(time(at, ctx)).toBe('174m');
    expect(time(at, { now: NOW, time: 'utc' })).toBe('09:05:07');
    expect(time(at, { now: NOW + 86_400_000, time: 'utc' })).toBe('11-24 09:05');
  });
});
