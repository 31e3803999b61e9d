import { expect, it } from 'vitest';
import { IN_TURNS, turns } from '../../../src/core/turns.ts';
import type { Work } from '../../../src/core/work.ts';

/** Uses up what a turn has, then ends. */
function* long(): Work<string> {
  while (!turns.over) yield;
  return 'made';
}

it('work is given in the turn in which it ends, also where that is used up: nobody finds it ended and not given', () => {
  let made = '';
  IN_TURNS.run(long(), (result) => (made = result));
  expect(made).toBe('made');
});
