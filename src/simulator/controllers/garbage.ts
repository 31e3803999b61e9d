import type { Resource } from '../world/kinds.ts';
import type { KubeObject, OwnerReference, Pod } from '../world/objects.ts';
import type { World } from '../world/world.ts';
import { deletePod } from './replicas.ts';

/** Of an object that goes after all that it owns. */
const FOREGROUND = 'foregroundDeletion';

/** Deletes what an object owned, once it is gone itself, and owners that only waited for that. */
export function startGarbageCollector(world: World): void {
  world.store.eachKind((resource) => {
    world.store.subscribe(resource, ({ type, object }) => {
      if (type !== 'DELETED' || !object.metadata.ownerReferences) return;
      for (const owner of object.metadata.ownerReferences) {
        const kind = world.store.kinds.named(owner.apiVersion, owner.kind);
        const { namespace = '' } = object.metadata;
        const waits = kind && isWaiting(world.store.get(kind.resource, namespace, owner.name));
        if (waits) world.clock.after(20, () => release(world, kind.resource, object, owner));
      }
    });
  });
  world.store.eachKind((resource) => {
    if (resource === 'pods' || resource === 'events' || resource === 'leases') return;
    world.store.subscribe(resource, ({ type, object }) => {
      if (type !== 'DELETED') return;
      world.clock.after(100, () => collect(world, object.metadata.uid));
    });
  });
}

function collect(world: World, owner: string): void {
  for (const { resource, object } of world.store.dependents(owner)) {
    removeObject(world, resource, object.metadata.namespace ?? '', object.metadata.name);
  }
}

function isWaiting(owner: KubeObject | undefined): boolean {
  return owner?.metadata.finalizers?.includes(FOREGROUND) ?? false;
}

/** An owner that waited for the last of what it owned goes. */
function release(world: World, resource: Resource, gone: KubeObject, ref: OwnerReference): void {
  if (!world.store.kinds.has(resource)) return;
  const owner = world.store.get(resource, gone.metadata.namespace ?? '', ref.name);
  if (owner?.metadata.uid !== ref.uid || !isWaiting(owner)) return;
  if (world.store.dependents(ref.uid).length > 0) return;
  const finalizers = owner.metadata.finalizers?.filter((each) => each !== FOREGROUND) ?? [];
  settleFinalizers(world, resource, { ...owner, metadata: { ...owner.metadata, finalizers } });
}

/** Stores an object that is being deleted, or lets it go where nothing holds it any more. */
export function settleFinalizers(world: World, resource: Resource, object: KubeObject): void {
  const { namespace = '', name, finalizers = [] } = object.metadata;
  if (finalizers.length > 0) world.store.update(resource, object);
  else world.store.remove(resource, namespace, name);
}

/** Deletes an object after all that it owns. */
export function removeLast(world: World, resource: Resource, object: KubeObject): void {
  const owned = world.store.dependents(object.metadata.uid);
  if (owned.length === 0) {
    const { namespace = '', name, finalizers = [] } = object.metadata;
    if (finalizers.length > 0) linger(world, resource, object, []);
    else removeObject(world, resource, namespace, name);
    return;
  }
  linger(world, resource, object, [FOREGROUND]);
  for (const { resource: its, object: each } of owned) {
    removeObject(world, its, each.metadata.namespace ?? '', each.metadata.name);
  }
}

/** Marks an object as being deleted: it is there until its finalizers are taken off. */
export function linger(
  world: World,
  resource: Resource,
  object: KubeObject,
  more: readonly string[],
): void {
  const { deletionTimestamp = world.clock.stamp(), finalizers = [] } = object.metadata;
  world.store.update(resource, {
    ...object,
    metadata: {
      ...object.metadata,
      deletionTimestamp,
      deletionGracePeriodSeconds: 0,
      finalizers: [...new Set([...finalizers, ...more])],
    },
  });
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
