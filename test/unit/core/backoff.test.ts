import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Backoff } from '../../../src/core/backoff.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const longest = (): number => 1;

it('doubles up to the maximum', () => {
  const backoff = new Backoff(new VirtualClock(), longest);
  const waits = Array.from({ length: 8 }, () => backoff.next());
  expect(waits).toEqual([800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000]);
});

it('starts over after success, and after a long time without a failure', () => {
  const clock = new VirtualClock();
  const backoff = new Backoff(clock, longest);
  backoff.next();
  backoff.next();
  backoff.reset();
  expect(backoff.next()).toBe(800);
  backoff.next();
  clock.advance(120_001);
  expect(backoff.next()).toBe(800);
});

it('is jittered over the whole range, and never at once', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 1, max: 20 }),
      (random, times) => {
        const backoff = new Backoff(new VirtualClock(), () => random);
        const waits = Array.from({ length: times }, () => backoff.next());
        const last = waits.at(-1) ?? 0;
        const ceiling = Math.min(30_000, 800 * 2 ** (times - 1));
        expect(last).toBeCloseTo(400 + random * (ceiling - 400), 6);
      },
    ),
  );
});
