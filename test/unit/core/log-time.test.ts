import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shiftTime, splitStamp } from '../../../src/core/log-time.ts';

describe('a stamp', () => {
  it.each([
    ['2026-01-01T00:00:00.123456789Z usual', '2026-01-01T00:00:00.123456789Z', 'usual'],
    ['2026-01-01T00:00:00.5Z short', '2026-01-01T00:00:00.500000000Z', 'short'],
    ['2026-01-01T00:00:00Z none', '2026-01-01T00:00:00.000000000Z', 'none'],
    ['2026-01-01T08:30:00.1+09:00 zone', '2025-12-31T23:30:00.100000000Z', 'zone'],
    ['2026-12-31T23:59:59.999999999-00:30 x', '2027-01-01T00:29:59.999999999Z', 'x'],
    ['2026-01-01T00:00:00.123456789Z ', '2026-01-01T00:00:00.123456789Z', ''],
    ['2026-01-01T00:00:00.123456789Z', '2026-01-01T00:00:00.123456789Z', ''],
    ['2026-01-01T00:00:00.123456789Z  two', '2026-01-01T00:00:00.123456789Z', ' two'],
  ])('%j', (line, time, text) => {
    expect(splitStamp(line)).toEqual({ time, text });
  });

  it.each([
    'failed to create fsnotify watcher: too many open files',
    '2026-13-01T00:00:00.123456789Z no such month',
    '2026-01-01T25:00:00.123456789Z no such hour',
    '2026-01-01T00:00:00.1234567890Z ten digits',
    '2026-01-01 00:00:00Z not RFC 3339',
    'xxxxxxxxxxTxxxxxxxxxxxxxxxxxxZ looks like one from afar',
    '0000-01-01T00:00:00+09:00 before all years',
    '9999-12-31T23:59:59-09:00 after all years',
    '',
  ])('is none: %j', (line) => {
    expect(splitStamp(line)).toEqual({ time: '', text: line });
  });

  it('sorts as text in the order of the instants, whatever the zone and the precision', () => {
    const stamp = fc
      .record({
        ms: fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 0, 2) }),
        ns: fc.integer({ min: 0, max: 999_999 }),
        zone: fc.integer({ min: -12, max: 14 }),
      })
      .map(({ ms, ns, zone }) => {
        const fraction = `${String(ms % 1000).padStart(3, '0')}${String(ns).padStart(6, '0')}`;
        const local = new Date(ms + zone * 3_600_000).toISOString().slice(0, 19);
        const sign = zone < 0 ? '-' : '+';
        const offset = `${sign}${String(Math.abs(zone)).padStart(2, '0')}:00`;
        return {
          at: BigInt(ms) * 1_000_000n + BigInt(ns),
          text: `${local}.${fraction.replace(/0+$/, '') || '0'}${offset} x`,
        };
      });
    fc.assert(
      fc.property(stamp, stamp, (a, b) => {
        const order = a.at < b.at ? -1 : a.at > b.at ? 1 : 0;
        const [x, y] = [splitStamp(a.text).time, splitStamp(b.text).time];
        expect(x < y ? -1 : x > y ? 1 : 0).toBe(order);
      }),
    );
  });
});

describe('a stamp of another clock', () => {
  it('differs by so much, to the nanosecond', () => {
    const time = '2026-01-01T00:00:00.123456789Z';
    expect(shiftTime(time, 0)).toBe(time);
    expect(shiftTime(time, -1000)).toBe('2025-12-31T23:59:59.123456789Z');
    expect(shiftTime(time, 3 * 3_600_000 + 1)).toBe('2026-01-01T03:00:00.124456789Z');
  });
});
