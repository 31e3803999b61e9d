import { KINDS } from '../world/kinds.ts';
import type { Resource } from '../world/kinds.ts';
import type { Pod } from '../world/objects.ts';
import type { World } from '../world/world.ts';
import { deletePod } from './replicas.ts';

/** Deletes what an object owned, once it is gone itself. */
export function startGarbageCollector(world: World): void {
  for (const { resource } of KINDS) {
    if (resource === 'pods' || resource === 'events' || resource === 'leases') continue;
    world.store.subscribe(resource, ({ type, object }) => {
      if (type !== 'DELETED') return;
      world.clock.after(100, () => collect(world, object.metadata.uid));
    });
  }
}

function collect(world: World, owner: string): void {
  for (const { resource, object } of world.store.dependents(owner)) {
    removeObject(world, resource, object.metadata.namespace ?? '', object.metadata.name);
  }
}

/** Deletes an object as the API does by default: pods gracefully, all else at once. */
export function removeObject(
  world: World,
  resource: Resource,
  namespace: string,
  name: string,
  graceSeconds?: number,
): void {
  const object = world.store.get(resource, namespace, name);
  if (!object) return;
  if (resource === 'pods') deletePod(world, object as Pod, graceSeconds);
  else world.store.remove(resource, namespace, name);
}
