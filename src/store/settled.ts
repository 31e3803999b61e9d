import type { Clock } from '../core/clock.ts';
import type { TableId } from '../domain/tables/index.ts';
import type { Store } from './index.ts';

/**
 * Resolves when each table is complete or has failed, or when `patience` ms have passed in which none
 * of them came any further: a long list takes its time. What a server asked to be asked for later has
 * not failed, unless that is too late.
 */
export function settled(
  store: Store,
  tables: readonly TableId[],
  clock: Clock,
  patience: number,
): Promise<void> {
  return new Promise((resolve) => {
    let end = 0;
    let cancel = (): void => undefined;
    const isAwaited = (table: TableId): boolean => {
      const { state, synced, retryAt, isPutOff } = store.status(table);
      const isToCome = isPutOff === true && retryAt > 0 && retryAt < end;
      return !synced && (state === 'idle' || state === 'loading' || isToCome);
    };
    const finish = (): void => {
      cancel();
      stop();
      // Joins that the last rows caused are written with the next delivery.
      store.flushNow();
      resolve();
    };
    let came = -1;
    const look = (): void => {
      const awaited = tables.filter(isAwaited);
      if (awaited.length === 0) {
        finish();
        return;
      }
      const all = tables.reduce((sum, table) => sum + store.size(table), 0);
      const further = all + tables.length - awaited.length;
      if (further <= came) return;
      came = further;
      end = clock.now() + patience;
      cancel();
      cancel = clock.after(patience, finish);
    };
    const stop = store.onChange(tables, look);
    look();
  });
}
