import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from '../../../src/core/nearest.ts';

describe('nearest', () => {
  it.each([
    ['kitten', 'sitting', 3],
    ['pdos', 'pods', 1],
    ['', 'abc', 3],
    ['abc', 'abc', 0],
  ])('%j is %3$i edits from %j', (a, b, edits) => {
    expect(editDistance(a, b)).toBe(edits);
    expect(editDistance(b, a)).toBe(edits);
  });

  it('names what was probably meant, and nothing where nothing is near', () => {
    const words = ['pods', 'nodes', 'deployments', 'services'];
    expect(nearest('podz', words)).toBe('pods');
    expect(nearest('Deploymnt', words)).toBe('deployments');
    expect(nearest('serv', words)).toBe('services');
    expect(nearest('qwerty', words)).toBeNull();
    // Two of three letters are wrong: that is another word.
    expect(nearest('foo', ['no', 'po'])).toBeNull();
    expect(nearest('', words)).toBeNull();
  });
});
