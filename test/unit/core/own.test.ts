import { expect, it } from 'vitest';
import { own } from '../../../src/core/own.ts';
import { computeOf } from '../../../src/domain/compute.ts';
import { insights } from '../../../src/domain/tables/insights.ts';
import { insights as resource } from '../../../src/resources/insights.ts';
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

it('a label or a category of AWS with such a name says nothing else', () => {
  const labels = { 'eks.amazonaws.com/capacityType': 'constructor' };
  expect(computeOf({ ...labels, 'eks.amazonaws.com/nodegroup': 'g' }, '').capacity).toBe('');
  const [about] = resource.columns;
  const row = { ...insights.blank, category: 'toString' };
  expect(about?.value(row, { now: 0, time: 'age' })).toBe('toString');
});
