import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvCell, escapeJson } from '../../../src/core/encode.ts';

it('JSON says the same in characters that mislead nobody', () => {
  const text = 'a\x1b[2J\x7f\x9b31m\u202eb\u2028c\ud800d\u{e0041}\n';
  const json = escapeJson(JSON.stringify(text));
  expect(json).toMatch(/^[\x20-\x7e]*$/);
  expect(JSON.parse(json)).toBe(text);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (any) => {
      const safe = escapeJson(JSON.stringify(any));
      expect(JSON.parse(safe)).toBe(any);

      expect(safe).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]/);
    }),
  );
});

it.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-cmd|x', "'-cmd|x"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['-5', '-5'],
  ['-0.5', '-0.5'],
  ['a,"b"\n', '"a,""b""\n"'],
  ['=HYPERLINK("x","y")', '"\'=HYPERLINK(""x"",""y"")"'],
  ['plain', 'plain'],
])('a cell of CSV: %s', (text, cell) => expect(csvCell(text)).toBe(cell));
