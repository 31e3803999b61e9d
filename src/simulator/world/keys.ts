import { apiVersionOf, kindOf } from './kinds.ts';
import type { BuiltIn } from './kinds.ts';
import type { KubeObject, OwnerReference } from './objects.ts';

/** `namespace/name`, or `name` for what has no namespace. */
export function keyOf(namespace: string, name: string): string {
  return namespace ? `${namespace}/${name}` : name;
}

/** An owner reference by which the object is garbage-collected with its controller. */
export function ownerReference(resource: BuiltIn, owner: KubeObject): OwnerReference {
  const kind = kindOf(resource);
  return {
    apiVersion: apiVersionOf(kind),
    kind: kind.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** The objects of some keys, in the order of the keys. */
export function resolve(
  objects: ReadonlyMap<string, KubeObject>,
  keys: Iterable<string> | undefined,
): KubeObject[] {
  const found: KubeObject[] = [];
  for (const key of keys ?? []) {
    const object = objects.get(key);
    if (object) found.push(object);
  }
  return found;
}

/** Adds to the set under a key. */
export function insert(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}

/** Takes from what is under a key; where nothing is left that goes too. */
export function discard(
  map: Map<string, Pick<Set<string>, 'delete' | 'size'>>,
  key: string,
  value: string,
): void {
  const set = map.get(key);
  set?.delete(value);
  if (set?.size === 0) map.delete(key);
}
