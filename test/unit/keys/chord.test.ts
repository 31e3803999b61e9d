import { expect, test } from 'vitest';
import { ChordError, formatChord, parseChord } from '../../../src/keys/chord.ts';

test.each([
  ['j', 'j'],
  ['G', 'G'],
  ['shift-g', 'G'],
  ['Ctrl+W', 'ctrl-w'],
  ['ctrl-\\', 'ctrl-\\'],
  ['ctrl--', 'ctrl--'],
  ['-', '-'],
  ['+', '+'],
  ['PageDown', 'pgdn'],
  ['Escape', 'esc'],
  ['shift+alt+control+Left', 'ctrl-alt-shift-left'],
  ['ctrl-space', 'ctrl-space'],
  ['F5', 'f5'],
  ['meta-x', 'alt-x'],
])('%s is %s', (written, chord) => {
  expect(parseChord(written)).toBe(chord);
  expect(parseChord(chord)).toBe(chord);
});

test('an unknown key names the nearest', () => {
  expect(() => parseChord('ctrl-entr')).toThrow(ChordError);
  expect(() => parseChord('ctrl-entr')).toThrow(/"ctrl-entr"; did you mean "enter"/);
  expect(() => parseChord('')).toThrow(ChordError);
});

test.each([
  ['ctrl-w', '^w'],
  ['shift-left', '⇧←'],
  ['enter', '⏎'],
  ['alt-x', 'alt-x'],
  ['esc', 'esc'],
  ['G', 'G'],
])('%s is shown as %s', (chord, shown) => {
  expect(formatChord(chord)).toBe(shown);
});
