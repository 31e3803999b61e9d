import { humanDuration } from '../../core/duration.ts';

const MINUTE = 60_000;

/** An age (ms) that does not change by the second: a board is calm while nothing happens. */
export function inMinutes(ms: number): string {
  if (ms < MINUTE) return '<1m';
  return ms < 2 * MINUTE ? '1m' : humanDuration(Math.floor(ms / MINUTE) * MINUTE);
}
