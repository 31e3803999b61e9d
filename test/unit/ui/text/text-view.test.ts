import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plain } from '../../../../src/core/styled.ts';
import { textWidth } from '../../../../src/core/text.ts';
import type { Painter } from '../../../../src/theme/index.ts';
import { highlight, readPattern } from '../../../../src/ui/text/search.ts';
import { TextView } from '../../../../src/ui/text/text-view.ts';
import { breaks } from '../../../../src/ui/text/wrap.ts';

/** Matches between brackets, everything else plain. */
const painter: Painter = {
  theme: 'test',
  depth: 'none',
  tone: (text) => text,
  paint: (cell) =>
    typeof cell === 'string'
      ? cell
      : cell.map(([text, tone]) => (tone === 'match' ? `[${text}]` : text)).join(''),
};
const view = (...lines: string[]) => {
  const text = new TextView();
  text.set(lines);
  return text;
};
const shown = (text: TextView, columns = 40, rows = 3) => text.paint({ columns, rows }, painter);
const numbered = Array.from({ length: 10 }, (_, i) => `line ${i}`);

describe('TextView', () => {
  it('scrolls by lines and pages, and stops at both ends', () => {
    const text = view(...numbered);
    shown(text);
    text.run('scroll.down');
    expect(shown(text)).toEqual(['line 1', 'line 2', 'line 3']);
    text.run('scroll.pageDown');
    expect(shown(text)[0]).toBe('line 3');
    text.run('scroll.bottom');
    text.run('scroll.down');
    expect(shown(text)).toEqual(['line 7', 'line 8', 'line 9']);
    expect(text.position).toBe('end');
    text.run('scroll.top');
    expect(text.position).toBe('top');
  });

  it('marks what is cut, on either side', () => {
    const text = view('0123456789abcdefghij');
    expect(shown(text, 10)).toEqual(['012345678…']);
    text.run('scroll.right');
    expect(shown(text, 10)).toEqual(['…bcdefghij']);
    text.run('scroll.right');
    expect(shown(text, 10)).toEqual(['…bcdefghij']);
  });

  it('wraps at blanks, and keeps the first line first', () => {
    const text = view('one two three four', 'next', 'more', 'end');
    shown(text, 10, 2);
    text.run('scroll.down');
    text.run('wrap');
    expect(shown(text, 10, 2)).toEqual(['next', 'more']);
    text.run('scroll.top');
    expect(shown(text, 10, 3)).toEqual(['one two ', 'three four', 'next']);
  });

  it('goes from match to match and around', () => {
    const text = view(...numbered, 'LINE 4');
    shown(text);
    expect(text.search('line [48]')).toBe('');
    expect(text.matchCount).toBe('1/3');
    expect(shown(text)).toContain('[line 4]');
    text.run('match.next');
    expect(shown(text)).toContain('[line 8]');
    text.run('match.next');
    text.run('match.next');
    expect(text.matchCount).toBe('1/3');
    text.run('match.previous');
    expect(text.matchCount).toBe('3/3');
  });

  it('says what is wrong with a pattern and keeps the one before', () => {
    const text = view(...numbered);
    text.search('line 4');
    expect(text.search('line (')).toContain('Unterminated group');
    expect(text.query).toBe('line 4');
  });

  it('stays where it is when the text changes', () => {
    const text = view(...numbered);
    shown(text);
    text.run('scroll.pageDown');
    text.set([...numbered, 'line 10']);
    expect(shown(text)[0]).toBe('line 2');
    text.set(['short']);
    expect(shown(text)).toEqual(['short']);
  });
});

describe('highlight', () => {
  it('finds matches across the segments of a line', () => {
    const marked = highlight(
      [
        ['sta', 'muted'],
        ['tus: ok', 'text'],
      ],
      readPattern('status'),
    );
    expect(marked).toEqual([
      ['sta', 'match'],
      ['tus', 'match'],
      [': ok', 'text'],
    ]);
  });

  it('minds the case only where a capital letter is asked for', () => {
    expect(highlight('Pod pod', readPattern('pod'))).toEqual([
      ['Pod', 'match'],
      [' ', 'text'],
      ['pod', 'match'],
    ]);
    expect(highlight('Pod pod', readPattern('Pod'))).toEqual([
      ['Pod', 'match'],
      [' pod', 'text'],
    ]);
  });

  it('loses no text', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 });
    fc.assert(
      fc.property(fc.array(text), fc.constantFrom('a', '.', '\\s*', 'x|y'), (parts, pattern) => {
        const cell = parts.map((part) => [part, 'text'] as const);
        expect(plain(highlight(cell, readPattern(pattern)))).toBe(parts.join(''));
      }),
    );
  });
});

describe('breaks', () => {
  it('covers the whole text with parts that fit', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), fc.integer({ min: 4, max: 30 }), (text, width) => {
        const parts = breaks(text, width);
        expect(parts[0]?.[0]).toBe(0);
        expect(parts.at(-1)?.[1]).toBe(textWidth(text));
        for (const [i, [start, end]] of parts.entries()) {
          expect(end - start).toBeLessThanOrEqual(width);
          expect(start).toBe(i === 0 ? 0 : parts[i - 1]?.[1]);
        }
      }),
    );
  });
});
