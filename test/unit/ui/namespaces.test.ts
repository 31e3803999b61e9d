import { describe, expect, it } from 'vitest';
import { NamespaceKeys } from '../../../src/ui/namespaces.ts';

const ten = Array.from({ length: 10 }, (_, i) => `n${i}`);

describe('the keys of namespaces', () => {
  it('are of favourites first, then of what is offered', () => {
    const keys = new NamespaceKeys(['shop']);
    keys.offer(['default', 'shop', 'web']);
    expect(keys.names).toEqual(['shop', 'default', 'web']);
    keys.offer(['another', 'default']);
    expect(keys.names).toEqual(['shop', 'default', 'web', 'another']);
  });

  it('are the same in the next run, of whatever is offered beside them', () => {
    const keys = new NamespaceKeys([]);
    keys.offer(ten);
    keys.visit('secret');
    keys.visit('n3');
    expect(keys.chosen).toEqual(['', '', '', 'n3', '', '', '', '', 'secret']);
    const next = new NamespaceKeys([], keys.chosen);
    expect(next.names[3]).toBe('n3');
    next.offer(ten);
    expect(next.names).toEqual(keys.names);
    expect(next.chosen).toEqual(keys.chosen);
    // Favourites that were set since have the keys that they are listed for.
    const more = new NamespaceKeys(['shop', 'n0'], ['', 'a', 'b']);
    expect(more.names).toEqual(['shop', 'n0', 'a', 'b']);
    const gap = new NamespaceKeys(['shop'], ['x', '', '', 'y']);
    expect(gap.names).toEqual(['shop', 'x', '', 'y']);
  });

  it('keep their namespace: one that is visited takes the place of one only offered', () => {
    const keys = new NamespaceKeys(['shop']);
    keys.offer(ten);
    expect(keys.names).toHaveLength(9);
    keys.visit('n2');
    keys.visit('secret');
    expect(keys.names).toEqual(['shop', 'n0', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'secret']);
    keys.visit('');
    expect(keys.names).toHaveLength(9);
  });
});
