import { expect, it } from 'vitest';
import { own } from '../../../src/core/own.ts';
import { shortObject } from '../../../src/resources/names.ts';

it('a table answers to its own words alone', () => {
  const table = { SPOT: 'spot' };
  expect(own(table, 'SPOT')).toBe('spot');
  for (const word of ['valueOf', 'constructor', '__proto__', 'toString'])
    expect(own(table, word)).toBeUndefined();
});

it('an event of a kind with such a name is told by that name', () => {
  expect(shortObject('Constructor', 'x')).toBe('constructor/x');
  expect(shortObject('valueOf', 'x')).toBe('valueof/x');
});
