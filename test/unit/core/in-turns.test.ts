import { expect, it } from 'vitest';
import { IN_TURNS, turns } from '../../../src/core/turns.ts';
import { eachInPieces } from '../../../src/core/work.ts';

it('work is given in the turn in which it ends, also where that is used up: nobody finds it ended and not given', () => {
  let isGiven = false;
  const useUp = (): void => {
    while (!turns.over) continue;
  };
  IN_TURNS.run(
    eachInPieces([useUp], 2, (all) => all()),
    () => (isGiven = true),
  );
  expect(isGiven).toBe(true);
});
