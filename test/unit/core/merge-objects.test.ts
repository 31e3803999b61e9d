import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  differences,
  merge,
  mergePatch,
  patchedPart,
  withoutNulls,
} from '../../../src/core/merge-objects.ts';

const container = (name: string, image: string) => ({ name, image });

describe('what two people changed', () => {
  const before = {
    replicas: 1,
    labels: { app: 'web' },
    containers: [container('web', 'a:1'), container('log', 'b:1')],
  };

  it('is put together where they changed different fields', () => {
    const mine = { ...before, labels: { app: 'web', tier: 'front' } };
    const theirs = { ...before, replicas: 4 };
    expect(merge(before, mine, theirs)).toEqual({
      value: { ...before, replicas: 4, labels: { app: 'web', tier: 'front' } },
      clashes: [],
    });
  });

  it('is put together item by item in lists whose items have names', () => {
    const mine = { ...before, containers: [container('web', 'a:2'), container('log', 'b:1')] };
    const theirs = {
      ...before,
      containers: [container('proxy', 'p:1'), container('web', 'a:1'), container('log', 'b:2')],
    };
    expect(merge(before, mine, theirs)).toEqual({
      value: {
        ...before,
        containers: [container('proxy', 'p:1'), container('web', 'a:2'), container('log', 'b:2')],
      },
      clashes: [],
    });
  });

  it('clashes where they changed the same field in another way, and is ours then', () => {
    const merged = merge(before, { ...before, replicas: 2 }, { ...before, replicas: 3 });
    expect(merged.value).toEqual({ ...before, replicas: 2 });
    expect(merged.clashes).toEqual([{ path: '.replicas', before: 1, theirs: 3, mine: 2 }]);
  });

  it('clashes where one takes away what the other changed', () => {
    const mine = { ...before, containers: [container('web', 'a:1')] };
    const theirs = { ...before, containers: [container('web', 'a:1'), container('log', 'b:2')] };
    const { clashes } = merge(before, mine, theirs);
    expect(clashes.map(({ path }) => path)).toEqual(['.containers[log]']);
  });

  it('agrees where both did the same', () => {
    const both = { ...before, replicas: 7 };
    expect(merge(before, both, both)).toEqual({ value: both, clashes: [] });
  });

  it('of lists without names is one field', () => {
    const lists = merge({ a: ['x'] }, { a: ['x', 'y'] }, { a: ['x', 'z'] });
    expect(lists.clashes.map(({ path }) => path)).toEqual(['.a']);
  });
});

describe('differences', () => {
  it('are named by their paths', () => {
    const paths = differences(
      { spec: { replicas: 1, containers: [container('web', 'a:1')] }, labels: { 'a.b/c': '1' } },
      { spec: { replicas: 2, containers: [container('web', 'a:2')] }, labels: {} },
    ).map(({ path }) => path);
    expect(paths).toEqual(['.spec.replicas', '.spec.containers[web].image', '.labels["a.b/c"]']);
  });

  it('tell of another order', () => {
    const [a, b] = [container('a', '1'), container('b', '1')];
    expect(differences({ list: [a, b] }, { list: [b, a] }).map(({ path }) => path)).toEqual([
      '.list',
    ]);
  });
});

describe('a merge patch', () => {
  const key = fc.constantFrom('a', 'b', 'c', '__proto__');
  const { tree } = fc.letrec((tie) => ({
    tree: fc.dictionary(
      key,
      fc.oneof(
        { maxDepth: 4 },
        fc.integer(),
        fc.array(fc.integer(), { maxLength: 2 }),
        tie('tree'),
      ),
      { maxKeys: 3 },
    ),
  }));
  const apply = (target: unknown, patch: unknown): unknown => {
    if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
    const isTree = typeof target === 'object' && target !== null && !Array.isArray(target);
    const fields = new Map(isTree ? Object.entries(target) : []);
    for (const [name, value] of Object.entries(patch)) {
      if (value === null) fields.delete(name);
      else fields.set(name, apply(fields.get(name), value));
    }
    return Object.fromEntries(fields);
  };

  it('makes the one of the other, whatever they are', () => {
    fc.assert(
      fc.property(tree, tree, (before, after) => {
        const patch = mergePatch(before, after);
        expect(apply(before, patch)).toEqual(after);
      }),
    );
  });

  it('merged with nothing of another is ours', () => {
    fc.assert(
      fc.property(tree, tree, (before, mine) => {
        expect(merge(before, mine, before)).toEqual({ value: mine, clashes: [] });
        expect(merge(before, before, mine)).toEqual({ value: mine, clashes: [] });
      }),
    );
  });

  it('touches a part', () => {
    const object = { spec: { replicas: 1, paused: true }, status: {} };
    expect(patchedPart(object, { spec: { replicas: 2, new: 1 } })).toEqual({
      spec: { replicas: 1, new: undefined },
    });
  });

  it('knows nothing of nulls', () => {
    expect(withoutNulls({ a: null, b: [{ c: null, d: 1 }] })).toEqual({ b: [{ d: 1 }] });
  });
});
