import { describe, expect, it } from 'vitest';
import { ByteQueue } from '../../../src/core/byte-queue.ts';
import { byteWords } from '../../../src/core/bytes.ts';

function setUp() {
  const log: string[] = [];
  const queue = new ByteQueue({
    hold: () => void log.push('hold'),
    go: () => void log.push('go'),
    leave: () => void log.push('leave'),
  });
  return { log, queue };
}

const chunk = (size: number): Uint8Array => new Uint8Array(size);

describe('bytes that come by themselves', () => {
  it('hold up who sends while much of them waits', async () => {
    const { log, queue } = setUp();
    for (let i = 0; i < 8; i++) queue.push(chunk(2 ** 18));
    expect(log).toEqual(['hold']);
    queue.end();
    let taken = 0;
    for await (const bytes of queue) taken += bytes.length;
    expect(taken).toBe(2 ** 21);
    expect(log).toEqual(['hold', 'go', 'leave']);
  });

  it('are taken before what ended them is told', async () => {
    const { queue } = setUp();
    queue.push(chunk(1));
    queue.end(new Error('cut'));
    queue.end();
    let taken = 0;
    const taking = async (): Promise<void> => {
      for await (const bytes of queue) taken += bytes.length;
    };
    await expect(taking()).rejects.toThrow('cut');
    expect(taken).toBe(1);
  });

  it('are left by who has enough', async () => {
    const { log, queue } = setUp();
    queue.push(chunk(1));
    const taking = queue[Symbol.asyncIterator]();
    await taking.next();
    await taking.return();
    queue.push(chunk(2 ** 21));
    expect(log).toEqual(['leave']);
  });
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [999_400, '999 kB'],
  [999_600, '1.0 MB'],
  [100_000_000, '100 MB'],
  [5e15, '5000 TB'],
])('%d bytes are %s', (bytes, words) => {
  expect(byteWords(bytes)).toBe(words);
});
