import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matchesWildcard } from '../../../src/core/wildcard.ts';

it.each([
  ['*', '', true],
  ['a*c', 'abbc', true],
  ['a*c', 'abb', false],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['system:serviceaccount:shop:*', 'system:serviceaccount:shop:api', true],
  ['**a**', 'bab', true],
  ['', 'a', false],
])('%s matches %s: %s', (pattern, text, expected) => {
  expect(matchesWildcard(pattern, text)).toBe(expected);
});

it('reads as the regular expression that it stands for', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 12 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });
  fc.assert(
    fc.property(letters, text, (pattern, value) => {
      const meant = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
      expect(matchesWildcard(pattern, value)).toBe(meant.test(value));
    }),
  );
});
