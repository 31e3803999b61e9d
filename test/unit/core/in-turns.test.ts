import { setImmediate as nextTurn, setTimeout as later } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { FrameScheduler } from '../../../src/core/scheduler.ts';
import { IN_TURNS, turns } from '../../../src/core/turns.ts';
import { eachInPieces } from '../../../src/core/work.ts';

const spend = (): void => {
  while (!turns.over) continue;
};

/** Turns without work, then what comes from outside. */
const fromOutside = async (): Promise<void> => {
  for (let i = 0; i < 4; i++) await nextTurn();
  await later(1);
};

/** Work that waits for its turn: what came from outside has used this one up. */
const waiting = async (): Promise<{ readonly isResumed: boolean }> => {
  await fromOutside();
  spend();
  const work = { isResumed: false };
  void turns.again().then(() => (work.isResumed = true));
  return work;
};

it('work is given in the turn in which it ends, also where that is used up: nobody finds it ended and not given', () => {
  let isGiven = false;
  IN_TURNS.run(
    eachInPieces([spend], 2, (all) => all()),
    () => (isGiven = true),
  );
  expect(isGiven).toBe(true);
});

describe('a turn that is used up', () => {
  it('is not gone on with where it ends: callbacks of its end belong to it', async () => {
    const work = await waiting();
    await nextTurn();
    expect(work.isResumed).toBe(false);
    await nextTurn();
    await nextTurn();
    expect(work.isResumed).toBe(true);
  });

  it('may be so by a frame: what can wait does', async () => {
    await fromOutside();
    const isOver = await new Promise((resolve) => {
      const frame = (): void => {
        const began = performance.now();
        while (performance.now() - began < 5) continue;
        resolve(turns.over);
      };
      new FrameScheduler(systemClock, () => 0, frame).request();
    });
    expect(isOver).toBe(true);
  });

  it('is so by a frame also where it was meant to rest', async () => {
    const work = await waiting();
    await nextTurn();
    turns.count();
    await nextTurn();
    expect(work.isResumed).toBe(false);
    await nextTurn();
    expect(work.isResumed).toBe(true);
  });
});
