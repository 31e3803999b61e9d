import { expect, it } from 'vitest';
import { parseTape, TapeError } from '../../support/tape.ts';

it('reads what a tape is made of', () => {
  expect(
    parseTape(
      [
        'Output demo.gif',
        'Set Width 1280 # pixels',
        'Hide',
        'Type@20ms ":pods" "shop"',
        'Enter',
        'Down@150ms 3',
        'Ctrl+W',
        'Wait+Screen@5s /Pods\\(all\\)\\[[0-9]+\\]/',
        'Sleep 500ms',
      ].join('\n'),
    ),
  ).toEqual([
    { kind: 'output', value: 'demo.gif' },
    { kind: 'set', name: 'Width', value: '1280' },
    { kind: 'hide' },
    { kind: 'type', text: ':pods shop' },
    { kind: 'key', chord: 'enter', count: 1 },
    { kind: 'key', chord: 'down', count: 3 },
    { kind: 'key', chord: 'ctrl-w', count: 1 },
    { kind: 'wait', screen: true, ms: 5000, pattern: /Pods\(all\)\[[0-9]+\]/m },
    { kind: 'sleep', ms: 500 },
  ]);
});

it.each([
  ['Type hello', 'Type takes strings in quotes'],
  ['Type "x', 'left open'],
  ['Home', 'there is no command Home'],
  ['Ctrl+s', 'unit of time'],
  ['Ctrl+1', 'does not press'],
  ['Hide\nSet Width 5', 'after the header'],
  ['Set Colour 5', 'no setting Colour'],
  ['Sleep soon', 'not a time'],
  ['Wait+Screen pods', 'takes a /pattern/'],
])('%j is refused', (source, message) => {
  expect(() => parseTape(source)).toThrow(TapeError);
  expect(() => parseTape(source)).toThrow(message);
});
