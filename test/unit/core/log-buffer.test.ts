import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogBuffer, type LogLine } from '../../../src/core/log-buffer.ts';

const line = (text: string): LogLine => ({
  time: '',
  source: 0,
  text,
  styled: null,
  level: '',
  at: 0,
  continues: false,
});
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

  it('keeps no more text than it may, but always the newest line', () => {
    const buffer = new LogBuffer(100, { mostText: 10 });
    for (const text of ['1234', '5678', '90']) buffer.push(line(text));
    expect(buffer.first).toBe(0);
    buffer.push(line('x'));
    expect([buffer.first, buffer.dropped, textAt(buffer, 0)]).toEqual([1, 1, undefined]);
    buffer.push(line('far longer than all that may be kept'));
    expect([buffer.first, buffer.end]).toEqual([4, 5]);
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

describe('a buffer that several share', () => {
  const of = (source: number, text: string): LogLine => ({ ...line(text), source });
  const shared = (capacity: number, mostText?: number) =>
    new LogBuffer(capacity, {
      parts: 2,
      partOf: ({ source }) => source,
      ...(mostText !== undefined && { mostText }),
    });
  const held = (buffer: LogBuffer): LogLine[] =>
    Array.from({ length: buffer.length }, (_, i) => buffer.lineAt(i) ?? line('nothing'));

  it('keeps what one wrote while another writes without end', () => {
    const buffer = shared(100);
    for (let i = 0; i < 10_000; i++) {
      if (i % 1000 === 0) buffer.push(of(0, `slow ${i}`));
      buffer.push(of(1, `fast ${i}`));
    }
    const lines = held(buffer);
    expect(lines.filter(({ source }) => source === 0)).toHaveLength(10);
    expect(lines.at(-1)?.text).toBe('fast 9999');
    expect(buffer.length).toBeGreaterThan(90);
    expect([buffer.droppedOf(0), buffer.droppedOf(1)]).toEqual([0, 10_010 - buffer.length]);
  });

  it('is one log where they write about as much', () => {
    const buffer = shared(100);
    for (let i = 0; i < 1000; i++) buffer.push(of(i % 3 === 0 ? 0 : 1, `${i}`));
    expect(held(buffer).map(({ text }) => text)).toEqual(
      Array.from({ length: 100 }, (_, i) => `${900 + i}`),
    );
    expect(buffer.gaps).toBe(0);
  });

  it('holds no more text than it may, whoever wrote it', () => {
    const buffer = shared(100, 1000);
    buffer.push(of(0, 'a word'));
    for (let i = 0; i < 50; i++) buffer.push(of(1, 'x'.repeat(90)));
    expect(buffer.lineAt(0)?.text).toBe('a word');
    buffer.push(of(1, 'x'.repeat(2000)));
    expect(held(buffer).map(({ text }) => text.length)).toEqual([2000]);
  });

  it('never holds more than it may, in the order in which lines came, the newest among them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 200 }),
        fc.array(fc.record({ source: fc.constantFrom(0, 1, 1, 1), size: fc.nat(20) }), {
          maxLength: 300,
        }),
        (capacity, mostText, writes) => {
          const buffer = shared(capacity, mostText);
          const seen: LogLine[] = [];
          for (const { source, size } of writes) {
            const next = of(source, 'x'.repeat(size));
            seen.push(next);
            buffer.push(next);
            const lines = held(buffer);
            expect(lines.length).toBeLessThanOrEqual(capacity);
            const text = lines.reduce((sum, each) => sum + each.text.length, 0);
            expect(lines.length === 1 || text <= mostText).toBe(true);
            expect(lines.at(-1)).toBe(next);
            expect(buffer.dropped + lines.length).toBe(seen.length);
          }
          // Numbers lead to lines, and lines to numbers.
          for (const [seq, each] of seen.entries()) {
            const index = held(buffer).indexOf(each);
            expect(buffer.at(seq)).toBe(index < 0 ? undefined : each);
            if (index >= 0)
              expect([buffer.seqAt(index), buffer.indexFrom(seq)]).toEqual([seq, index]);
          }
        },
      ),
    );
  });
});
