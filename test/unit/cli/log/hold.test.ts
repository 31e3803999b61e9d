import { describe, expect, it } from 'vitest';
import { LogHold, MOMENT } from '../../../../src/cli/log-hold.ts';
import type { LogLine } from '../../../../src/core/log-buffer.ts';

const BOOM = { test: ({ text }: LogLine) => text.includes('boom'), excludes: false };
const ANY = { test: () => true, excludes: false };

const line = (text: string, source = 0, continues = false): LogLine => ({
  ...{ time: '', styled: null, level: '', at: 0 },
  ...{ text, source, continues },
});
const textsOf = (lines: readonly LogLine[]): readonly string[] => lines.map(({ text }) => text);

describe('lines that are held back', () => {
  it('wait a moment at most, however long another stream goes on with what it began', () => {
    const hold = new LogHold([BOOM]);
    hold.take(line('begins'), 0);
    hold.take(line('boom elsewhere', 1), 0);
    expect(hold.release(0)).toEqual([]);
    expect(hold.dueIn(0)).toBe(MOMENT);
    hold.take(line('  goes on', 0, true), MOMENT - 100);
    expect(hold.release(MOMENT - 100)).toEqual([]);
    expect(hold.dueIn(MOMENT - 100)).toBe(100);
    expect(textsOf(hold.release(MOMENT))).toEqual(['boom elsewhere']);
    expect(hold.dueIn(MOMENT)).toBe(MOMENT - 100);
    hold.take(line('  boom at last', 0, true), 2 * MOMENT);
    expect(textsOf(hold.release(2 * MOMENT))).toEqual(['begins', '  goes on', '  boom at last']);
    expect(hold.dueIn(2 * MOMENT)).toBeNull();
  });

  it('are not gone through again with each that comes behind them', () => {
    const hold = new LogHold([BOOM]);
    hold.take(line('undecided'), 0);
    // The time that this thread works: others may keep it waiting for any.
    const began = process.threadCpuUsage();
    let released = 0;
    for (let i = 0; i < 60_000; i++) {
      hold.take(line('boom', 1), 0);
      released += hold.release(0).length;
    }
    const { user, system } = process.threadCpuUsage(began);
    expect(released).toBe(0);
    // It takes a tenth of that, and many times as much where they are gone through.
    expect((user + system) / 1000).toBeLessThan(1500);
    expect(hold.release(MOMENT).length).toBe(60_000);
  });

  it('come out in their order', () => {
    const hold = new LogHold([ANY]);
    const out: string[] = [];
    for (let i = 0; i < 5000; i++) {
      hold.take(line(String(i), i % 3), i);
      if (i % 7 === 0) out.push(...textsOf(hold.release(i)));
    }
    out.push(...textsOf(hold.release(Infinity)));
    expect(out).toEqual(Array.from({ length: 5000 }, (_, i) => String(i)));
  });
});
