import { constants, deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { SPDY_DICTIONARY } from '../../../src/simulator/kube-api/spdy-dictionary.ts';
import { SpdySession, type SpdyStream } from '../../../src/simulator/kube-api/spdy.ts';

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

function frame(first: number, flags: number, body: Buffer): Buffer {
  const length = Buffer.alloc(3);
  length.writeUIntBE(body.length, 0, 3);
  return Buffer.concat([u32(first), Buffer.of(flags), length, body]);
}

const control = (type: number, body: Buffer, flags = 0): Buffer =>
  frame(((0x8003 << 16) | type) >>> 0, flags, body);

/** The first stream of a session with these headers, as a client opens it. */
function open(id: number, headers: Readonly<Record<string, string>>): Buffer {
  const words = Object.entries(headers)
    .flat()
    .map((word) => Buffer.concat([u32(word.length), Buffer.from(word)]));
  const plain = Buffer.concat([u32(Object.keys(headers).length), ...words]);
  const block = deflateSync(plain, {
    dictionary: SPDY_DICTIONARY,
    finishFlush: constants.Z_SYNC_FLUSH,
  });
  return control(1, Buffer.concat([u32(id), u32(0), Buffer.of(0, 0), block]));
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise<void>((resolve) => setImmediate(resolve));
}

it('streams are opened with their headers, carry bytes both ways and end each way', async () => {
  const sent: Buffer[] = [];
  const streams: SpdyStream[] = [];
  const session = new SpdySession(
    (bytes) => sent.push(bytes),
    (stream) => streams.push(stream),
  );
  const all = Buffer.concat([
    control(6, u32(7)),
    open(1, { streamtype: 'data', port: '80' }),
    frame(1, 0, Buffer.from('hello')),
    frame(1, 1, Buffer.alloc(0)),
  ]);
  // However it is cut on the way.
  for (let at = 0; at < all.length; at += 5) session.push(all.subarray(at, at + 5));
  await until(() => streams.length === 1);
  const [stream] = streams;
  expect(Object.fromEntries(stream?.headers ?? [])).toEqual({ streamtype: 'data', port: '80' });
  const heard: (string | undefined)[] = [];
  stream?.listen((bytes) => heard.push(bytes?.toString()));
  await until(() => heard.length === 2);
  expect(heard).toEqual(['hello', undefined]);
  expect(sent[0]).toEqual(control(6, u32(7)));
  expect(sent[1]?.subarray(0, 4)).toEqual(u32(0x80030002));
  stream?.write(Buffer.from('bye'));
  stream?.end();
  stream?.write(Buffer.from('late'));
  expect(sent.slice(2)).toEqual([frame(1, 0, Buffer.from('bye')), frame(1, 1, Buffer.alloc(0))]);
  expect(stream?.gone.aborted).toBe(false);
  session.close();
  expect(stream?.gone.aborted).toBe(true);
});

it('a stream that is reset is over', async () => {
  const streams: SpdyStream[] = [];
  const session = new SpdySession(
    () => undefined,
    (stream) => streams.push(stream),
  );
  session.push(open(3, { streamtype: 'error' }));
  session.push(control(3, Buffer.concat([u32(3), u32(5)])));
  await until(() => streams.length === 1);
  const heard: (Buffer | null)[] = [];
  streams[0]?.listen((bytes) => heard.push(bytes));
  await until(() => heard.length > 0);
  expect(heard).toEqual([null]);
});
