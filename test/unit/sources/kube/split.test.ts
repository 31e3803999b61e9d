import fc from 'fast-check';
import { expect, it } from 'vitest';
import { frameSplitter, lineSplitter, type Splitter } from '../../../../src/sources/kube/split.ts';

/** Pushes `bytes` in chunks of these sizes and gives the pieces. */
function pieces(splitter: Splitter, bytes: Buffer, sizes: readonly number[]): string[] {
  const found: string[] = [];
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    for (const piece of splitter.push(bytes.subarray(at, at + size))) found.push(piece.toString());
    at += size;
  }
  return found;
}

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });

it('lines come out whole, however the stream was cut', () => {
  const line = fc
    .string({ unit: 'grapheme' })
    .filter((text) => text !== '' && !text.includes('\n'));
  fc.assert(
    fc.property(fc.array(line), sizes, (lines, cut) => {
      const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''));
      expect(pieces(lineSplitter(), bytes, cut)).toEqual(lines);
    }),
  );
});

it('frames come out whole, however the stream was cut', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 0, maxLength: 300 })), sizes, (texts, cut) => {
      const frames = texts.map((text) => {
        const head = Buffer.alloc(4);
        head.writeUInt32BE(Buffer.byteLength(text));
        return Buffer.concat([head, Buffer.from(text)]);
      });
      expect(pieces(frameSplitter(), Buffer.concat(frames), cut)).toEqual(texts);
    }),
  );
});

it('a length that no frame has is an error, not a wait for ever', () => {
  expect(() => pieces(frameSplitter(), Buffer.from('<html>'), [6])).toThrow(
    /an event of more than 8 MiB/,
  );
});

it('a line that does not end is an error once it is too long', () => {
  const splitter = lineSplitter();
  const chunk = Buffer.alloc(2 ** 20, 0x20);
  for (let i = 0; i < 8; i++) expect([...splitter.push(chunk)]).toEqual([]);
  expect(() => [...splitter.push(chunk)]).toThrow(/an event of more than 8 MiB/);
});
