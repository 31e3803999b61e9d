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
