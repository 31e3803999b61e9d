import { describe, expect, it, vi } from 'vitest';
import { readLogText } from '../../../src/core/log-text.ts';

describe('what a terminal would show of a line', () => {
  it.each([
    ['plain', 'plain', null],
    ['10%\r50%\r100%', '100%', null],
    ['10%\r100%\r', '100%', null],
    ['10%\r100%\r\x1b[K', '100%', null],
    ['\r\r\r', '', null],
    ['a\tb', 'a\tb', null],
    ['\x1b[31mERR\x1b[0m', 'ERR', '\x1b[31mERR\x1b[0m\x1b[0m'],
    ['\x1b]0;owned\x07\x1b[2Jclear', 'clear', null],
    ['日本', '日本', null],
  ])('%j', (raw, text, styled) => {
    expect(readLogText(raw)).toEqual({ text, styled });
  });

  it('costs what the line is long, however often it starts anew', () => {
    const searched = vi.spyOn(String.prototype, 'lastIndexOf');
    const work = (raw: string): number => {
      searched.mockClear();
      readLogText(raw);
      return searched.mock.calls.length;
    };
    try {
      expect(work('\r'.repeat(10_000))).toBeLessThanOrEqual(10_000);
      expect(work('x\r'.repeat(10_000))).toBe(1 + 1);
    } finally {
      searched.mockRestore();
    }
  });

  it('keeps colours only where a line is no book', () => {
    const long = `\x1b[31m${'x'.repeat(20_000)}\ty`;
    expect(readLogText(long).styled).toBeNull();
    expect(readLogText(long).text.slice(-6)).toBe('x    y');
  });
});
