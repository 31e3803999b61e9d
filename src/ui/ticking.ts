import type { Clock } from '../core/clock.ts';
import type { Stop } from '../ports/sink.ts';

/** How often what has an age in it is written anew (ms). */
const TICK = 1000;

/** Calls back every second until stopped. */
export function everyTick(clock: Clock, show: () => void): Stop {
  let cancel = clock.after(TICK, tick);
  function tick(): void {
    show();
    cancel = clock.after(TICK, tick);
  }
  return () => cancel();
}
