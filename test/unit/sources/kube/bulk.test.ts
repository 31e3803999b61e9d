import { setImmediate as nextTurn } from 'node:timers/promises';
import net, { type AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Bulk } from '../../../../src/sources/kube/bulk.ts';
import { ca, GET, ok, open, secure, server as pair } from './open-transport.ts';
import type { Pair } from './tls-server.ts';

const BULK = { ...GET, bulk: true };

/** A server that says just this, and what it was asked. */
async function saying(...parts: readonly (string | Buffer)[]) {
  const asked: string[] = [];
  const sockets: net.Socket[] = [];
  const server = net.createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.once('data', (data) => {
      asked.push(data.toString('latin1'));
      for (const part of parts) socket.write(part);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const bulk = new Bulk({
    server: url,
    tls: {},
    target: '/api?watch=1',
    headers: { Accept: 'a/b' },
  });
  bulk.on('error', () => undefined);
  onTestFinished(() => void bulk.destroy());
  return { bulk, asked, sockets };
}

async function textOf(bulk: Bulk): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of bulk) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString('latin1');
}

describe('a long answer', () => {
  it.each([
    ['in chunks', 'Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n'],
    ['of a length', 'Content-Length: 5\r\n\r\nabcde'],
  ])('%s, is whole and has its head', async (_, rest) => {
    const text = `HTTP/1.1 200 OK\r\nX-A: \t b c \r\n${rest}`;
    for (const parts of [[text], text.split(/(?<=[^])/)]) {
      const { bulk, asked } = await saying(...parts);
      expect(await textOf(bulk)).toBe('abcde');
      expect([bulk.statusCode, bulk.headers['x-a']]).toEqual([200, 'b c']);
      expect(asked[0]).toMatch(
        /^GET \/api\?watch=1 HTTP\/1\.1\r\nHost: 127[^]*\r\nConnection: close\r\nAccept: a\/b\r\n\r\n$/,
      );
    }
  });

  it('fills the memory of a piece anew once the next one is asked for, and not before', async () => {
    const body = Buffer.alloc(8 * 2 ** 20, Buffer.from(Array.from({ length: 251 }, (_, i) => i)));
    const { bulk } = await saying(
      `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`,
      body,
    );
    const memory = new Set<ArrayBuffer>();
    let size = 0;
    for await (const piece of bulk) {
      memory.add(piece.buffer);
      // Whoever works on a piece may take its time: more comes meanwhile.
      for (let turn = 0; turn < 5; turn++) await nextTurn();
      expect(piece.equals(body.subarray(size, size + piece.length))).toBe(true);
      size += piece.length;
    }
    expect(size).toBe(body.length);
    expect(memory.size).toBeLessThan(10);
  });

  it('until the connection ends, where it has no length', async () => {
    const { bulk, sockets } = await saying('HTTP/1.0 200 OK\r\n\r\nabc');
    bulk.once('response', () => sockets[0]?.end('de'));
    expect(await textOf(bulk)).toBe('abcde');
  });

  it('comes behind preliminary ones', async () => {
    const { bulk } = await saying(
      'HTTP/1.1 103 Early Hints\r\nX-A: b\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n',
    );
    expect(await textOf(bulk)).toBe('');
    expect([bulk.statusCode, Object.keys(bulk.headers)]).toEqual([404, ['content-length']]);
  });

  it.each(['Content-Length: 0', 'Transfer-Encoding: chunked'])(
    'is not as long as a preliminary one says (%s)',
    async (framing) => {
      const { bulk, sockets } = await saying(
        `HTTP/1.1 103 Early Hints\r\n${framing}\r\n\r\nHTTP/1.1 200 OK\r\n\r\nabc`,
      );
      bulk.once('response', () => sockets[0]?.end());
      expect(await textOf(bulk)).toBe('abc');
    },
  );

  it('that is cut behind a preliminary one is an error', async () => {
    const { bulk, sockets } = await saying('HTTP/1.1 103 E\r\nContent-Length: 0\r\n\r\n');
    const found = textOf(bulk);
    await expect.poll(() => sockets.length).toBe(1);
    setImmediate(() => sockets[0]?.end());
    await expect(found).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('has the first of two headers, as with the library', async () => {
    const { bulk } = await saying(
      'HTTP/1.1 204 No Content\r\nContent-Type: a/b\r\nContent-Type: c/d\r\n\r\n',
    );
    expect(await textOf(bulk)).toBe('');
    expect(bulk.headers['content-type']).toBe('a/b');
  });

  it.each([
    ['in its head', 'HTTP/1.1 200 OK\r\nX-A'],
    ['in its chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab'],
    ['before its length', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab'],
  ])('that is cut %s is an error', async (_, text) => {
    const { bulk, sockets } = await saying(text);
    const found = textOf(bulk);
    await expect.poll(() => sockets.length).toBe(1);
    setImmediate(() => sockets[0]?.end());
    await expect(found).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it.each([
    ['not HTTP', 'SSH-2.0-OpenSSH_9.9\r\n\r\n'],
    ['a head without end', `HTTP/1.1 200 OK\r\n${'X-A: b\r\n'.repeat(5_000)}`],
    ['a head that is too long', `HTTP/1.1 200 OK\r\nX-A: ${'b'.repeat(20_000)}\r\n\r\n`],
    ['preliminary ones without end', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(4_000)],
    ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n'],
    ['no status', 'HTTP/1.1 099 OK\r\n\r\n'],
    ['a head of other lines', 'HTTP/1.1 200 OK\nContent-Length: 3\n\nabc'],
    ['a header that is none', 'HTTP/1.1 200 OK\r\nno header\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 2\r\n\r\nabc'],
    [
      'a length and chunks',
      'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['another coding', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n'],
    ['a wrong length', 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n'],
    ['a wrong chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n'],
  ])('%s is an error', async (_, text) => {
    const { bulk } = await saying(text);
    await expect(textOf(bulk)).rejects.toMatchObject({ code: 'HPE_INVALID' });
  });

  it('is held up where nobody takes it, and handed on in large pieces', async () => {
    const size = 30_000_000;
    const chunk = Buffer.alloc(10_000, 'x');
    const { bulk, sockets } = await saying(
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n',
      Buffer.concat(
        Array.from({ length: size / chunk.length }, () =>
          Buffer.concat([Buffer.from('2710\r\n'), chunk, Buffer.from('\r\n')]),
        ),
      ),
      '0\r\n\r\n',
    );
    await new Promise((done) => bulk.once('response', done));
    await bulk[Symbol.asyncIterator]().next();
    expect(sockets[0]?.writableLength).toBeGreaterThan(size / 3);
    bulk.destroy();
  });

  it('is held up also where it comes a little at a time', async () => {
    const { bulk, sockets } = await saying('HTTP/1.1 200 OK\r\n\r\n');
    await new Promise((done) => bulk.once('response', done));
    const [socket] = sockets;
    const size = 30_000;
    for (let sent = 0; sent < 20_000_000; sent += size) {
      socket?.write(Buffer.alloc(size, 'x'));
      await new Promise((done) => setImmediate(done));
    }
    expect(bulk.readableLength).toBeLessThan(1_000_000);
    expect(socket?.writableLength).toBeGreaterThan(1_000_000);
  });

  it('refuses to send what would be another header', () => {
    const server = new URL('http://127.0.0.1:1');
    const ask = (target: string, value: string) =>
      new Bulk({ server, tls: {}, target, headers: { A: value } });
    expect(() => ask('/', 'a\r\nB: c')).toThrow(/cannot be sent/);
    expect(() => ask('/ HTTP/1.1\r\nB: c', 'a')).toThrow(/cannot be sent/);
  });
});

describe('by a transport', () => {
  it('is asked for with the same credentials and checks as others', async () => {
    const { url, seen } = await secure();
    const transport = open({ server: url }, { token: 't0ken' });
    expect(await transport.json(BULK)).toEqual({ ok: true });
    expect(await transport.json(GET)).toEqual({ ok: true });
    const [bulk, other] = seen.map(({ headers, method, url: path }) => ({
      ...{ method, path, headers: { ...headers, connection: '' } },
    }));
    expect(bulk).toEqual(other);
    const distrusting = open({ server: url, 'certificate-authority-data': '' });
    const of = (request: typeof GET) => distrusting.json(request).catch(String);
    expect(await of(BULK)).toBe(await of(GET));
    expect(await of(BULK)).toContain('not trusted');
  });

  it('offers no other protocol than others: a server may take none of those offered', async () => {
    const { url } = await secure(ok, { ...pair, ALPNProtocols: ['h2'] } as Pair);
    expect(await open({ server: url }).json(GET)).toEqual({ ok: true });
    expect(await open({ server: url }).json(BULK)).toEqual({ ok: true });
  });

  it('finds a server at whichever of its addresses answers', async () => {
    const { url } = await secure();
    const server = new URL(url);
    server.hostname = 'loopback';
    const addresses = [
      { address: '127.0.0.9', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];
    const lookup: net.LookupFunction = (_host, _options, found) => found(null, addresses);
    const tls = { ca: ca.cert, lookup };
    const bulk = new Bulk({ server, target: '/version', headers: {}, tls });
    expect(JSON.parse(await textOf(bulk))).toEqual({ ok: true });
  });

  it('ends with the abort of whoever asked, and after its time', async () => {
    const abort = new AbortController();
    const { url } = await secure(() => abort.abort());
    const asked = open({ server: url }).json({ ...BULK, signal: abort.signal });
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    const { url: silent } = await secure(() => undefined);
    const late = open({ server: silent }).json({ ...BULK, timeout: 50 });
    await expect(late).rejects.toThrow(/did not answer|no answer/);
  });
});
