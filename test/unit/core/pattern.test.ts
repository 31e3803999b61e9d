import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patiently, TooSlow } from '../../../src/core/patience.ts';
import { Pattern, tryRun } from '../../../src/core/pattern.ts';

/** Would take 2^60 steps. */
const ENDLESS = `${'a'.repeat(60)}b`;

describe('a pattern', () => {
  it('minds the case only where it has a capital letter', () => {
    expect([new Pattern('pod').test('A POD'), new Pattern('Pod').test('a pod')]).toEqual([
      true,
      false,
    ]);
  });

  it('that is wrong says what is wrong', () => {
    expect(() => new Pattern('(')).toThrow(/Unterminated group/);
  });

  it.each(['(a+)+$', '(a|a)*$', '(.*a){20}$', '^(?=(a+)+$).*'])(
    '%s on a text it never ends on is given up, for good',
    (source) => {
      const pattern = new Pattern(source, 20);
      expect(() => pattern.run(() => pattern.test(ENDLESS))).toThrow(TooSlow);
      expect(pattern.isTooSlow).toBe(true);
      let tried = false;
      expect(tryRun(pattern, () => (tried = true))).toBeNull();
      expect(tried).toBe(false);
    },
  );

  it('finds in a window what it finds there in the whole text', () => {
    const text = fc
      .array(fc.constantFrom('err', 'ok', ' ', 'x'), { maxLength: 1500 })
      .map((parts) => parts.join(''));
    const source = fc.constantFrom('err', '^e', 'ok|x', 'r{2}', '\\bok\\b', '(?<=x)err', 'ok$');
    fc.assert(
      fc.property(text, source, fc.nat(4000), fc.integer({ min: 1, max: 200 }), (t, s, at, n) => {
        const found = [...t.matchAll(new RegExp(s, 'gi'))].map(({ 0: { length }, index }) => [
          index,
          index + length,
        ]);
        const shown = found.filter(([a = 0, b = 0]) => a < at + n && b > at);
        expect(new Pattern(s).ranges(t, at, at + n)).toEqual(shown);
      }),
    );
  });

  it('looks only at the window and what is near it', () => {
    const text = 'ab'.repeat(1_000_000);
    expect(new Pattern('a').ranges(text, 1_000_000, 1_000_100)).toHaveLength(50);
    // A pattern that is nowhere would else be looked for to the end.
    const far = new Pattern('(a+)+c', 10_000);
    expect(far.run(() => far.ranges(text, 0, 100))).toEqual([]);
  });
});

describe('patience', () => {
  it('gives back what comes of the work, or what it throws, one within the other', () => {
    expect(patiently(1000, () => patiently(1000, () => 1) + 1)).toBe(2);
    expect(() =>
      patiently(1000, () => {
        throw new RangeError('x');
      }),
    ).toThrow(RangeError);
  });
});
