import { expect, it } from 'vitest';
import { steady } from '../../../src/core/steady.ts';

it('shows a duration anew only where it says something else', () => {
  const shown = [5, 7, 14, 16, 33, 40, 44, 400, 480, 530, 12].reduce<number[]>(
    (all, ms) => [...all, steady(all.at(-1) ?? null, ms)],
    [],
  );
  expect(shown).toEqual([5, 5, 5, 16, 33, 33, 44, 400, 400, 530, 12]);
});
