import { describe, expect, it } from 'vitest';
import { LogBuffer, type LogLevel } from '../../../src/core/log-buffer.ts';
import { LogFilter } from '../../../src/core/log-filter.ts';
import { logHistogram, logSpan } from '../../../src/core/log-histogram.ts';
import { LogProblems } from '../../../src/core/log-problems.ts';

const MINUTE = 60_000;
const AT = Date.parse('2026-10-14T12:00:00Z');

function world(capacity = 100) {
  const buffer = new LogBuffer(capacity);
  const problems = new LogProblems(buffer);
  const write = (minute: number, level: LogLevel = 'info', continues = false): void =>
    buffer.push({
      ...{ time: '', at: AT + minute * MINUTE, source: 0, styled: null, level, continues },
      text: `of minute ${minute}`,
    });
  const bars = (most: number, filter: LogFilter | null = null) => {
    filter?.advance();
    const span = logSpan(buffer);
    return span && logHistogram({ buffer, filter, problems }, span, most);
  };
  return { buffer, problems, write, bars };
}

describe('the histogram of a log', () => {
  it('counts lines, errors and warnings of each span, whatever their order', () => {
    const w = world();
    for (const minute of [0, 0, 3, 1]) w.write(minute);
    w.write(1, 'error');
    w.write(1, 'warn');
    expect(w.bars(10)).toEqual({
      from: AT,
      width: 20_000,
      bars: [2, 0, 0, 3, 0, 0, 0, 0, 0, 1].map((lines, i) => ({
        lines,
        errors: i === 3 ? 1 : 0,
        warnings: i === 3 ? 1 : 0,
      })),
    });
  });

  it('counts a trace once, and what goes on worse than it began as both', () => {
    const w = world();
    w.write(0, 'error');
    w.write(0, 'error', true);
    w.write(0, 'warn');
    w.write(0, 'error', true);
    w.write(0, 'error', true);
    expect(w.bars(1)?.bars).toEqual([{ lines: 5, errors: 2, warnings: 1 }]);
    expect([w.problems.of('error').length, w.problems.of('warn').length]).toEqual([2, 1]);
  });

  it('puts a trace where it begins, though only a later line says that it is one', () => {
    const w = world();
    w.write(0, '');
    w.write(0, 'error', true);
    w.write(0, 'error');
    expect([0, 1, 2].map((seq) => w.problems.of('error').has(seq))).toEqual([true, false, true]);
    w.write(0, '');
    expect(w.problems.of('error').length).toBe(2);
    w.write(0, 'error', true);
    expect(w.problems.of('error').has(3)).toBe(true);
  });

  it('counts only what a filter lets through', () => {
    const w = world();
    for (let minute = 0; minute < 4; minute++) w.write(minute, minute % 2 ? 'error' : 'info');
    const test = ({ text }: { text: string }): boolean => /[23]$/.test(text);
    const filter = new LogFilter(w.buffer, [{ test, excludes: false }], 0);
    expect(w.bars(4, filter)?.bars.map(({ lines, errors }) => [lines, errors])).toEqual([
      [0, 0],
      [0, 0],
      [1, 0],
      [1, 1],
    ]);
  });

  it.each([1, 2, 7, 60, 300])(
    'never has more than %d bars, and counts all lines in them',
    (most) => {
      for (const days of [0, 0.001, 1, 40, 4000]) {
        const w = world();
        for (const part of [0, 0.3, 0.99, 1]) w.write(part * days * 24 * 60 + 7.7);
        const bars = w.bars(most)?.bars ?? [];
        expect(bars.length).toBeLessThanOrEqual(most);
        expect(bars.reduce((sum, { lines }) => sum + lines, 0)).toBe(4);
      }
    },
  );

  it('forgets what the buffer dropped', () => {
    const w = world(3);
    for (let minute = 0; minute < 9; minute++) w.write(minute, 'error');
    expect(w.bars(60)?.bars.reduce((sum, { errors }) => sum + errors, 0)).toBe(3);
    expect(w.problems.of('error').length).toBe(3);
  });

  it('is none of an empty buffer', () => {
    expect(world().bars(10)).toBeNull();
  });
});
