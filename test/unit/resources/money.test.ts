import { expect, it } from 'vitest';
import { plain } from '../../../src/core/styled.ts';
import { boundedCell, dollars } from '../../../src/resources/money.ts';

it.each([
  [0.192, '0.192'],
  [12.3456, '12.35'],
  [8756.4, '8756'],
])('%d dollars are %s', (sum, words) => {
  expect(dollars(sum)).toBe(words);
});

it.each([
  [1.5, false, false, '1.500'],
  [1.5, true, false, '≥1.500'],
  [1.5, false, true, '≤1.500'],
  [1.5, true, true, '~1.500'],
  [0, true, false, '?'],
  [0, false, false, '0.000'],
])('%d, in part without a price: %s, in part paid otherwise: %s, is %s', (...given) => {
  const [sum, atLeast, atMost, words] = given;
  expect(plain(boundedCell(sum, { atLeast, atMost }))).toBe(words);
});
