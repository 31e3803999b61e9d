import { Script } from 'node:vm';

/** Says that some work was broken off because it took longer than it may. */
export class TooSlow extends Error {
  override name = 'TooSlow';
}

const KEY = '__ekscopePatience';
const slot = globalThis as unknown as Record<typeof KEY, (() => void) | undefined>;
// The one way in which Node breaks off JavaScript, a regular expression that backtracks without end
// included: what a script with a time limit calls. The slot is how the work gets there.
const script = new Script(`${KEY}()`, { filename: 'patience' });

/**
 * Does some work, at most for `ms` of the clock. It costs about 0.2 ms to watch over it. What is
 * broken off stops between any two steps: it must touch nothing that is used afterwards.
 * @throws TooSlow where it took longer, and what the work throws
 */
export function patiently<T>(ms: number, work: () => T): T {
  const before = slot[KEY];
  let result: { readonly value: T } | undefined;
  slot[KEY] = () => {
    result = { value: work() };
  };
  try {
    script.runInThisContext({ timeout: ms });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new TooSlow(`took longer than ${ms} ms`);
  } finally {
    slot[KEY] = before;
  }
  // The script has called the slot, or it has thrown.
  if (result === undefined) throw new TooSlow('was not done');
  return result.value;
}
