import { describe, expect, it } from 'vitest';
import { KubeconfigError } from '../../../../src/sources/kube/kubeconfig-file.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';
import { until } from './open-port.ts';
import { base64, ca, client, GET, ok, open, secure } from './open-transport.ts';
import { certificate, json, proxyTo, serve, socksTo } from './tls-server.ts';

describe('TLS as the kubeconfig says', () => {
  it('certificate-authority-data and client certificates', async () => {
    const { url, seen } = await secure();
    const user = {
      'client-certificate-data': base64(client.cert),
      'client-key-data': base64(client.key),
    };
    expect(await open({ server: url }, user).json(GET)).toEqual({ ok: true });
    expect(seen[0]).toMatchObject({ client: 'alice', headers: { 'user-agent': 'ekscope/1.2.3' } });
  });

  it('a server that the CA does not vouch for is refused, in words', async () => {
    const { url } = await secure();
    const stranger = await certificate('stranger');
    const transport = open({ server: url, 'certificate-authority-data': base64(stranger.cert) });
    await expect(transport.json(GET)).rejects.toThrow(
      /^the certificate of 127\.0\.0\.1:\d+ is not trusted/,
    );
  });

  it('insecure-skip-tls-verify', async () => {
    const { url } = await secure();
    const transport = open({
      server: url,
      'certificate-authority-data': '',
      'insecure-skip-tls-verify': true,
    });
    expect(await transport.json(GET)).toEqual({ ok: true });
  });

  it('tls-server-name', async () => {
    const { url } = await secure(ok, await certificate('kubernetes.default', ca));
    await expect(open({ server: url }).json(GET)).rejects.toThrow(/is not trusted/);
    const named = open({ server: url, 'tls-server-name': 'kubernetes.default' });
    expect(await named.json(GET)).toEqual({ ok: true });
  });

  it('a certificate that is none, or a file that is not there, is named', async () => {
    const { url } = await secure();
    const user = { 'client-certificate-data': base64('nonsense'), 'client-key-data': base64('x') };
    await expect(open({ server: url }, user).json(GET)).rejects.toThrow(
      /^a certificate or key for 127\.0\.0\.1:\d+ cannot be used/,
    );
    const absent = { 'client-certificate': '/nowhere/me.crt', 'client-key': '/nowhere/me.key' };
    await expect(open({ server: url }, absent).json(GET)).rejects.toMatchObject({
      code: 401,
      message: expect.stringContaining('/nowhere/me.crt') as string,
    });
  });

  it('plain HTTP works too, below a path', async () => {
    const { url, seen } = await serve(ok);
    await open({ server: `${url}/clusters/c-1/` }).json(GET);
    expect(seen[0]?.url).toBe('/clusters/c-1/version');
  });
});

describe('proxies', () => {
  it('proxy-url of the kubeconfig', async () => {
    const target = await secure();
    const proxy = await proxyTo(target.port);
    const user = {
      'client-certificate-data': base64(client.cert),
      'client-key-data': base64(client.key),
    };
    const transport = open({ server: target.url, 'proxy-url': proxy.url }, user);
    expect(await transport.json(GET)).toEqual({ ok: true });
    expect(target.seen[0]?.client).toBe('alice');
    expect(proxy.connects).toEqual([`127.0.0.1:${target.port}`]);
  });

  it('one of SOCKS looks names up itself', async () => {
    const target = await secure(ok, await certificate('api.example', ca));
    const proxy = await socksTo(target.port);
    const cluster = { server: 'https://api.example:6443', 'proxy-url': proxy.url };
    expect(await open(cluster).json(GET)).toEqual({ ok: true });
    expect(proxy.asked).toEqual(['api.example']);
  });

  it('one that is not there is named', async () => {
    const cluster = { server: 'https://api.example:6443', 'proxy-url': 'http://u:p@127.0.0.1:9' };
    await expect(open(cluster).json(GET)).rejects.toThrow(
      'api.example:6443 (through the proxy 127.0.0.1:9) refused the connection',
    );
  });

  it('HTTPS_PROXY and NO_PROXY of the environment', async () => {
    const target = await secure(ok, await certificate('api.example', ca));
    const proxy = await proxyTo(target.port);
    const env = { HTTPS_PROXY: proxy.url };
    const cluster = { server: 'https://api.example:6443' };
    expect(await open(cluster, {}, { env }).json(GET)).toEqual({ ok: true });
    expect(proxy.connects).toEqual(['api.example:6443']);
    const direct = open(cluster, {}, { env: { ...env, NO_PROXY: 'example' } });
    await expect(direct.json(GET)).rejects.toMatchObject({ code: 0 });
    expect(proxy.connects).toHaveLength(1);
  });
});

describe('connections', () => {
  it('are kept and reused, apart for streams; fresh ones are new', async () => {
    const { url, seen } = await secure();
    const transport = open({ server: url });
    for (const pool of ['requests', 'requests', 'watches', 'fresh', 'fresh'] as const) {
      await transport.json({ ...GET, pool });
    }
    const ports = seen.map(({ port }) => port);
    expect(ports[1]).toBe(ports[0]);
    expect(new Set(ports).size).toBe(4);
  });

  it('that the server closed while idle are no failure of the next read', async () => {
    const ports = new Map<number, number>();
    const { url } = await secure(({ port }, response) => {
      const requests = (ports.get(port) ?? 0) + 1;
      ports.set(port, requests);
      if (requests === 1) json(response, { ok: true });
      else response.destroy();
    });
    const transport = open({ server: url });
    await transport.json(GET);
    expect(await transport.json(GET)).toEqual({ ok: true });
    expect([...ports.values()]).toEqual([2, 1]);
  });

  it('that are cut in the middle of an answer are not asked again behind the back', async () => {
    const { url, seen } = await serve((_seen, response) => {
      if (seen.length === 1) json(response, { ok: true });
      else {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.write('{', () => response.socket?.resetAndDestroy());
      }
    });
    const transport = open({ server: url });
    await transport.json(GET);
    await expect(transport.json(GET)).rejects.toThrow(/was cut/);
    await transport.json({ ...GET, pool: 'fresh' }).catch(() => undefined);
    expect(seen).toHaveLength(3);
  });

  it('a head that does not come in time is an error', async () => {
    const clock = new VirtualClock();
    const { url } = await secure(() => clock.advance(5_000));
    const transport = open({ server: url }, {}, { clock, timeout: 5_000 });
    await expect(transport.json(GET)).rejects.toThrow(
      /^no answer from 127\.0\.0\.1:\d+ within 5 s$/,
    );
    expect(clock.pending).toBe(0);
  });

  it('a body that does not end in time is an error', async () => {
    const clock = new VirtualClock();
    const { url } = await secure((_seen, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' }).write('{"half":');
    });
    const transport = open({ server: url }, {}, { clock, timeout: 5_000 });
    const response = await transport.open(GET);
    response.destroy();
    const asked = transport.json(GET).catch((error: unknown) => error);
    let answer: unknown;
    void asked.then((error) => (answer = error));
    while (answer === undefined) {
      clock.advance(100);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(answer).toMatchObject({
      code: 0,
      message: expect.stringMatching(/within 5 s/) as string,
    });
  });

  it('a body without end is an error, and is not read further', async () => {
    const piece = Buffer.alloc(65_536, 0x20);
    let closed = false;
    const { url } = await secure((_seen, response) => {
      response.on('close', () => (closed = true));
      response.writeHead(200, { 'Content-Type': 'application/json' });
      const more = (): void => {
        if (!response.destroyed) response.write(piece, more);
      };
      more();
    });
    await expect(open({ server: url }).json(GET)).rejects.toMatchObject({
      code: 0,
      reason: 'TooLarge',
      message: 'the server sent an answer of more than 8 MiB',
    });
    await until(() => closed);
  });

  it('headers without end are an error', async () => {
    const { url } = await secure((_seen, response) => {
      for (let i = 0; i < 2_000; i++) response.setHeader(`X-${i}`, 'x'.repeat(100));
      response.end('{}');
    });
    await expect(open({ server: url }).json(GET)).rejects.toThrow(/does not answer in HTTP/);
  });

  it("the caller's abort ends a request", async () => {
    const abort = new AbortController();
    const { url } = await secure(() => abort.abort());
    const asked = open({ server: url }).json({ ...GET, signal: abort.signal });
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    await expect(
      open({ server: url }).json({ ...GET, signal: abort.signal }),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });

  it.each([false, true])(
    "the caller's abort ends also an answer that is here but not read (bulk: %s)",
    async (bulk) => {
      const { url } = await secure();
      const transport = open({ server: url });
      const abort = new AbortController();
      const request = { ...GET, bulk, signal: abort.signal };
      const read = async (): Promise<void> => {
        for await (const chunk of transport.chunks(request, await transport.open(request))) {
          if (chunk.length > 0) abort.abort();
        }
      };
      await expect(read()).rejects.toMatchObject({ name: 'AbortError' });
      expect(await transport.json(GET)).toEqual({ ok: true });
    },
  );

  it.each([false, true])('a server that changes the protocol is told (bulk: %s)', async (bulk) => {
    const { url } = await secure((_seen, { socket }) => {
      socket?.write('HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n');
    });
    await expect(open({ server: url }).json({ ...GET, bulk })).rejects.toThrow(
      /does not answer in HTTP/,
    );
  });
});

describe('read-only', () => {
  it('refuses what is no read before anything is sent', async () => {
    const { url, seen } = await secure();
    const transport = open({ server: url }, {}, { readonly: () => true });
    const patch = {
      doing: 'patch deployments/api in shop',
      method: 'PATCH' as const,
      path: '/apis/apps/v1/namespaces/shop/deployments/api',
    };
    await expect(transport.json(patch)).rejects.toThrow(
      'read-only: patch deployments/api in shop is refused',
    );
    expect(seen).toHaveLength(0);
    expect(await transport.json(GET)).toEqual({ ok: true });
  });
});

it('an address that is no URL is refused at once, as a mistake in the kubeconfig', () => {
  expect(() => open({ server: 'https://prod.example:x' })).toThrow(KubeconfigError);
});

it('an answer that leads elsewhere is an error, and is not followed', async () => {
  const other = await secure();
  const { url } = await secure((_seen, response) => {
    response.writeHead(307, { Location: `${other.url}/version` }).end();
  });
  await expect(open({ server: url }, { token: 't' }).json(GET)).rejects.toMatchObject({
    code: 307,
  });
  expect(other.seen).toEqual([]);
});
