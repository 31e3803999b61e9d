import type { SimulatedClock } from '../clock.ts';
import type { ObjectStore } from './store.ts';

/** How long an API server keeps an event, in ms. */
export const EVENT_TTL = 3_600_000;

interface Timed {
  readonly clock: SimulatedClock;
}

/** How long (s) it is until what is said is still remembered in the present; 0: it is. */
export const untilRemembered = ({ clock }: Timed): number =>
  Math.max(0, clock.epoch - EVENT_TTL - clock.now()) / 1000;

/** The past of which nobody sees more than what became of it. */
export const isLongAgo = (world: Timed): boolean => untilRemembered(world) > 0;

/** More pods than that make a round of looking at all of them dear. */
const DEAR = 10_000;

/**
 * Each of how many rounds of those who look at all pods is worth it: until the present a big world is
 * looked at less often, so that it is there as soon.
 */
export const roundsApart = ({ clock, store }: Timed & { readonly store: ObjectStore }): number =>
  clock.now() < clock.epoch ? Math.max(1, Math.floor(store.count('pods') / DEAR)) : 1;
