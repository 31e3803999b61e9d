import type { Clock } from './clock.ts';

/** Resolves after that long (ms), or at once when the signal is aborted. */
export function sleep(ms: number, signal: AbortSignal, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const cancel = clock.after(ms, () => {
      signal.removeEventListener('abort', end);
      resolve();
    });
    function end(): void {
      cancel();
      resolve();
    }
    signal.addEventListener('abort', end, { once: true });
  });
}
