import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Chunked } from '../../../../src/sources/kube/chunked.ts';

/** What comes of bytes that are fed in pieces of these sizes. */
function decoded(bytes: Buffer, sizes: readonly number[] = [bytes.length]) {
  const chunked = new Chunked();
  const data: Buffer[] = [];
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const piece = bytes.subarray(at, at + Math.max(1, sizes[i % sizes.length] ?? 1));
    chunked.feed(piece, 0, (start, end) => data.push(Buffer.from(piece.subarray(start, end))));
    at += piece.length;
  }
  return { text: Buffer.concat(data).toString('latin1'), isOver: chunked.isOver };
}

const ofText = (text: string, sizes?: readonly number[]) =>
  decoded(Buffer.from(text, 'latin1'), sizes);

describe('chunks', () => {
  it('give what was sent, wherever they are cut', () => {
    const chunk = fc.uint8Array({ minLength: 1, maxLength: 300 });
    const ends = fc.constantFrom('', ';a', ';a="b;c"');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(chunk, ends), { maxLength: 20 }),
        fc.array(fc.nat(70), { minLength: 1 }),
        fc.constantFrom('', 'Expires: never\r\n', 'A: b\r\nC: d\r\n'),
        (chunks, sizes, trailer) => {
          const sent = chunks.flatMap(([data, extension]) => [
            Buffer.from(`${data.length.toString(16)}${extension}\r\n`),
            Buffer.from(data),
            Buffer.from('\r\n'),
          ]);
          const found = decoded(
            Buffer.concat([...sent, Buffer.from(`0\r\n${trailer}\r\n`)]),
            sizes,
          );
          const whole = Buffer.concat(chunks.map(([data]) => Buffer.from(data)));
          expect(found).toEqual({ text: whole.toString('latin1'), isOver: true });
        },
      ),
    );
  });

  it('are not over before the last', () => {
    expect(ofText('3\r\nabc\r\n')).toEqual({ text: 'abc', isOver: false });
    expect(ofText('A\r\nabc')).toEqual({ text: 'abc', isOver: false });
    expect(ofText('0\r\n')).toEqual({ text: '', isOver: false });
  });

  it('may have zeros before their length, and something behind the end', () => {
    const text = `${'0'.repeat(32)}3\r\nabc\r\n0\r\n\r\nGET`;
    expect(ofText(text)).toEqual({ text: 'abc', isOver: true });
    expect(ofText(text, [1])).toEqual({ text: 'abc', isOver: true });
  });

  it.each([
    ['no number', 'abx\r\n'],
    ['no length at all', '\r\n'],
    ['a sign', '-1\r\n'],
    ['a length beyond all measure', '1234567890\r\n'],
    ['a length of very many digits', `${'f'.repeat(400)}\r\n`],
    ['more than was said', '1\r\nab\r\n'],
  ])('%s is an error', (_, text) => {
    expect(() => ofText(text)).toThrow('Parse Error');
    expect(() => ofText(text, [1])).toThrow('Parse Error');
  });
});
