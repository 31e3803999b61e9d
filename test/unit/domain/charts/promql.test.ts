import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  literally,
  quoted,
  ranged,
  rangeOf,
  selector,
} from '../../../../src/domain/charts/promql.ts';
import { parsePromql, type Selection } from '../../../../src/simulator/promql/syntax.ts';

const scope = { own: { label: 'cluster', value: 'shop' }, range: 300 };
/** Texts of what has a meaning in PromQL, in patterns and on terminals. */
const hostile = fc.string({
  unit: fc.constantFrom(...['"', '\\', '\n', '{', '}', '`', '$', '\u2028', '\u001b', 'é', 'a']),
});

const parsed = (text: string): Selection => {
  const found = parsePromql(text);
  if (found.is !== 'selection') throw new Error(`${text} is no selector`);
  return found;
};

describe('names of others in a question', () => {
  it.each([
    ['api"} or up{job="x', String.raw`"api\"} or up{job=\"x"`],
    ['a\\', String.raw`"a\\"`],
    ['a\nb\u001b', String.raw`"a\nb\u001b"`],
  ])('%j stays a name', (name, text) => {
    expect(quoted(name)).toBe(text);
  });

  it('are selected by what they are, whatever they hold', () => {
    fc.assert(
      fc.property(hostile, hostile, (pod, other) => {
        const { name, matches } = parsed(selector('m', { pod }, scope));
        expect(name).toBe('m');
        expect(matches.map(({ label }) => label)).toEqual(['pod', 'cluster']);
        expect(matches[0]?.fits(pod)).toBe(true);
        expect(matches[0]?.fits(other)).toBe(pod === other);
      }),
    );
  });

  it('are patterns that fit themselves alone', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, other) => {
        const [test] = parsed(selector('m', { pod: { like: literally(name) } }, scope)).matches;
        expect(test?.fits(name)).toBe(true);
        expect(test?.fits(other)).toBe(name === other);
      }),
    );
  });
});

describe('a selector', () => {
  it('has all of its comparisons, the cluster last', () => {
    expect(
      selector('m', { a: '1', b: { not: '2' }, c: { like: '3' }, d: { unlike: '4' } }, scope),
    ).toBe('m{a="1",b!="2",c=~"3",d!~"4",cluster="shop"}');
    expect(selector('m', {}, { own: null, range: 300 })).toBe('m');
    expect(ranged('m', {}, scope)).toBe('m{cluster="shop"}[300s]');
  });

  it.each([
    [60, 300],
    [300, 300],
    [3600, 3600],
  ])('of points %i s apart goes over %i s', (step, range) => {
    expect(rangeOf(step)).toBe(range);
  });
});
