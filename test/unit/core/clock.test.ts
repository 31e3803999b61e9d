import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LONGEST_DELAY, systemClock } from '../../../src/core/clock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it.each([
  [5_000, 5_000],
  [-1, 0],
  [LONGEST_DELAY + 1, LONGEST_DELAY],
  [9_999_999_000, LONGEST_DELAY],
  [Infinity, LONGEST_DELAY],
  [NaN, LONGEST_DELAY],
])('a wait of %d ms becomes a timer of %d ms', (asked, waits) => {
  const set = vi.spyOn(globalThis, 'setTimeout');
  systemClock.after(asked, () => undefined);
  expect(set.mock.calls[0]?.[1]).toBe(waits);
});
