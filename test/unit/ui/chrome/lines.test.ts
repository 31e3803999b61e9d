import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plain } from '../../../../src/core/styled.ts';
import { textWidth } from '../../../../src/core/text.ts';
import { lineOf } from '../../../../src/keys/line-editor.ts';
import type { Binding } from '../../../../src/keys/keymap.ts';
import { adviceLine, promptLine } from '../../../../src/ui/chrome/bottom-line.ts';
import { hintSegments } from '../../../../src/ui/chrome/hints.ts';
import { namespaceSegments } from '../../../../src/ui/chrome/namespaces.ts';
import { packLine, packParts } from '../../../../src/ui/chrome/pack.ts';
import type { TitlePart } from '../../../../src/ui/pane.ts';
import type { PromptState } from '../../../../src/ui/state-prompt.ts';

const part = (cell: string, keep: number, short?: string): TitlePart => ({
  cell,
  keep,
  ...(short !== undefined && { short }),
});
const packed = (width: number, ...parts: TitlePart[]) => plain(packParts(parts, width, ' · '));

describe('packParts', () => {
  it('leaves out what matters least, and cuts what is alone', () => {
    const parts = [part('prod', 9), part('account', 1), part('live', 5)];
    expect(packed(40, ...parts)).toBe('prod · account · live');
    expect(packed(16, ...parts)).toBe('prod · live');
    expect(packed(6, ...parts)).toBe('prod');
    expect(packed(3, ...parts)).toBe('pr…');
  });

  it('says things shorter before it leaves them out', () => {
    const parts = [part('prod', 9), part('AWS at 127.0.0.1', 3, 'not AWS'), part('live', 1)];
    expect(packed(25, ...parts)).toBe('prod · not AWS · live');
    expect(packed(15, ...parts)).toBe('prod · not AWS');
    // What is too long for any line makes nothing else short.
    const long = part('x'.repeat(40), 8, 'x');
    expect(packed(26, long, part('AWS at 127.0.0.1', 8, 'not AWS'))).toBe('x · AWS at 127.0.0.1');
  });
});

describe('packLine', () => {
  it('is always as wide as the line', () => {
    const parts = fc.array(fc.record({ cell: fc.string({ maxLength: 20 }), keep: fc.nat(9) }));
    fc.assert(
      fc.property(parts, parts, fc.integer({ min: 20, max: 120 }), (left, right, width) => {
        expect(textWidth(plain(packLine(left, right, width)))).toBe(width);
      }),
    );
  });
});

describe('adviceLine', () => {
  const told = (width: number, ...texts: readonly string[]): string =>
    plain(adviceLine(texts, width)).trimEnd();

  it('cuts texts alike, and what is short not at all', () => {
    expect(told(40, 'a: short', 'b: as short')).toBe(' a: short · b: as short');
    expect(told(40, 'a: short', `b: ${'x'.repeat(60)}`, `c: ${'y'.repeat(60)}`)).toBe(
      ' a: short · b: xxxxxxxx… · c: yyyyyyyyy…',
    );
    expect(told(10, 'a: \x1b[2Jhostile', 'b', 'c', 'd', 'e', 'f', 'g')).toHaveLength(10);
  });
});

describe('hintSegments', () => {
  const hint = (key: string, word: string, priority: number, command = word): Binding => ({
    layer: 'x',
    command,
    keys: [key],
    title: word,
    hint: word,
    priority,
    group: 'Move',
  });
  const all = [
    hint('l', 'logs', 5),
    hint('d', 'describe', 9),
    hint('?', 'help', 99),
    hint('y', 'yaml', 7),
  ];
  const line = (width: number) => plain(hintSegments(all, width));

  it('shows the most useful that fit, help last, and that there is more', () => {
    expect(line(60)).toBe('d describe  y yaml  l logs  ? help');
    expect(line(33)).toBe('d describe  y yaml  ? help  …more');
    expect(line(20)).toBe('? help  …more');
  });
});

describe('namespaceSegments', () => {
  it('marks the present one, also where it has no key', () => {
    const present = (name: string) =>
      namespaceSegments(['shop', 'web'], name, 60).filter(([, tone]) => tone === 'strong');
    expect(present('')).toEqual([['all', 'strong']]);
    expect(present('web')).toEqual([['web', 'strong']]);
    expect(present('other')).toEqual([['▸ other', 'strong']]);
  });
});

describe('promptLine', () => {
  const prompt = (text: string, cursor: number, error = ''): PromptState => ({
    kind: 'command',
    mark: ':',
    line: { text, cursor },
    history: 'command',
    back: 0,
    draft: lineOf(text),
    error,
    replaces: false,
  });

  it('shows the suggestion behind the cursor, and the error at the end', () => {
    const { segments, cursor } = promptLine(prompt('po', 2, 'no such thing'), 'ds', 30);
    expect(plain(segments)).toBe(' :pods           no such thing');
    expect(cursor).toBe(4);
  });

  it('is never wider than the screen, with the cursor on it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.nat(300), fc.string(), (text, at, error) => {
        const { segments, cursor } = promptLine(
          prompt(text, Math.min(at, text.length), error),
          '',
          60,
        );
        expect(textWidth(plain(segments))).toBeLessThanOrEqual(60);
        expect(cursor).toBeLessThan(60);
      }),
    );
  });
});
