import type { Clock } from '../../../core/clock.ts';

/** A repeated question that is asked until it is stopped. */
export interface Poller {
  /** Ask now rather than at the planned time; after the question under way, if there is one. */
  now(): void;
  stop(): void;
}

/**
 * Asks at once and then again and again. `ask` never rejects and returns how long to wait (ms); a
 * stopped poller aborts the question under way.
 */
export function poll(clock: Clock, ask: (signal: AbortSignal) => Promise<number>): Poller {
  const abort = new AbortController();
  let cancel: () => void = () => undefined;
  let asking = false;
  let again = false;

  async function run(): Promise<void> {
    if (asking) {
      again = true;
      return;
    }
    cancel();
    asking = true;
    const wait = await ask(abort.signal);
    asking = false;
    if (abort.signal.aborted) return;
    if (again) {
      again = false;
      void run();
    } else {
      cancel = clock.after(wait, () => void run());
    }
  }

  void run();
  return {
    now: () => void run(),
    stop() {
      cancel();
      abort.abort();
    },
  };
}
