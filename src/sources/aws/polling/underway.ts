import type { Clock } from '../../../core/clock.ts';

/** A call that was not answered yet. */
export interface Unanswered {
  /** The IAM action, `eks:ListNodegroups`. */
  readonly action: string;
  /** When it was made (ms): it may have waited for its turn since. */
  readonly since: number;
}

/** The calls of a table that are under way, by the signal of the part that makes them. */
export interface Underway {
  track<T>(action: string, signal: AbortSignal, call: () => Promise<T>): Promise<T>;
  /** The one that a part waits for longest; null where it waits for none. */
  oldest(signal: AbortSignal): Unanswered | null;
}

/** Keeps which calls are under way: what takes long says what it waits for. */
export function createUnderway(clock: Clock): Underway {
  const bySignal = new WeakMap<AbortSignal, Set<Unanswered>>();
  return {
    async track(action, signal, call) {
      const calls = bySignal.get(signal) ?? new Set();
      bySignal.set(signal, calls);
      const one: Unanswered = { action, since: clock.now() };
      calls.add(one);
      try {
        return await call();
      } finally {
        calls.delete(one);
      }
    },
    // Sets keep the order in which things were added.
    oldest: (signal) => [...(bySignal.get(signal) ?? [])][0] ?? null,
  };
}
