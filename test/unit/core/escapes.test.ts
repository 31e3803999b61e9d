import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { windows } from '../../../src/core/clusters.ts';
import { sequenceEnd, sgrEnd } from '../../../src/core/escapes.ts';
import { CountedText } from '../../support/counting.ts';

/** What opens, parts and ends sequences, and nothing that makes a text harmless by chance. */
const unit = fc.constantFrom(
  ...['\x1b', '[', ']', 'P', '\\', '\x07', '\x18', '\r', '\n', ' ', '/', '0', ';', 'm', 'a', 'é'],
  ...['\x90', '\x98', '\x9b', '\x9c', '\x9d', '\x9e', '\x9f', '\u0301', '\ud83d', '\ude80'],
);
const hostile = fc.oneof(
  fc.array(unit, { maxLength: 400 }).map((units) => units.join('')),
  // One opener many times over: each could look to the end for what closes it.
  fc.tuple(unit, unit, fc.integer({ min: 1, max: 400 })).map(([a, b, n]) => (a + b).repeat(n)),
  fc.tuple(unit, fc.integer({ min: 1, max: 800 })).map(([a, n]) => a.repeat(n)),
);

function visits(text: string, end: (text: CountedText, at: number) => number): number {
  const counted = new CountedText(text);
  for (let at = 0; at < text.length;) at = Math.max(at + 1, end(counted, at));
  return counted.visits;
}

describe('work grows with the length of the text, whatever it is made of', () => {
  test('finding where sequences end', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(visits(text, sequenceEnd)).toBeLessThanOrEqual(8 * text.length);
      }),
    );
    expect(visits('\x9d'.repeat(40_000), sequenceEnd)).toBeLessThanOrEqual(8 * 40_000);
  });

  test('finding colours', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(visits(text, sgrEnd)).toBeLessThanOrEqual(8 * text.length);
      }),
    );
  });

  test('finding clusters', () => {
    const long = fc
      .tuple(hostile, fc.integer({ min: 1, max: 20 }))
      .map(([text, n]) => text.repeat(n));
    fc.assert(
      fc.property(long, (text) => {
        const counted = new CountedText(text);
        expect([...windows(counted)].join('')).toBe(text);
        expect(counted.visits).toBeLessThanOrEqual(3 * text.length + 300);
      }),
    );
  });

  test('who stops early has not looked at the rest', () => {
    const counted = new CountedText('日本é'.repeat(100_000));
    let seen = 0;
    for (const cluster of windows(counted)) {
      seen += cluster.length;
      if (seen > 80) break;
    }
    expect(counted.visits).toBeLessThan(1000);
  });
});

test.each([
  ['\x1b[31m', 5],
  ['\x1b[m', 3],
  ['\x1b[38:2m', -1],
  ['\x1b[31', -1],
  [`\x1b[${'1;'.repeat(40)}m`, -1],
])('the colour %j ends at %d', (text, end) => {
  expect(sgrEnd(text, 0)).toBe(end);
});

test.each([
  ['\x1b]0;x\x07y', 6],
  ['\x1b]0;x\x1b\\y', 7],
  ['\x9d0;x\x9cy', 5],
  ['\x1b]0;x\x18y', 2],
  ['\x1b]0;x\x1b]1;', 2],
  ['\x9d0;x\x9b1m', 1],
  ['\x9b1;2Hx', 5],
  ['\x1b(B', 3],
  ['\r\nx', 2],
  ['\x1b', 1],
])('the sequence in %j ends at %d', (text, end) => {
  expect(sequenceEnd(text, 0)).toBe(end);
});
