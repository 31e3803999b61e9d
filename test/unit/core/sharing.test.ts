import { expect, it } from 'vitest';
import { sharing } from '../../../src/core/sharing.ts';
import { finished } from '../../../src/core/work.ts';

const item = (name: string, pods: number) => ({ name, pods });
const before = [item('a', 1), item('b', 2), item('c', 3)];

it('is the list that there was where nothing has changed', () => {
  const after = before.map((one) => ({ ...one }));
  expect(finished(sharing(before, after, 2))).toBe(before);
});

it('keeps the objects of what has not changed', () => {
  const after = [item('a', 1), item('b', 9), item('c', 3), item('d', 4)];
  const shared = finished(sharing(before, after, 2));
  expect(shared).toEqual(after);
  expect(shared.map((one, i) => one === before[i])).toEqual([true, false, true, false]);
});

it('is as long as what was made anew', () => {
  expect(finished(sharing(before, [item('a', 1)], 2))).toEqual([item('a', 1)]);
  expect(finished(sharing(before, [], 2))).toEqual([]);
  expect(finished(sharing<unknown>([], before, 2))).toEqual(before);
});

it('compares a few at a time', () => {
  const work = sharing(before, before, 1);
  expect([work.next().done, work.next().done, work.next().done, work.next().done]).toEqual([
    false,
    false,
    false,
    true,
  ]);
});
