/** One session of Live Tail: what is written, as it is written, until somebody ends it or AWS does. */
import type { Clock } from '../core/clock.ts';
import { AwsFault } from '../domain/aws-fault.ts';
import type { LiveUpdate } from '../ports/aws/logs-calls.ts';

/** An update comes every second, also with nothing in it: what is silent this long (ms) has gone dead. */
const SILENCE_MS = 30_000;

/**
 * Hands on what comes. Resolves where the signal ends it; nothing more is asked for then.
 * @throws {AwsFault} where AWS ends it, or it has gone dead
 */
export async function followLive(
  updates: AsyncIterable<LiveUpdate>,
  take: (update: LiveUpdate) => void,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const iterator = updates[Symbol.asyncIterator]();
  let end: () => void = () => undefined;
  const ended = new Promise<null>((resolve) => {
    end = () => resolve(null);
  });
  signal.addEventListener('abort', end, { once: true });
  try {
    while (!signal.aborted) {
      const next = iterator.next();
      const step = await Promise.race([next, ended, silence(next, clock)]);
      if (step === null) return;
      if (step.done === true) throw new AwsFault('unreachable', 'CloudWatch ended the live tail');
      take(step.value);
    }
  } catch (error) {
    // What is left is cut: that it was is no failure.
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', end);
    // It may still wait for what no longer matters.
    iterator.return?.().catch(() => undefined);
  }
}

/** Rejects where nothing came in time; until then it is pending. */
function silence(next: Promise<unknown>, clock: Clock): Promise<never> {
  return new Promise((_resolve, reject) => {
    const cancel = clock.after(SILENCE_MS, () =>
      reject(new AwsFault('unreachable', 'the live tail fell silent')),
    );
    next.then(cancel, cancel);
  });
}
