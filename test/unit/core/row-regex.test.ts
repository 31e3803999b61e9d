import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowRegex } from '../../../src/core/row-regex.ts';

const matches = (pattern: string, text: string): boolean | string => {
  const regex = rowRegex(pattern);
  return typeof regex === 'string' ? regex : regex.test(text);
};

describe('a pattern for rows', () => {
  it.each([
    ['API', 'the api', true],
    ['^web$', 'api\nweb\ndb', true],
    ['(API|web)-\\d+', 'x api-12', true],
    ['[A-Z]+-\\d+$', 'kube\nweb-7', true],
    ['a.*b.*c', 'A1B2C', true],
    ['\\D+\\d+\\W', 'ab', false],
    ['a{2,}b+', 'AAB', true],
  ])('%s in %j: %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it('says what is wrong with it', () => {
    expect(matches('(', 'x')).toBe('Unterminated group');
    expect(matches('(?=a+)b+', 'x')).toContain('repeat once');
  });

  // By the usual engine each of these would take longer than there is time.
  it.each([
    '(a+)+$',
    '^(a|a)*$',
    '(a|aa)+$',
    '(.*a){12}$',
    '(.*)*x',
    '.*.*.*.*.*.*=$',
    '(a*)*b',
    'a+b',
  ])('%s ends on a text that it does not fit', (pattern) => {
    expect(matches(pattern, `${'a'.repeat(300_000)}!`)).toBe(false);
  });

  it('finds the same whichever engine runs it', () => {
    const piece = fc.constantFrom('a', 'B', '.', '[ab]', '(a|b)', '^', '$', 'a+', 'b*', '(ab)?');
    const text = fc.string({ unit: fc.constantFrom('a', 'A', 'b', 'c', '\n'), maxLength: 12 });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), text, (pieces, subject) => {
        const pattern = pieces.join('');
        expect(matches(pattern, subject)).toBe(new RegExp(pattern, 'im').test(subject));
      }),
    );
  });
});
