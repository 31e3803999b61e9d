import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Stop } from '../../ports/sink.ts';

/** How often it is looked at (ms). */
const EVERY = 5000;
/** A key that waits longer than this (ms) is felt. */
const STALL = 100;
const NS_PER_MS = 1e6;

/** Logs when a turn of the event loop took so long that keys had to wait. */
export function logStalls(log: Log, clock: Clock): Stop {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  let cancel = (): void => undefined;
  const look = (): void => {
    const longest = Math.round(delay.max / NS_PER_MS);
    if (delay.count > 0 && longest >= STALL) {
      log('warn', 'stall', { longest, p99: Math.round(delay.percentile(99) / NS_PER_MS) });
    }
    log('debug', 'memory', { rss: process.memoryUsage.rss() });
    delay.reset();
    cancel = clock.after(EVERY, look);
  };
  cancel = clock.after(EVERY, look);
  return () => {
    cancel();
    delay.disable();
  };
}
