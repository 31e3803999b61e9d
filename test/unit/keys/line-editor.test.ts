import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editLine, EMPTY_LINE, lineOf } from '../../../src/keys/line-editor.ts';
import type { Line } from '../../../src/keys/line-editor.ts';
import type { KeyEvent } from '../../../src/keys/key-event.ts';

/** A line with `|` for the cursor. */
function line(marked: string): Line {
  return { text: marked.replace('|', ''), cursor: marked.indexOf('|') };
}
function show(edited: Line | undefined): string | undefined {
  return edited && `${edited.text.slice(0, edited.cursor)}|${edited.text.slice(edited.cursor)}`;
}

test.each([
  ['po|s', 'backspace', 'p|s'],
  ['|x', 'backspace', '|x'],
  ['po|ds', 'delete', 'po|s'],
  ['a👨‍👩‍👧|b', 'backspace', 'a|b'],
  ['ae\u0301|', 'backspace', 'a|'],
  ['a👨‍👩‍👧|b', 'left', 'a|👨‍👩‍👧b'],
  ['a|👨‍👩‍👧b', 'right', 'a👨‍👩‍👧|b'],
  ['pods kube-system|', 'ctrl-w', 'pods |'],
  ['pods  |', 'ctrl-w', '|'],
  ['|pods', 'ctrl-w', '|pods'],
  ['pods kube-system|', 'alt-backspace', 'pods kube-|'],
  ['po|ds', 'ctrl-u', '|ds'],
  ['po|ds', 'ctrl-k', 'po|'],
  ['po|ds', 'ctrl-a', '|pods'],
  ['po|ds', 'end', 'pods|'],
  ['pods kube-system|', 'alt-b', 'pods kube-|system'],
  ['|pods kube-system', 'alt-f', 'pods| kube-system'],
  ['pods|  ', 'ctrl-right', 'pods  |'],
  ['  |', 'alt-b', '|  '],
])('%s %s', (before, chord, after) => {
  expect(show(editLine(line(before), { chord }))).toBe(after);
});

test('types and pastes at the cursor, line breaks as blanks, controls made visible', () => {
  expect(show(editLine(line('p|s'), { chord: 'o', text: 'o' }))).toBe('po|s');
  expect(show(editLine(line('a|d'), { chord: 'paste', paste: 'b\nc\x1b[2J\x07' }))).toBe('ab c␇|d');
});

test('keys that are not for an editor are left to the caller', () => {
  for (const chord of ['enter', 'esc', 'tab', 'up', 'down', 'f5', 'ctrl-p']) {
    expect(editLine(lineOf('x'), { chord })).toBeUndefined();
  }
});

test('the cursor stays within the text and between characters, whatever is typed', () => {
  const key: fc.Arbitrary<KeyEvent> = fc.oneof(
    fc.constantFrom('a', ' ', '-', '日', '🚀').map((text) => ({ chord: text, text })),
    fc
      .constantFrom(
        'left',
        'right',
        'home',
        'end',
        'backspace',
        'delete',
        'ctrl-w',
        'ctrl-u',
        'ctrl-k',
        'alt-b',
        'alt-f',
        'alt-d',
      )
      .map((chord) => ({ chord })),
  );
  fc.assert(
    fc.property(fc.array(key), (keys) => {
      let edited = EMPTY_LINE;
      for (const next of keys) edited = editLine(edited, next) ?? edited;
      expect(edited.cursor).toBeGreaterThanOrEqual(0);
      expect(edited.cursor).toBeLessThanOrEqual(edited.text.length);
      expect(edited.text.slice(0, edited.cursor)).not.toMatch(/[\ud800-\udbff]$/);
    }),
  );
});

test('takes no more than a line of what is pasted, and no half character', () => {
  const pasted = editLine(lineOf('x'), { chord: 'paste', paste: '😀'.repeat(500_000) });
  expect(pasted?.text).toBe(`x${'😀'.repeat(2047)}`);
  expect(editLine(lineOf('y'.repeat(4096)), { chord: 'z', text: 'z' })?.text).toHaveLength(4096);
});
