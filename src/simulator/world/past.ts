import type { SimulatedClock } from '../clock.ts';
import { EVENT_TTL } from './recorder.ts';

interface Timed {
  readonly clock: SimulatedClock;
}

/** How long (s) it is until what is said is still remembered in the present; 0: it is. */
export const untilRemembered = ({ clock }: Timed): number =>
  Math.max(0, clock.epoch - EVENT_TTL - clock.now()) / 1000;

/** The past of which nobody sees more than what became of it. */
export const isLongAgo = (world: Timed): boolean => untilRemembered(world) > 0;
