import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KeyDecoder } from '../../../src/keys/decode.ts';
import type { KeyEvent } from '../../../src/keys/key-event.ts';

function decode(...chunks: (string | Uint8Array)[]): KeyEvent[] {
  const decoder = new KeyDecoder();
  return [...chunks.flatMap((chunk) => decoder.push(chunk)), ...decoder.flush()];
}

const chords = (input: string): string[] => decode(input).map(({ chord }) => chord);

test.each<[input: string, chords: string[]]>([
  ['jjj', ['j', 'j', 'j']],
  ['j\r', ['j', 'enter']],
  ['G !', ['G', 'space', '!']],
  ['\x1b', ['esc']],
  ['\x1b\x1b', ['esc', 'esc']],
  ['\x1bj', ['alt-j']],
  ['\x1b\x1bx', ['esc', 'alt-x']],
  ['\x1b[A\x1b[B\x1b[C\x1b[D', ['up', 'down', 'right', 'left']],
  ['\x1bOA\x1bOH', ['up', 'home']],
  [
    '\x1b[1;2D\x1b[1;5C\x1b[1;3A\x1b[1;6F',
    ['shift-left', 'ctrl-right', 'alt-up', 'ctrl-shift-end'],
  ],
  ['\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~', ['home', 'end', 'home', 'end', 'home', 'end']],
  ['\x1b[2~\x1b[3~\x1b[5~\x1b[6~\x1b[6;5~', ['insert', 'delete', 'pgup', 'pgdn', 'ctrl-pgdn']],
  ['\x1bOP\x1b[15~\x1b[24~\x1b[[A\x1b[[E\x1b[1;2P', ['f1', 'f5', 'f12', 'f1', 'f5', 'shift-f1']],
  ['\x1b[Z\t', ['shift-tab', 'tab']],
  [
    '\x00\x17\x1c\x1d\x1e\x1f\x01\x1a',
    ['ctrl-space', 'ctrl-w', 'ctrl-\\', 'ctrl-]', 'ctrl-^', 'ctrl-_', 'ctrl-a', 'ctrl-z'],
  ],
  ['\x7f\x08\x1b\x7f', ['backspace', 'backspace', 'alt-backspace']],
  ['\x1b[a\x1bOc', ['shift-up', 'ctrl-right']],
  ['\x1b\x1b[A', ['alt-up']],
  ['\x1b[', ['alt-[']],
  ['\x1bO', ['alt-O']],
  ['\x1b[119;5u\x1b[106u\x1b[106;2u\x1b[13;2u\x1b[27u', ['ctrl-w', 'j', 'J', 'shift-enter', 'esc']],
  ['\x1b[106;1:3u\x1b[57441;2u', []],
  ['\x1b[27;5;13~\x1b[27;5;119~', ['ctrl-enter', 'ctrl-w']],
  ['\x1bOj\x1bOM\x1bOt', ['*', 'enter', '4']],
  ['\x1b[<0;10;20Mj\x1b[<0;10;20m', ['j']],
  ['\x1b[M !!k', ['k']],
  ['\x1b[I\x1b[O\x1b[?62;4c\x1b[12;40R\x1b[999~x', ['x']],
  ['\x1b]11;rgb:0/0/0\x07a\x1b]11;x\x1b\\b\x1bP1$r0m\x1b\\c', ['a', 'b', 'c']],
  ['\x1b]rest', ['alt-]', 'r', 'e', 's', 't']],
  ['ä日🚀', ['ä', '日', '🚀']],
  ['\x1bä\x1b🚀', ['alt-ä', 'alt-🚀']],
  ['\x85\x9b', []],
])('%j', (input, expected) => {
  expect(chords(input)).toEqual(expected);
});

test('printable keys carry their text', () => {
  expect(decode('j \x17')).toEqual([
    { chord: 'j', text: 'j' },
    { chord: 'space', text: ' ' },
    { chord: 'ctrl-w' },
  ]);
});

describe('paste', () => {
  test('is one event, with line breaks as \\n', () => {
    expect(decode('a\x1b[200~x\r\ny\rz\x1b[A\x1b[201~b')).toEqual([
      { chord: 'a', text: 'a' },
      { chord: 'paste', paste: 'x\ny\nz\x1b[A' },
      { chord: 'b', text: 'b' },
    ]);
  });

  test('without an end stays open until it is flushed', () => {
    const decoder = new KeyDecoder();
    expect(decoder.push('\x1b[200~abc\x1b[20')).toEqual([]);
    expect(decoder.pending).toBe('paste');
    expect(decoder.flush()).toEqual([{ chord: 'paste', paste: 'abc\x1b[20' }]);
    expect(decoder.pending).toBeUndefined();
  });

  test('is searched once, however many chunks bring it', () => {
    // 8 MB in chunks of 1 kB: a decoder that starts over with each chunk would look at 32 GB.
    const decoder = new KeyDecoder();
    const chunk = new Uint8Array(1024).fill(0x61);
    decoder.push('\x1b[200~');
    for (let i = 0; i < 8192; i++) decoder.push(chunk);
    const [event] = decoder.push('\x1b[201~');
    expect(event?.paste?.length).toBe(8 * 1024 * 1024);
  });
});

test('an incomplete key waits, and a later piece completes it', () => {
  const decoder = new KeyDecoder();
  expect(decoder.push('\x1b')).toEqual([]);
  expect(decoder.pending).toBe('key');
  expect(decoder.push('[1;')).toEqual([]);
  expect(decoder.push('5A')).toEqual([{ chord: 'ctrl-up' }]);
  expect(decoder.pending).toBeUndefined();
});

test('any split of the input gives the same keys', () => {
  const token = fc.constantFrom(
    'j',
    ' ',
    '\r',
    '\x1b[A',
    '\x1b[1;5D',
    '\x1bOP',
    '\x1b[5~',
    '\x1bx',
    '\x17',
    'ä',
    '日',
    '🚀',
    '\x1b\x1b[B',
    '\x1b[<0;1;2M',
    '\x1b[M !!',
    '\x1b[[B',
    '\x1b]0;t\x07',
    '\x1b]x\x1b\\',
    '\x1b[200~p\r\nq🚀\x1b\x1b[201~',
    '\x1b[106;5u',
  );
  fc.assert(
    fc.property(
      fc.array(token, { maxLength: 12 }),
      fc.array(fc.nat({ max: 8 })),
      (tokens, sizes) => {
        const bytes = new TextEncoder().encode(tokens.join(''));
        const chunks: Uint8Array[] = [];
        let at = 0;
        for (const size of sizes) {
          chunks.push(bytes.subarray(at, at + size));
          at += size;
        }
        expect(decode(...chunks, bytes.subarray(at))).toEqual(tokens.flatMap((one) => decode(one)));
        expect(decode(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(decode(bytes));
      },
    ),
  );
});

test('whatever comes in, nothing is stuck after a flush', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\x1b', '\x1b[', '\x1b]', '\x1bO', '\x1b[[', '\x1b[M'),
      (noise, start) => {
        const decoder = new KeyDecoder();
        decoder.push(noise + start + noise);
        decoder.flush();
        expect(decoder.pending).toBeUndefined();
        expect(decoder.push('q')).toEqual([{ chord: 'q', text: 'q' }]);
      },
    ),
  );
});
