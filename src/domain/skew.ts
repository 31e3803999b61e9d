import { humanDuration } from '../core/duration.ts';

/** Clocks that differ by no more than this (ms) agree, as far as answers tell. */
const AGREE = 2_000;

/** Whether clocks that differ by so much (ms) agree. */
export const clocksAgree = (offset: number): boolean => Math.abs(offset) <= AGREE;

/**
 * How the clock of a server stands to that of this machine: `10m ahead of this machine's`; empty
 * where both agree, or it is not known.
 * @param offset what to add to our time to have the server's (ms)
 */
export function skewText(offset: number | null): string {
  if (offset === null || clocksAgree(offset)) return '';
  return `${humanDuration(Math.abs(offset))} ${offset > 0 ? 'ahead of' : 'behind'} this machine's`;
}
