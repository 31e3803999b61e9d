import type { Clock } from '../core/clock.ts';
import type { TableId } from '../domain/tables/index.ts';
import type { Store } from './index.ts';

/**
 * Resolves when each table is complete or has failed, or when `timeout` ms are over. What a server
 * asked to be asked for later has not failed, unless that is too late.
 */
export function settled(
  store: Store,
  tables: readonly TableId[],
  clock: Clock,
  timeout: number,
): Promise<void> {
  return new Promise((resolve) => {
    const end = clock.now() + timeout;
    const waiting = (): boolean =>
      tables.some((table) => {
        const { state, synced, retryAt, isPutOff } = store.status(table);
        const isToCome = isPutOff === true && retryAt > 0 && retryAt < end;
        return !synced && (state === 'idle' || state === 'loading' || isToCome);
      });
    const finish = (): void => {
      cancel();
      stop();
      // Joins that the last rows caused are written with the next delivery.
      store.flushNow();
      resolve();
    };
    const stop = store.onChange(tables, () => {
      if (!waiting()) finish();
    });
    const cancel = clock.after(timeout, finish);
    if (!waiting()) finish();
  });
}
