import { setImmediate } from 'node:timers';

/**
 * Does something whose failure is not the caller's. What it throws is thrown again in a turn of its
 * own, where the program's handler of uncaught errors tells it, and the caller goes on.
 */
export function apart(work: () => void): void {
  try {
    work();
  } catch (error) {
    // In a turn of the event loop, so that errors without end leave time for keys.
    setImmediate(() => {
      throw error;
    });
  }
}

/** Calls each listener, whatever the others throw. */
export function tellAll(listeners: Iterable<() => void>): void {
  for (const listener of [...listeners]) apart(listener);
}
