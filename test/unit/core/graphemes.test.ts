import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Graphemes } from '../../../src/core/graphemes.ts';

describe('Graphemes', () => {
  const intl = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const own = new Graphemes();
  const parts = (of: Iterable<{ segment: string; index: number }>) =>
    Array.from(of, ({ segment, index }) => [index, segment]);

  it('splits as Intl.Segmenter does, any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parts(own.segment(text))).toEqual(parts(intl.segment(text)));
      }),
    );
  });

  it('takes for apart only what is, before and behind any other', () => {
    const units = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
    const isApart = (unit: string) => Array.isArray(own.segment(unit));
    const apart = units.filter(isApart);
    expect(apart.length).toBeGreaterThan(30_000);
    for (const other of ['a', '─', '中', '한', '\n', '\x1b', '\x7e'].filter(isApart)) {
      const text = apart.join(other);
      expect(Array.from(intl.segment(text))).toHaveLength(text.length);
    }
  });

  it('keeps marks, flags and families together', () => {
    const text = 'e\u0301 🇩🇪 👩‍👩‍👧 \r\n';
    expect(parts(own.segment(text)).map(([, segment]) => segment)).toEqual([
      'e\u0301',
      ' ',
      '🇩🇪',
      ' ',
      '👩‍👩‍👧',
      ' ',
      '\r\n',
    ]);
  });
});
