import type { Clock } from './clock.ts';

/**
 * What `work` comes to, or a rejection with `late()` when it takes longer than `limit` (ms). The work
 * itself goes on: what cannot be stopped is no longer waited for, and what it comes to is dropped.
 */
export function within<T>(
  work: Promise<T>,
  limit: number,
  clock: Clock,
  late: () => Error,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(limit, () => reject(late()));
    work.then(resolve, reject).finally(cancel);
  });
}
