/** Kinds that only the cluster knows: before rows of one can be asked for, it says what it has. */
import type { Clock } from '../core/clock.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import type { RowSource } from './get.ts';
import { settled } from '../store/settled.ts';

/**
 * Has a cluster tell its kinds and, where `type` names one of them, how it prints that one: then
 * `resources` resolves it, with its columns, for the store of `source`. Waits `timeout` ms at most
 * for each.
 * @returns why that cannot be told; empty where it can
 */
export async function discover(
  type: string,
  { store, need }: RowSource,
  resources: ResourceRegistry,
  { clock, timeout }: { readonly clock: Clock; readonly timeout: number },
): Promise<string> {
  need(['kinds']);
  await settled(store, ['kinds'], clock, timeout);
  const { synced, reason, hint } = store.status('kinds');
  if (!synced) {
    const why = [reason || 'no answer in time', hint].filter((part) => part !== '').join('; ');
    return `cannot tell whether the cluster has '${type}': ${why}`;
  }
  const meant = resources.resolve(type, store);
  if (meant.found !== 'one') return '';
  const { table } = meant.resource;
  need([table]);
  await settled(store, [table], clock, timeout);
  return '';
}
