/** Figures that go up and down as days and minutes do, the same at each look. */
import { hash, noise } from '../random.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;

/**
 * How busy something is at a moment, around 1: days with a peak in the afternoon (UTC), a slower and a
 * quicker swing of its own, and a little noise from minute to minute.
 *
 * @param at ms
 * @param swing how far days are from each other's middle, 0 to 1
 */
export function busyness(name: string, at: number, swing = 0.35): number {
  const seed = hash(name);
  const phase = noise(seed, 0);
  const day = Math.cos(2 * Math.PI * (at / DAY - 15 / 24));
  const own = Math.sin(2 * Math.PI * (at / (47 * MINUTE) + phase));
  const quick = Math.sin(2 * Math.PI * (at / (11 * MINUTE) + phase * 3));
  const jitter = noise(seed, Math.floor(at / MINUTE)) - 0.5;
  return Math.max(0.02, 1 + swing * (0.7 * day + 0.3 * own) + 0.06 * quick + 0.12 * jitter);
}

/** Whether something rare happens in the minute of a moment: the same at each look. */
export const happens = (name: string, at: number, share: number): boolean =>
  noise(hash(name), Math.floor(at / MINUTE)) < share;
