import { describe, expect, it } from 'vitest';
import { ACTIONS } from '../../src/actions/index.ts';
import { OBJECTS } from '../../src/actions/targets/object-target.ts';
import { DEFAULT_BINDINGS } from '../../src/keys/default-keymap.ts';
import { ANY_FOUND } from '../../src/resources/found.ts';
import { KUBE_TABLES } from '../../src/domain/tables/index.ts';
import { RESOURCES } from '../../src/resources/index.ts';

describe('every action', () => {
  it('has an id of its own', () => {
    expect(new Set(ACTIONS.map(({ id }) => id)).size).toBe(ACTIONS.length);
  });

  it.each(ACTIONS)('$id has a guard, a plan and words for the docs', (action) => {
    expect(action.guard).toBeTypeOf('function');
    expect(action.plan).toBeTypeOf('function');
    expect(action.title).toMatch(/^[A-Z]/);
    expect(action.description).toMatch(/\.$/);
    expect(action.appliesTo.length).toBeGreaterThan(0);
    const panes = RESOURCES.flatMap(({ id, enter }) =>
      enter?.is === 'parts' ? [id, enter.parts.id] : id,
    );
    const places = [...panes, ANY_FOUND.keys, ...Object.keys(KUBE_TABLES)];
    for (const id of action.appliesTo) expect(places).toContain(id);
  });

  it.each(RESOURCES)('of $id has a key that means nothing else there', (resource) => {
    const taken = DEFAULT_BINDINGS.filter(({ layer }) =>
      ['always', 'global', 'table'].includes(layer),
    ).flatMap(({ keys }) => keys);
    const keys = ACTIONS.filter(({ appliesTo }) => appliesTo.includes(resource.id))
      .map(({ key }) => key)
      .filter((key) => key !== '');
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) {
      expect(taken).not.toContain(key);
      expect(Object.keys(resource.links ?? {})).not.toContain(key);
    }
  });
});

it('what has an address in the API can be deleted', () => {
  const addressed = [...RESOURCES, ANY_FOUND].filter((resource) => 'ref' in resource);
  for (const { id, keys = id } of addressed) expect(OBJECTS).toContain(keys);
});
