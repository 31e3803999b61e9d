import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogBuffer, LogFilter, type LogLine } from '../../../src/core/log-buffer.ts';

const line = (text: string): LogLine => ({ time: '', source: 0, text, level: '' });
const textAt = (buffer: LogBuffer, seq: number): string | undefined => buffer.at(seq)?.text;

describe('LogBuffer', () => {
  it('keeps the last lines and counts those that made room', () => {
    const buffer = new LogBuffer(3);
    for (const text of ['a', 'b', 'c', 'd', 'e']) buffer.push(line(text));
    expect([buffer.first, buffer.end, buffer.dropped]).toEqual([2, 5, 2]);
    expect([1, 2, 3, 4, 5].map((seq) => textAt(buffer, seq))).toEqual([
      undefined,
      'c',
      'd',
      'e',
      undefined,
    ]);
  });

  it('never reuses a number, not even after clearing', () => {
    const buffer = new LogBuffer(2);
    buffer.push(line('a'));
    buffer.clear();
    buffer.push(line('b'));
    expect(textAt(buffer, 0)).toBeUndefined();
    expect(textAt(buffer, 1)).toBe('b');
  });
});

describe('LogFilter', () => {
  it('shows the same lines incrementally as when it looks at all of them at once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.constantFrom('x', '.', '.', '.'), { maxLength: 12 }), {
          maxLength: 12,
        }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 0, max: 3 }),
        (batches, capacity, context) => {
          const buffer = new LogBuffer(capacity);
          const filter = new LogFilter(buffer, (l) => l.text === 'x', context);
          for (const batch of batches) {
            for (const text of batch) buffer.push(line(text));
            filter.advance();
            const shown = Array.from({ length: filter.length }, (_, i) => filter.seqAt(i));
            const matches = shown.filter((_, i) => filter.isMatch(i));
            const present = Array.from(
              { length: buffer.end - buffer.first },
              (_, i) => buffer.first + i,
            );
            // Every line in the buffer that matches is shown, once, in order.
            expect(matches.filter((seq) => seq >= buffer.first)).toEqual(
              present.filter((seq) => textAt(buffer, seq) === 'x'),
            );
            expect(filter.matches).toBe(matches.length);
            expect(shown).toEqual([...new Set(shown)].sort((a, b) => a - b));
            // Context is what stands near a match and nothing else.
            for (const [i, seq] of shown.entries()) {
              if (filter.isMatch(i) || seq - context <= buffer.first) continue;
              const near = matches.some((m) => Math.abs(m - seq) <= context);
              expect(near).toBe(true);
            }
          }
        },
      ),
    );
  });

  it('finds the place of a line that is hidden', () => {
    const buffer = new LogBuffer(10);
    for (const text of ['x', '.', 'x', '.', '.', 'x']) buffer.push(line(text));
    const filter = new LogFilter(buffer, (l) => l.text === 'x', 0);
    expect([0, 1, 3, 5, 6].map((seq) => filter.indexFrom(seq))).toEqual([0, 1, 2, 2, 3]);
  });
});
