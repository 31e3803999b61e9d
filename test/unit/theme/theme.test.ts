import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { TONES } from '../../../src/core/styled.ts';
import { toRgb } from '../../../src/theme/color.ts';
import type { Color } from '../../../src/theme/color.ts';
import { createPainter, detectDepth, loadTheme, ThemeError } from '../../../src/theme/index.ts';
import { parseTheme } from '../../../src/theme/schema.ts';

const directory = fileURLToPath(new URL('../../../themes', import.meta.url));

/** WCAG 2 contrast of two colours, 1–21. */
function contrast(a: Color, b: Color): number {
  const luminance = (color: Color): number => {
    const [r, g, b] = toRgb(color).map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
  };
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

function fail(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(ThemeError);
    return String(error);
  }
  throw new Error('It should have failed');
}

describe('the built-in themes', () => {
  const backgrounds = { dark: ['#000000', '#1e1e1e', '#282c34'], light: ['#ffffff', '#faf4ed'] };
  for (const name of ['dark', 'light'] as const) {
    test(`${name}: every tone can be read on common backgrounds and on the selection`, () => {
      const { tones } = loadTheme(name, directory, 'truecolor');
      const selection = tones.selection.bg ?? '';
      for (const tone of TONES) {
        const { fg, bg } = tones[tone];
        if (fg === undefined) continue;
        const least = tone === 'border' ? 1.6 : tone === 'gone' ? 3 : 4.5;
        for (const background of bg === undefined ? backgrounds[name] : [bg]) {
          expect([tone, background, contrast(fg, background)]).toSatisfy(
            () => contrast(fg, background) >= least,
          );
        }
        if (tone !== 'border' && bg === undefined) {
          expect([tone, contrast(fg, selection)]).toSatisfy(() => contrast(fg, selection) >= 2.4);
        }
      }
      for (const background of backgrounds[name]) {
        expect(contrast(selection, background)).toBeGreaterThan(1.25);
      }
    });
  }

  test('mono uses no colour and tells selection, trouble and matches from ordinary text', () => {
    const theme = loadTheme('mono', directory, 'none');
    for (const look of Object.values(theme.tones)) {
      expect(look).not.toHaveProperty('fg');
      expect(look).not.toHaveProperty('bg');
    }
    const painter = createPainter(theme, 'none');
    expect(painter.tone('x', 'bad')).toBe('\x1b[1mx\x1b[0m');
    expect(painter.tone('x', 'selection')).toBe('\x1b[7mx\x1b[0m');
    expect(painter.tone('x', 'match', 'selection')).not.toBe(
      painter.tone('x', 'text', 'selection'),
    );
  });

  test('without colours every theme is mono', () => {
    expect(loadTheme('dark', directory, 'none').name).toBe('mono');
  });
});

describe('painter', () => {
  const painter = createPainter(loadTheme('dark', directory, '256'), '256');
  test('ordinary text needs no sequence', () => {
    expect(painter.paint('plain')).toBe('plain');
    expect(
      painter.paint([
        ['a', 'text'],
        ['b', 'text'],
      ]),
    ).toBe('ab');
  });
  test('segments end in the default style and share sequences', () => {
    expect(
      painter.paint([
        ['a', 'strong'],
        ['b', 'strong'],
        ['c', 'text'],
      ]),
    ).toBe('\x1b[1mab\x1b[0mc');
  });
  test('a tone keeps its colour over the selection and takes its background', () => {
    const background = /48;5;\d+/.exec(painter.tone('x', 'selection'))?.[0];
    expect(background).toBeDefined();
    expect(painter.tone('x', 'good', 'selection')).toContain(background);
    expect(painter.tone('x', 'good', 'selection')).toContain(
      /38;5;\d+/.exec(painter.tone('x', 'good'))?.[0],
    );
  });
  test('16 colours use the look made for them', () => {
    const basic = createPainter(loadTheme('dark', directory, '16'), '16');
    expect(basic.tone('x', 'selection')).toBe('\x1b[7mx\x1b[0m');
    expect(basic.tone('x', 'bad')).toBe('\x1b[1;91mx\x1b[0m');
  });
  test('truecolor writes the colour itself', () => {
    const full = createPainter(loadTheme('dark', directory, 'truecolor'), 'truecolor');
    expect(full.tone('x', 'muted')).toBe('\x1b[38;2;148;156;170mx\x1b[0m');
  });
});

describe('a malformed theme is told by its key', () => {
  const cases: [name: string, yaml: string, words: string[]][] = [
    [
      'unknown tone',
      'tones: { mutde: {} }',
      ['mine.yaml', 'tones.mutde', 'did you mean "muted"', 'selection'],
    ],
    [
      'unknown property',
      'tones: { bad: { colour: red } }',
      ['tones.bad.colour', 'valid: fg, bg, bold'],
    ],
    ['unknown key', 'tone: {}', ['"tone"', 'did you mean "tones"']],
    [
      'no colour',
      'tones: { bad: { fg: rde } }',
      ['tones.bad.fg', '"rde" is no colour', 'did you mean "red"'],
    ],
    ['not a flag', 'tones: { bad: { bold: very } }', ['tones.bad.bold', 'boolean']],
    ['not YAML', 'tones: { bad', ['mine.yaml', 'not valid YAML']],
    ['empty', '', ['mine.yaml', 'the file']],
  ];
  test.each(cases)('%s', (_, yaml, words) => {
    const message = fail(() => parseTheme(yaml, 'mine.yaml'));
    for (const word of words) expect(message).toContain(word);
  });
  test('unknown name', () => {
    expect(fail(() => loadTheme('drak', directory, '256'))).toContain('did you mean "dark"');
  });
  test('missing file', () => {
    expect(fail(() => loadTheme('./none.yaml', directory, '256'))).toContain('./none.yaml');
  });
});

test("a user's theme changes what it names and takes the rest from the one it extends", () => {
  const folder = mkdtempSync(join(tmpdir(), 'theme-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'mine.yaml');
  writeFileSync(path, "extends: light\ntones: { bad: { fg: '#ff0000' } }\n");
  const { tones } = loadTheme(path, directory, 'truecolor');
  expect(tones.bad).toEqual({ fg: '#ff0000' });
  expect(tones.good).toEqual(loadTheme('light', directory, 'truecolor').tones.good);
});

test.each([
  [{ NO_COLOR: '1', COLORTERM: 'truecolor', FORCE_COLOR: '3' }, true, 'none'],
  [{ NO_COLOR: '', TERM: 'xterm' }, true, '16'],
  [{ FORCE_COLOR: '3' }, false, 'truecolor'],
  [{ FORCE_COLOR: '0', COLORTERM: 'truecolor' }, true, 'none'],
  [{ COLORTERM: 'truecolor', TERM: 'xterm-256color' }, true, 'truecolor'],
  [{ TERM: 'xterm-256color' }, true, '256'],
  [{ TERM: 'screen-256color', TMUX: 'socket,1,0' }, true, '256'],
  [{ TERM: 'xterm-kitty' }, true, 'truecolor'],
  [{ TERM: 'dumb', COLORTERM: 'truecolor' }, true, 'none'],
  [{ TERM: 'xterm-256color' }, false, 'none'],
  [{ TERM: 'linux' }, true, '16'],
] as const)('depth of %j (tty %s) is %s', (env, isTTY, depth) => {
  expect(detectDepth(env, isTTY)).toBe(depth);
});
