import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { StampedText } from '../../../../src/core/log-time.ts';
import { GOES_ON, LogLines, MAX_LINE } from '../../../../src/sources/kube/log-lines.ts';

const stamp = (ns: number): string =>
  `2026-01-01T00:00:0${Math.floor(ns / 1e9)}.${String(ns % 1e9).padStart(9, '0')}Z`;

function read(bytes: Buffer, size: number): StampedText[] {
  const lines = new LogLines();
  const found: StampedText[] = [];
  for (let at = 0; at < bytes.length; at += size)
    found.push(...lines.push(bytes.subarray(at, at + size)));
  const rest = lines.end();
  return rest === null ? found : [...found, rest];
}

describe('log lines', () => {
  it('come out whole, however the stream and its characters were cut', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((one) => !/[\n\r]/.test(one));
    fc.assert(
      fc.property(fc.array(text), fc.integer({ min: 1, max: 30 }), (texts, size) => {
        const bytes = Buffer.from(texts.map((one, i) => `${stamp(i)} ${one}\n`).join(''));
        expect(read(bytes, size)).toEqual(texts.map((one, i) => ({ time: stamp(i), text: one })));
      }),
    );
  });

  it('in CR LF lose both; other carriage returns stay', () => {
    const bytes = Buffer.from(`${stamp(1)} 10%\r20%\r\n`);
    expect(read(bytes, 7)).toEqual([{ time: stamp(1), text: '10%\r20%' }]);
  });

  it('a last line without its line break is delivered at the end', () => {
    expect(read(Buffer.from('a\nb'), 10).map(({ text }) => text)).toEqual(['a', 'b']);
  });

  it('that are too long come in pieces of one length, each but the last with a mark', () => {
    const text = 'é'.repeat(2 * MAX_LINE + 10);
    const bytes = Buffer.from(`${stamp(1)} ${text}\n${stamp(2)} next\n`);
    const found = read(bytes, 65_537);
    expect(found.map(({ time }) => time)).toEqual([stamp(1), '', '', stamp(2)]);
    expect(found[0]?.text.endsWith(GOES_ON)).toBe(true);
    expect(found.map((line) => line.text.replace(GOES_ON, '')).join('')).toBe(`${text}next`);
    expect(read(bytes, 1000)).toEqual(found);
  });

  it('cost what they are long, in however small pieces they come', () => {
    let searched = 0;
    const find = Object.getOwnPropertyDescriptor(String.prototype, 'indexOf')?.value as (
      this: string,
      what: string,
      from?: number,
    ) => number;
    const spy = vi.spyOn(String.prototype, 'indexOf').mockImplementation(function (
      this: string,
      what: string,
      from = 0,
    ) {
      searched += this.length - from;
      return find.call(this, what, from);
    });
    try {
      read(Buffer.alloc(300_000, 'x'), 100);
    } finally {
      spy.mockRestore();
    }
    expect(searched).toBeLessThanOrEqual(300_000);
  });
});
