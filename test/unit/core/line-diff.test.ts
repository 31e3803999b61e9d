import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffCells, lineDiff } from '../../../src/core/line-diff.ts';
import { plain } from '../../../src/core/styled.ts';

const shown = (before: string, after: string): readonly string[] =>
  diffCells(lineDiff(before, after)).map(plain);

const TEMPLATE = `spec:
  containers:
    - name: api
      args:
        - a
        - b
        - c
        - d
      image: api:1
    - name: proxy
      image: proxy:1`;

describe('the difference of two texts', () => {
  it('is nothing for the same', () => {
    expect(shown('a\nb', 'a\nb')).toEqual([]);
  });

  it('shows what goes and comes, with three lines around it and what it stands in', () => {
    expect(shown(TEMPLATE, TEMPLATE.replace('api:1', 'api:2'))).toEqual([
      '… spec › containers › - name: api › args',
      '          - b',
      '          - c',
      '          - d',
      '-       image: api:1',
      '+       image: api:2',
      '      - name: proxy',
      '        image: proxy:1',
    ]);
  });

  it('shows all that comes where there was nothing', () => {
    expect(shown('', 'a\nb')).toEqual(['+ a', '+ b']);
    expect(shown('a', '')).toEqual(['- a']);
  });

  it('shows long lines where they differ, and of those around them the beginning', () => {
    const long = (letter: string, middle: string) =>
      `${letter.repeat(100_000)}${middle}${letter.repeat(100_000)}`;
    const [around, goes, comes] = shown(
      `${long('a', '')}\n${long('b', 'old')}\nz`,
      `${long('a', '')}\n${long('b', 'new')}\nz`,
    );
    expect(around).toBe(`  ${'a'.repeat(400)}… (199600 more characters)`);
    const of = (middle: string) =>
      `…${'b'.repeat(60)}${middle}${'b'.repeat(337)}… (199603 more characters)`;
    expect([goes, comes]).toEqual([`- ${of('old')}`, `+ ${of('new')}`]);
    const [, second] = shown(`x\n${long('b', '')}`, `y\n${long('b', 'c')}`).slice(2);
    expect(second).toBe(`+ …${'b'.repeat(60)}c${'b'.repeat(339)}… (199601 more characters)`);
    expect(shown(`x\n${long('b', '')}`, 'y')[1]).toBe(
      `- ${'b'.repeat(400)}… (199600 more characters)`,
    );
  });

  it('does not seek the least change of texts that have nothing in common', () => {
    const many = (letter: string) =>
      Array.from({ length: 5000 }, (_, i) => `${letter}${i}`).join('\n');
    const lines = lineDiff(many('a'), many('b'));
    expect(lines).toHaveLength(10_000);
    expect(lines.map(({ mark }) => mark)).not.toContain(' ');
  });

  it('can be applied: what goes is of the one, what comes is of the other', () => {
    const text = fc.array(fc.constantFrom('a', 'b', ' c', '  d', '')).map((l) => l.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDiff(before, after);
        const count = (mark: string) => lines.filter((line) => line.mark === mark).length;
        const length = (whole: string) => (whole === '' ? 0 : whole.split('\n').length);
        expect(count('+') - count('-')).toBe(length(after) - length(before));
        expect(lines.length === 0).toBe(before === after);
      }),
    );
  });
});
