import { describe, expect, it } from 'vitest';
import { SimulatedClock } from '../../../src/simulator/clock.ts';
import { Random } from '../../../src/simulator/random.ts';
import { ObjectStore } from '../../../src/simulator/world/store.ts';
import type { Change } from '../../../src/simulator/world/store.ts';

function newStore(history = 100): ObjectStore {
  return new ObjectStore(new SimulatedClock(0, 0, 1), new Random(1), history);
}

function configMap(store: ObjectStore, name: string, namespace = 'shop') {
  return store.create('configmaps', { metadata: { name, namespace } });
}

describe('the object store', () => {
  it('gives every write the next version and lists in the order of keys', () => {
    const store = newStore();
    const first = Number(configMap(store, 'b').metadata.resourceVersion);
    const second = Number(configMap(store, 'a').metadata.resourceVersion);
    configMap(store, 'z', 'auth');
    expect(second).toBe(first + 1);
    expect(store.list('configmaps').map((each) => each.metadata.name)).toEqual(['z', 'a', 'b']);
    expect(store.list('configmaps', 'shop').map((each) => each.metadata.name)).toEqual(['a', 'b']);
  });

  it('counts a generation only when the spec has changed', () => {
    const store = newStore();
    const made = store.create('deployments', {
      metadata: { name: 'web', namespace: 'shop' },
      spec: { replicas: 1 },
      status: {},
    } as never);
    expect(made.metadata.generation).toBe(1);
    const told = store.update('deployments', { ...made, status: { replicas: 1 } });
    expect(told.metadata.generation).toBe(1);
    const scaled = store.update('deployments', { ...told, spec: { ...told.spec, replicas: 2 } });
    expect(scaled.metadata.generation).toBe(2);
    expect(made.metadata.generation).toBe(1);
  });

  it('tells changes since a version, and forgets the oldest', () => {
    const store = newStore(10);
    const start = store.resourceVersion;
    for (let i = 0; i < 5; i++) configMap(store, `c${i}`);
    store.remove('configmaps', 'shop', 'c0');
    const changes = store.since('configmaps', start + 3);
    expect(changes?.map(({ type, object }) => `${type} ${object.metadata.name}`)).toEqual([
      'ADDED c3',
      'ADDED c4',
      'DELETED c0',
    ]);
    for (let i = 5; i < 40; i++) configMap(store, `c${i}`);
    expect(store.since('configmaps', start)).toBeNull();
    expect(store.since('configmaps', store.compacted('configmaps'))).not.toBeNull();
    expect(store.since('pods', start)).toEqual([]);
  });

  it('a deletion carries a version of its own and the last state', () => {
    const store = newStore();
    const seen: Change[] = [];
    store.subscribe('configmaps', (change) => seen.push(change));
    const made = configMap(store, 'a');
    store.remove('configmaps', 'shop', 'a');
    store.remove('configmaps', 'shop', 'a');
    expect(seen.map(({ type }) => type)).toEqual(['ADDED', 'DELETED']);
    expect(Number(seen[1]?.object.metadata.resourceVersion)).toBe(
      Number(made.metadata.resourceVersion) + 1,
    );
    expect(seen[1]?.previous).toBe(made);
  });

  it('finds what an owner owns until it is gone', () => {
    const store = newStore();
    const owner = configMap(store, 'owner');
    const { uid } = owner.metadata;
    store.create('secrets', {
      metadata: {
        name: 's',
        namespace: 'shop',
        ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid }],
      },
    });
    expect(store.ownedBy('secrets', uid)).toHaveLength(1);
    expect(store.dependents(uid).map(({ resource }) => resource)).toEqual(['secrets']);
    store.remove('secrets', 'shop', 's');
    expect(store.dependents(uid)).toEqual([]);
  });
});
