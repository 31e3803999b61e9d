import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { clusterWidth, isSimple } from '../../../src/core/clusters.ts';
import {
  fit,
  fits,
  pad,
  sanitize,
  sliceColumns,
  textWidth,
  truncate,
  truncateMiddle,
} from '../../../src/core/text.ts';

const piece = fc.constantFrom(
  'a',
  'pod-1',
  '日本',
  '한글',
  'é',
  'e\u0301',
  '🚀',
  '👨‍👩‍👧',
  '…',
  ' ',
  '│',
);
const text = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(''));
const nasty = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\x1b[31m',
        '\x1b]0;x\x07',
        '\x9b2J',
        '\x1b',
        '[',
        ']',
        '\x07',
        '\u202e',
        'm',
        '5',
        ';',
      ),
    ),
  )
  .map((parts) => parts.join(''));

describe('sanitize', () => {
  test.each([
    ['plain text', 'plain text'],
    ['two\nlines\r\nand\rmore', 'two⏎lines⏎and⏎more'],
    ['a\tb', 'a    b'],
    ['\x1b[31mred\x1b[0m', 'red'],
    ['\x1b]0;title\x07name', 'name'],
    ['\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\', 'link'],
    ['\x1bPq#0\x1b\\after', 'after'],
    ['\x1b]52;c;aGk=', '52;c;aGk='],
    ['clear\x1b[2J\x1b[Hhome', 'clearhome'],
    ['\x9b31mC1\x9d0;x\x9c', 'C1'],
    ['a\x00b\x07c\x7f', 'a␀b␇c␡'],
    ['lone \x1b', 'lone ␛'],
    ['abc\u202edcba\u2066x', 'abcdcbax'],
    ['zero\u200bwidth\ufeff\u00ad', 'zerowidth'],
    ['\ud800 half', '\ufffd half'],
    ['z' + '\u0301'.repeat(40), 'z' + '\u0301'.repeat(4)],
    ['größe 日本 🚀', 'größe 日本 🚀'],
  ])('%j', (input, output) => {
    expect(sanitize(input)).toBe(output);
  });

  test('keeps colours for logs and nothing else, and ends in the default style', () => {
    expect(sanitize('\x1b[1;31mERR\x1b[2K\x1b]0;x\x07\x1b[m ok', { keepSgr: true })).toBe(
      '\x1b[1;31mERR\x1b[m ok\x1b[0m',
    );
    expect(sanitize('no colour', { keepSgr: true })).toBe('no colour');
  });

  test('leaves alone what needs nothing, and only that', () => {
    for (let code = 0; code <= 0xffff; code++) {
      const char = String.fromCharCode(code);
      if (!isSimple(char)) continue;
      expect(char).not.toMatch(
        /[\p{Cc}\p{Cf}\p{Cs}\p{M}\p{Default_Ignorable_Code_Point}\u2028\u2029]/u,
      );
      expect(clusterWidth(char)).toBe(stringWidth(char));
    }
  });

  test('line breaks become what the caller asks for', () => {
    expect(sanitize('a\nb', { newline: ' ' })).toBe('a b');
  });

  test('leaves nothing that a terminal acts on, whatever comes in', () => {
    fc.assert(
      fc.property(nasty, (input) => {
        expect(sanitize(input)).not.toMatch(/[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}]/u);
        expect(sanitize(input, { keepSgr: true }).replace(/\x1b\[[\d;]*m/g, '')).not.toMatch(
          /\p{Cc}/u,
        );
      }),
    );
  });
});

describe('width', () => {
  test.each([
    ['abc', 3],
    ['日本', 4],
    ['e\u0301', 1],
    ['🚀', 2],
    ['✓ ok', 4],
    ['\x1b[1;31mred\x1b[0m', 3],
    ['\x1b[1m日\x1b[0m', 2],
    ['', 0],
  ])('of %j is %d', (input, width) => {
    expect(textWidth(input)).toBe(width);
  });

  test('fit is exact for every text and width', () => {
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 0, max: 30 }),
        fc.constantFrom('left' as const, 'right' as const),
        (input, width, align) => {
          // A wide character that does not fit leaves its column blank.
          expect(textWidth(fit(input, width, align))).toBe(width);
        },
      ),
    );
  });

  test('cutting never widens and keeps what fits', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 30 }), (input, width) => {
        for (const cut of [truncate(input, width), truncateMiddle(input, width)]) {
          expect(textWidth(cut)).toBeLessThanOrEqual(width);
          if (textWidth(input) <= width) expect(cut).toBe(input);
        }
      }),
    );
  });
});

test('cutting', () => {
  expect(truncate('checkout', 5)).toBe('chec…');
  expect(truncate('日本語', 4)).toBe('日…');
  expect(truncateMiddle('api-7d9f8b6c4-x2x', 12)).toBe('api-7d9…-x2x');
  expect(truncateMiddle('ip-10-0-3-4.eu-central-1.compute.internal', 15)).toBe('ip-10-0…nternal');
  expect(truncateMiddle('nohyphen', 5)).toBe('no…en');
  expect(truncateMiddle('abc', 1)).toBe('…');
  expect(pad('\x1b[1mab\x1b[0m', 4, 'right')).toBe('  \x1b[1mab\x1b[0m');
});

describe('sliceColumns', () => {
  test.each([
    ['abcdef', 2, 4, 'cd'],
    ['日本語', 1, 5, ' 本 '],
    ['ab', 5, 9, ''],
    ['\x1b[31mabc\x1b[0mdef', 1, 4, '\x1b[31mbc\x1b[0md\x1b[0m'],
    ['\x1b[31mabc\x1b[0mdef', 4, 6, 'ef'],
    ['xe\u0301y', 1, 2, 'e\u0301'],
  ])('%j from %d to %d', (input, start, end, output) => {
    expect(sliceColumns(input, start, end)).toBe(output);
  });

  test('slices put together are as wide as the whole', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 20 }), (input, at) => {
        const width = textWidth(input);
        const cut = Math.min(at, width);
        expect(textWidth(sliceColumns(input, 0, cut))).toBe(cut);
        expect(textWidth(sliceColumns(input, cut, width))).toBe(width - cut);
      }),
    );
  });
});

describe('texts far longer than a screen', () => {
  const wide = '日本'.repeat(500_000);
  // Letters that pile up marks, so that no number of them fills a column.
  const piled = 'a' + '\u0301'.repeat(1_000_000);
  const long = 'x'.repeat(1_000_000);

  test('are cut as short ones are', () => {
    expect(truncate(long, 5)).toBe('xxxx…');
    expect(truncate(wide, 6)).toBe('日本…');
    expect(truncateMiddle(`${long}-end`, 9)).toBe('xxxx…-end');
    expect(textWidth(truncate(piled, 3))).toBeLessThanOrEqual(3);
    expect(truncate(piled, 3).length).toBeLessThan(100);
    expect([fits(long, 10), fits('x'.repeat(10), 10), fits('日本', 3)]).toEqual([
      false,
      true,
      false,
    ]);
    expect(sliceColumns(wide, 1, 5)).toBe(' 本 ');
    expect(sliceColumns(`\x1b[31m${wide}`, 2, 4)).toBe('\x1b[31m本\x1b[0m');
  });

  test('keep characters whole where the text is read in pieces', () => {
    // Around every length at which something is read in pieces.
    const at = fc.oneof(...[255, 256, 511, 512].map((n) => fc.integer({ min: n - 4, max: n + 4 })));
    fc.assert(
      fc.property(at, text, text, (n, before, after) => {
        const whole = before + 'x'.repeat(n) + after;
        const width = textWidth(whole);
        const red = `\x1b[31m${whole}\x1b[0m`;
        expect(sliceColumns(red, 0, width)).toBe(red);
        expect(textWidth(sliceColumns(whole, 3, width))).toBe(width - 3);
      }),
    );
  });
});
