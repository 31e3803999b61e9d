import type { Clock } from '../../../core/clock.ts';

/** A repeated question that is asked until it is stopped. */
export interface Poller {
  /** Ask now rather than at the planned time; after the question under way, if there is one. */
  now(): void;
  stop(): void;
}

/**
 * Asks at once and then again and again. `ask` never rejects and returns how long to wait (ms); a
 * stopped poller aborts the question under way. What is asked because somebody wants it now is
 * `wanted`.
 */
export function poll(
  clock: Clock,
  ask: (signal: AbortSignal, wanted: boolean) => Promise<number>,
): Poller {
  const abort = new AbortController();
  let cancel: () => void = () => undefined;
  let asking = false;
  let again = false;

  async function run(wanted: boolean): Promise<void> {
    if (asking) {
      again = true;
      return;
    }
    cancel();
    asking = true;
    const wait = await ask(abort.signal, wanted);
    asking = false;
    if (abort.signal.aborted) return;
    if (again) {
      again = false;
      void run(true);
    } else {
      cancel = clock.after(wait, () => void run(false));
    }
  }

  void run(false);
  return {
    now: () => void run(true),
    stop() {
      cancel();
      abort.abort();
    },
  };
}
