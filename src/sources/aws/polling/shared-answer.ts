import type { Clock } from '../../../core/clock.ts';
import { AwsFault } from '../../../domain/aws-fault.ts';

/** An answer that several tables use, each at its own pace. */
export interface SharedAnswer<T> {
  /**
   * The last answer where it is no older than that (ms), the one under way where somebody asked
   * already, else a new one. Failures are not kept.
   */
  read(maxAge: number, ask: () => Promise<T>): Promise<T>;
}

/** Asks once for all that want to know at about the same time. */
export function sharedAnswer<T>(clock: Clock): SharedAnswer<T> {
  let last: { readonly value: T; readonly at: number } | null = null;
  let underway: Promise<T> | null = null;

  async function renew(ask: () => Promise<T>): Promise<T> {
    const value = await ask();
    last = { value, at: clock.now() };
    return value;
  }

  return {
    async read(maxAge, ask) {
      if (last !== null && clock.now() - last.at <= maxAge) return last.value;
      const others = underway;
      if (others === null) {
        underway = renew(ask).finally(() => {
          underway = null;
        });
        return underway;
      }
      try {
        return await others;
      } catch (error) {
        // Whoever asked has left: that is nobody else's failure.
        if (error instanceof AwsFault) throw error;
        return this.read(maxAge, ask);
      }
    },
  };
}
