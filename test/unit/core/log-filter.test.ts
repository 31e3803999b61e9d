import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogBuffer, type LogLine } from '../../../src/core/log-buffer.ts';
import { LogFilter } from '../../../src/core/log-filter.ts';
import type { LogTest } from '../../../src/core/log-verdict.ts';

const line = (text: string): LogLine => ({
  time: '',
  source: 0,
  text,
  styled: null,
  level: '',
  at: 0,
  continues: false,
});
const isX: readonly LogTest[] = [{ test: ({ text }) => text === 'x', excludes: false }];
const textAt = (buffer: LogBuffer, seq: number): string | undefined => buffer.at(seq)?.text;

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
          const filter = new LogFilter(buffer, isX, context);
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

  it('looks at no more text in one go than it may, and says how far it is', () => {
    const buffer = new LogBuffer(100);
    for (let i = 0; i < 10; i++) buffer.push(line('x'.repeat(100)));
    let tested = 0;
    const filter = new LogFilter(buffer, [{ test: () => ++tested > 0, excludes: false }], 0);
    expect(filter.advance(250)).toBe(false);
    expect([tested, filter.progress, filter.matches]).toEqual([3, 0.3, 3]);
    while (!filter.advance(250));
    expect([tested, filter.progress, filter.matches]).toEqual([10, 1, 10]);
  });

  it('finds the place of a line that is hidden', () => {
    const buffer = new LogBuffer(10);
    for (const text of ['x', '.', 'x', '.', '.', 'x']) buffer.push(line(text));
    const filter = new LogFilter(buffer, isX, 0);
    filter.advance();
    expect([0, 1, 3, 5, 6].map((seq) => filter.indexFrom(seq))).toEqual([0, 1, 2, 2, 3]);
  });
});

it('a filter forgets lines that were dropped from among others', () => {
  const buffer = new LogBuffer(40, { parts: 2, partOf: ({ source }) => source });
  const filter = new LogFilter(buffer, isX, 1);
  for (let i = 0; i < 2000; i++) {
    if (i % 500 === 0) buffer.push({ ...line('x'), source: 0 });
    buffer.push({ ...line(i % 3 === 0 ? 'x' : '.'), source: 1 });
    if (i % 7 === 0) filter.advance();
  }
  filter.advance();
  const shown = Array.from({ length: filter.length }, (_, i) => filter.seqAt(i));
  expect(shown.map((seq) => buffer.at(seq))).not.toContain(undefined);
  const matches = shown.filter((_, i) => filter.isMatch(i));
  expect(filter.matches).toBe(matches.length);
  const present = Array.from({ length: buffer.length }, (_, i) => buffer.seqAt(i));
  expect(matches).toEqual(present.filter((seq) => buffer.at(seq)?.text === 'x'));
});

describe('a trace under a filter', () => {
  const has = (word: string): LogTest => ({
    test: ({ text }) => text.includes(word),
    excludes: false,
  });
  const hasNot = (word: string): LogTest => ({ ...has(word), excludes: true });
  /** Two streams at once: `a` writes a trace while `b` goes on. */
  const WRITTEN = [
    'a ERROR cannot add',
    'b one',
    'a+java.lang.Closed: x',
    'b two',
    'a+  at Cart.add',
    'b three',
    'a next',
    'b four',
  ];
  const read = (text: string): LogLine => ({
    ...line(text),
    source: text.startsWith('a') ? 0 : 1,
    continues: text[1] === '+',
  });
  /** What is shown, looked at after each line and once for all. */
  const shown = (tests: readonly LogTest[], context = 0): readonly (string | undefined)[] => {
    const buffer = new LogBuffer(100);
    const filter = new LogFilter(buffer, tests, context);
    for (const text of WRITTEN) {
      buffer.push(read(text));
      filter.advance();
    }
    const texts = (of: LogFilter) =>
      Array.from({ length: of.length }, (_, i) => textAt(buffer, of.seqAt(i)));
    const atOnce = new LogFilter(buffer, tests, context);
    atOnce.advance();
    expect(texts(filter)).toEqual(texts(atOnce));
    expect(filter.matches).toBe(atOnce.matches);
    return texts(filter);
  };
  const TRACE = ['a ERROR cannot add', 'a+java.lang.Closed: x', 'a+  at Cart.add'];

  it.each([
    ['its first line', [has('cannot')]],
    ['its last line', [has('Cart.add')]],
    ['several lines, one for each of what is asked', [has('ERROR'), has('Closed'), hasNot('Open')]],
  ])('is shown as a whole for %s, without lines of other streams', (_, tests) => {
    expect(shown(tests)).toEqual(TRACE);
  });

  it.each(['cannot', 'Closed', 'Cart.add'])('is hidden as a whole for not %s', (word) => {
    expect(shown([hasNot(word)])).toEqual(WRITTEN.filter((text) => !TRACE.includes(text)));
  });

  it('has lines of context around it and between its own', () => {
    expect(shown([has('Cart.add')], 1)).toEqual(WRITTEN.slice(0, 6));
    expect(shown([hasNot('Cart.add'), hasNot('b ')], 1)).toEqual(['b three', 'a next', 'b four']);
  });

  it('passes in the lines that are left of it', () => {
    const buffer = new LogBuffer(3);
    const filter = new LogFilter(buffer, [has('last')], 0);
    for (const text of ['a first', 'a+1', 'a+2', 'a+3', 'a+last', 'a+after']) {
      buffer.push(read(text));
      filter.advance();
    }
    expect(
      Array.from({ length: filter.length }, (_, i) => textAt(buffer, filter.seqAt(i))),
    ).toEqual(['a+3', 'a+last', 'a+after']);
  });
});
