import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEqual } from '../../../src/core/equal.ts';

const plain = fc.anything({ withNullPrototype: false, withObjectString: false, maxDepth: 3 });

describe('isEqual', () => {
  it('agrees with node on any two plain values', () => {
    fc.assert(
      fc.property(plain, plain, (a, b) => {
        expect(isEqual(a, b)).toBe(isDeepStrictEqual(a, b));
        expect(isEqual(a, structuredClone(a))).toBe(true);
      }),
    );
  });

  it('tells a missing key from one that is undefined', () => {
    expect(isEqual({ a: undefined }, { b: undefined })).toBe(false);
    expect(isEqual({}, { b: undefined })).toBe(false);
    expect(isEqual({ a: 1 }, { a: 1, b: undefined })).toBe(false);
    expect(isEqual([1], [1, 2])).toBe(false);
    expect(isEqual([], {})).toBe(false);
  });

  it('takes what every object answers to for no key of it', () => {
    const own = JSON.parse('{"__proto__":{}}') as unknown;
    expect(isEqual(own, { a: 0 })).toBe(false);
    expect(isEqual({ a: 0 }, own)).toBe(false);
    expect(isEqual({ constructor: Object }, {})).toBe(false);
  });
});
