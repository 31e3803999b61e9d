import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plain } from '../../../../src/core/styled.ts';
import { textWidth } from '../../../../src/core/text.ts';
import type { Painter } from '../../../../src/theme/index.ts';
import { Pattern } from '../../../../src/core/pattern.ts';
import type { Segment } from '../../../../src/core/styled.ts';
import { markRanges } from '../../../../src/ui/text/search.ts';
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
/** A view that cuts long lines. */
const view = (...lines: string[]) => {
  const text = new TextView();
  text.set(lines);
  text.run('wrap');
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

  it('wraps from the beginning: nothing is out of sight to the right', () => {
    const text = new TextView();
    text.set(['one two three']);
    expect(shown(text, 10)).toEqual(['one two ', 'three']);
  });

  it('goes on below the value of a line, not below its label', () => {
    const text = new TextView();
    text.set(['  Role  a role name', '  a long word', '                 x y']);
    expect(shown(text, 16, 7)).toEqual([
      '  Role  a role ',
      '        name',
      '  a long word',
      '                ',
      ' x y',
    ]);
    expect(shown(text, 10, 3)).toEqual(['  Role  a ', '  role ', '  name']);
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

const highlight = (segments: readonly Segment[], source: string): readonly Segment[] => {
  const text = plain(segments);
  return markRanges(segments, new Pattern(source).ranges(text, 0, text.length));
};

describe('matches', () => {
  it('are marked across the segments of a line', () => {
    const line: Segment[] = [
      ['sta', 'muted'],
      ['tus: ok ok', 'text'],
    ];
    expect(highlight(line, 'status')).toEqual([
      ['sta', 'match'],
      ['tus', 'match'],
      [': ok ok', 'text'],
    ]);
    expect(highlight(line, 'ok')).toEqual([
      ['sta', 'muted'],
      ['tus: ', 'text'],
      ['ok', 'match'],
      [' ', 'text'],
      ['ok', 'match'],
    ]);
  });

  it('lose no text and mark nothing else', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 });
    fc.assert(
      fc.property(fc.array(text), fc.constantFrom('a', '.', '\\s*', 'x|y'), (parts, source) => {
        const cell = parts.map((part) => [part, 'text'] as const);
        const marked = highlight(cell, source);
        expect(plain(marked)).toBe(parts.join(''));
        const found = [...parts.join('').matchAll(new RegExp(source, 'gi'))].map(([all]) => all);
        expect(marked.flatMap(([part, tone]) => (tone === 'match' ? part : [])).join('')).toBe(
          found.join(''),
        );
      }),
    );
  });
});

describe('a line far longer than the screen', () => {
  it('is wrapped, searched and painted with work that does not grow with it', () => {
    let painted = 0;
    const counting: Painter = {
      ...painter,
      paint: (cell) => {
        painted += plain(cell).length;
        return painter.paint(cell);
      },
    };
    const text = view(`${'word '.repeat(200_000)}end`);
    text.paint({ columns: 80, rows: 20 }, counting);
    text.run('wrap');
    text.search('w[a-z]+d');
    for (const command of ['scroll.bottom', 'scroll.pageUp', 'scroll.up']) {
      painted = 0;
      text.run(command);
      expect(text.paint({ columns: 80, rows: 20 }, counting)).toHaveLength(20);
      expect(painted).toBeLessThanOrEqual(80 * 20);
    }
    text.run('wrap');
    text.run('scroll.right');
    painted = 0;
    const [line] = text.paint({ columns: 80, rows: 20 }, counting);
    expect(line).toBe(`…[ord] ${'[word] '.repeat(14)}[word]…`);
    expect(painted).toBeLessThanOrEqual(80);
  });

  it('on which a pattern never ends keeps the pattern before', () => {
    const text = view(`${'a'.repeat(60)}b`);
    text.search('b');
    expect(text.search('(a+)+$')).toContain('takes too long');
    expect(text.query).toBe('b');
  });
});

describe('breaks', () => {
  it('covers the whole text with parts that fit', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), fc.integer({ min: 4, max: 30 }), (text, width) => {
        const parts = breaks(text, width);
        expect(parts[0]?.start).toEqual({ unit: 0, column: 0 });
        expect(parts.at(-1)?.end).toEqual({ unit: text.length, column: textWidth(text) });
        for (const [i, { start, end }] of parts.entries()) {
          expect(end.column - start.column).toBeLessThanOrEqual(width);
          expect(start).toEqual(i === 0 ? start : parts[i - 1]?.end);
        }
      }),
    );
  });

  it('makes no empty part where a character is wider than the screen', () => {
    expect(breaks('日本', 1)).toHaveLength(2);
  });
});
