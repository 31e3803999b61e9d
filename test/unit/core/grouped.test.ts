import fc from 'fast-check';
import { expect, it } from 'vitest';
import { grouped } from '../../../src/core/grouped.ts';

it('writes whole numbers as Intl does', () => {
  fc.assert(fc.property(fc.maxSafeInteger(), (n) => grouped(n) === n.toLocaleString('en-US')));
  expect([0, 999, 1000, -1234, 1_234_567].map(grouped)).toEqual([
    '0',
    '999',
    '1,000',
    '-1,234',
    '1,234,567',
  ]);
});
