import type { SimulatedClock } from '../clock.ts';
import type { Random } from '../random.ts';
import { canonicalJson } from './canonical.ts';
import { discard, insert, keyOf, resolve } from './keys.ts';
import { KindRegistry } from './kind-registry.ts';
import type { Kind, ObjectOf, Resource } from './kinds.ts';
import { ObjectTable, type Change } from './object-table.ts';
import type { Draft, KubeObject, ObjectMeta, Pod } from './objects.ts';

export type { Change } from './object-table.ts';

type Listener = (change: Change) => void;

/** How many changes of a resource a watch can go back; older ones answer 410. */
const HISTORY = 2000;

/**
 * A cluster's objects: what etcd is to an API server. Objects are replaced, never changed; every
 * write takes the next resource version and is told to the listeners at once.
 */
export class ObjectStore {
  readonly clock: SimulatedClock;
  readonly kinds = new KindRegistry();
  private readonly random: Random;
  private readonly historyLimit: number;
  private readonly tables = new Map<Resource, ObjectTable>();
  /** With what is called once there is nothing more to listen to. */
  private readonly listeners = new Map<Resource, Map<Listener, (() => void) | undefined>>();
  private readonly forEachKind: ((resource: Resource) => void)[] = [];
  private readonly podsByNode = new Map<string, Set<string>>();
  private version: number;

  constructor(clock: SimulatedClock, random: Random, historyLimit = HISTORY) {
    this.clock = clock;
    this.random = random;
    this.historyLimit = historyLimit;
    this.version = 10_000_000 + random.int(0, 1_000_000);
    for (const { resource } of this.kinds.stored) this.open(resource);
  }

  private open(resource: Resource): void {
    this.tables.set(resource, new ObjectTable(this.version));
    for (const each of this.forEachKind) each(resource);
  }

  /** Takes the versions of a kind that the cluster defines, the stored one first; its objects stay. */
  define(versions: readonly [Kind, ...Kind[]]): void {
    const [{ resource }] = versions;
    this.kinds.define(resource, versions);
    if (!this.tables.has(resource)) this.open(resource);
  }

  /** Removes a kind with all its objects, and ends what listens to them. */
  undefine(resource: Resource): void {
    if (!this.tables.has(resource)) return;
    for (const { metadata } of this.list(resource)) {
      this.remove(resource, metadata.namespace ?? '', metadata.name);
    }
    this.kinds.undefine(resource);
    this.tables.delete(resource);
    const ended = [...(this.listeners.get(resource)?.values() ?? [])];
    this.listeners.delete(resource);
    for (const end of ended) end?.();
  }

  /** Calls back for every kind that there is, and for each that is defined from now on. */
  eachKind(listener: (resource: Resource) => void): void {
    this.forEachKind.push(listener);
    for (const resource of this.tables.keys()) listener(resource);
  }

  /** The version of the last write. */
  get resourceVersion(): number {
    return this.version;
  }

  /** The newest version that a watch can no longer start at. */
  compacted(resource: Resource): number {
    return this.table(resource).compacted;
  }

  get<R extends Resource>(resource: R, namespace: string, name: string): ObjectOf[R] | undefined {
    return this.table(resource).objects.get(keyOf(namespace, name)) as ObjectOf[R] | undefined;
  }

  /** All objects in the order in which a server lists them; of one namespace if given. */
  list<R extends Resource>(resource: R, namespace = ''): ObjectOf[R][] {
    const table = this.table(resource);
    const keys = namespace
      ? [...(table.byNamespace.get(namespace) ?? [])].sort()
      : (table.order ??= [...table.objects.keys()].sort());
    return resolve(table.objects, keys) as ObjectOf[R][];
  }

  /** All objects, in no order: for controllers. */
  values<R extends Resource>(resource: R): IterableIterator<ObjectOf[R]> {
    return this.table(resource).objects.values() as IterableIterator<ObjectOf[R]>;
  }

  count(resource: Resource): number {
    return this.table(resource).objects.size;
  }

  /** The objects of one namespace, in no order: for controllers. */
  inNamespace<R extends Resource>(resource: R, namespace: string): ObjectOf[R][] {
    const { objects, byNamespace } = this.table(resource);
    return resolve(objects, byNamespace.get(namespace)) as ObjectOf[R][];
  }

  /** The objects of a resource whose owner references name that uid. */
  ownedBy<R extends Resource>(resource: R, uid: string): ObjectOf[R][] {
    return [...(this.table(resource).byOwner.get(uid)?.values() ?? [])] as ObjectOf[R][];
  }

  /** How many objects {@link ownedBy} finds. */
  countOwnedBy(resource: Resource, uid: string): number {
    return this.table(resource).byOwner.get(uid)?.size ?? 0;
  }

  /** Every object that the uid owns. */
  dependents(uid: string): { resource: Resource; object: KubeObject }[] {
    return this.kinds.stored.flatMap(({ resource }) =>
      this.ownedBy(resource, uid).map((object) => ({ resource, object })),
    );
  }

  podsOn(node: string): Pod[] {
    return resolve(this.table('pods').objects, this.podsByNode.get(node)) as Pod[];
  }

  /**
   * Adds an object; the store gives it a uid, a version, a time and, by generateName, a name.
   * @param complete adds what follows from these
   */
  create<R extends Resource>(
    resource: R,
    draft: Draft<ObjectOf[R]>,
    complete: (object: ObjectOf[R]) => ObjectOf[R] = (object) => object,
  ): ObjectOf[R] {
    const object = complete(this.prepare(resource, draft));
    this.put(resource, object, null);
    return object;
  }

  /** The object as {@link create} would make it, without adding it (a dry run). */
  prepare<R extends Resource>(resource: R, draft: Draft<ObjectOf[R]>): ObjectOf[R] {
    const given = draft.metadata;
    const metadata: ObjectMeta = {
      ...given,
      name: given.name ?? `${given.generateName ?? ''}${this.random.suffix(5)}`,
      uid: this.random.uuid(),
      resourceVersion: String(this.version + 1),
      ...(this.kinds.of(resource).generation && { generation: 1 }),
      creationTimestamp: given.creationTimestamp ?? this.clock.stamp(),
    };
    return { ...draft, metadata } as unknown as ObjectOf[R];
  }

  /**
   * Replaces an object. A changed spec counts as a new generation where the kind has them.
   * @param counts whether it is one although the spec is the same
   */
  update<R extends Resource>(resource: R, object: ObjectOf[R], counts = false): ObjectOf[R] {
    const { namespace = '', name } = object.metadata;
    const previous = this.table(resource).objects.get(keyOf(namespace, name));
    if (!previous) throw new Error(`${resource} ${namespace}/${name} is not there`);
    const next = this.restamp(resource, object, previous, counts) as ObjectOf[R];
    this.put(resource, next, previous);
    return next;
  }

  /** The object as {@link update} would store it over `previous`. */
  restamp(
    resource: Resource,
    object: KubeObject,
    previous: KubeObject,
    counts = false,
  ): KubeObject {
    // A pod's spec changes only when it is bound, and that counts for nothing.
    const isNew =
      counts ||
      (resource !== 'pods' &&
        object.spec !== previous.spec &&
        canonicalJson(object.spec) !== canonicalJson(previous.spec));
    const generation = this.kinds.of(resource).generation
      ? { generation: (previous.metadata.generation ?? 1) + (isNew ? 1 : 0) }
      : {};
    return {
      ...object,
      metadata: { ...object.metadata, ...generation, resourceVersion: String(this.version + 1) },
    };
  }

  /** Removes an object and tells it with its last state; nothing where it is not there. */
  remove(resource: Resource, namespace: string, name: string): void {
    const table = this.table(resource);
    const key = keyOf(namespace, name);
    const previous = table.objects.get(key);
    if (!previous) return;
    const object = {
      ...previous,
      metadata: { ...previous.metadata, resourceVersion: String(++this.version) },
    };
    table.objects.delete(key);
    discard(table.byNamespace, namespace, key);
    table.order = null;
    this.index(resource, key, previous, null);
    this.tell(table, {
      type: 'DELETED',
      resource,
      resourceVersion: this.version,
      object,
      previous,
    });
  }

  /**
   * Calls back for every change of a resource from now on; returns how to stop.
   * @param ended called where the kind is no more
   */
  subscribe<R extends Resource>(
    resource: R,
    listener: (change: Change<ObjectOf[R]>) => void,
    ended?: () => void,
  ): () => void {
    const all = this.listeners.get(resource) ?? new Map<Listener, (() => void) | undefined>();
    this.listeners.set(resource, all);
    all.set(listener as Listener, ended);
    return () => void all.delete(listener as Listener);
  }

  /** The changes after a version, oldest first; null when some of them are forgotten. */
  since(resource: Resource, version: number): readonly Change[] | null {
    return this.table(resource).since(version);
  }

  private put(resource: Resource, object: KubeObject, previous: KubeObject | null): void {
    const table = this.table(resource);
    const key = keyOf(object.metadata.namespace ?? '', object.metadata.name);
    this.version++;
    table.objects.set(key, object);
    if (!previous) {
      insert(table.byNamespace, object.metadata.namespace ?? '', key);
      table.order = null;
    }
    this.index(resource, key, previous, object);
    this.tell(table, {
      type: previous ? 'MODIFIED' : 'ADDED',
      resource,
      resourceVersion: this.version,
      object,
      previous,
    });
  }

  private index(
    resource: Resource,
    key: string,
    before: KubeObject | null,
    after: KubeObject | null,
  ): void {
    const was = before?.metadata.ownerReferences;
    const is = after?.metadata.ownerReferences;
    const { byOwner } = this.table(resource);
    if (was !== is) for (const { uid } of was ?? []) discard(byOwner, uid, key);
    if (after) {
      for (const { uid } of is ?? []) {
        const owned = byOwner.get(uid);
        if (owned) owned.set(key, after);
        else byOwner.set(uid, new Map([[key, after]]));
      }
    }
    if (resource !== 'pods') return;
    const from = (before as Pod | null)?.spec.nodeName;
    const to = (after as Pod | null)?.spec.nodeName;
    if (from === to) return;
    if (from) discard(this.podsByNode, from, key);
    if (to) insert(this.podsByNode, to, key);
  }

  private tell(table: ObjectTable, change: Change): void {
    table.remember(change, this.historyLimit);
    for (const listener of this.listeners.get(change.resource)?.keys() ?? []) listener(change);
  }

  private table(resource: Resource): ObjectTable {
    const table = this.tables.get(resource);
    if (!table) throw new Error(`no such resource: ${resource}`);
    return table;
  }
}
