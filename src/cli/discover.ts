/** Kinds that only the cluster knows: before rows of one can be asked for, it says what it has. */
import type { Clock } from '../core/clock.ts';
import type { Stop } from '../ports/sink.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import type { RowSource } from './get.ts';
import { settled } from './settled.ts';

/**
 * Has a cluster tell its kinds and, where `type` names one of them, how it prints that one: then
 * `resources` resolves it, with its columns, for the store of `source`. Waits `timeout` ms at most
 * for each.
 * @returns ends what is followed for that
 */
export async function discover(
  type: string,
  { store, need }: RowSource,
  resources: ResourceRegistry,
  { clock, timeout }: { readonly clock: Clock; readonly timeout: number },
): Promise<Stop> {
  const stopKinds = need(['kinds']);
  await settled(store, ['kinds'], clock, timeout);
  const meant = resources.resolve(type, store);
  if (meant.found !== 'one') return stopKinds;
  const { table } = meant.resource;
  const stopRows = need([table]);
  await settled(store, [table], clock, timeout);
  return () => {
    stopRows();
    stopKinds();
  };
}
