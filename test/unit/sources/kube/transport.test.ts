import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { Connection, type ConnectionOptions } from '../../../../src/sources/kube/connection.ts';
import { loadKubeconfig } from '../../../../src/sources/kube/kubeconfig.ts';
import { KubeconfigError } from '../../../../src/sources/kube/kubeconfig-file.ts';
import { Transport, type TransportOptions } from '../../../../src/sources/kube/transport.ts';
import { systemClock } from '../../../../src/core/clock.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';
import { certificate, json, proxyTo, serve, type Answer, type Pair } from './tls-server.ts';

const GET = { doing: 'ask', path: '/version' };
const ok: Answer = (_seen, response) => json(response, { ok: true });
const base64 = (text: string): string => Buffer.from(text).toString('base64');

let ca: Pair;
let server: Pair;
let client: Pair;
beforeAll(async () => {
  ca = await certificate('test-ca');
  server = await certificate('loopback', ca);
  client = await certificate('alice', ca);
});

const secure = (answer: Answer = ok, pair: Pair = server) =>
  serve(answer, { ...pair, ca: ca.cert });

function open(
  cluster: { server: string; [field: string]: unknown },
  user: object = {},
  options: Partial<ConnectionOptions & TransportOptions> = {},
): Transport {
  const text = JSON.stringify({
    'current-context': 'c',
    clusters: [
      { name: 'c', cluster: { 'certificate-authority-data': base64(ca.cert), ...cluster } },
    ],
    users: [{ name: 'c', user }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'c' } }],
  });
  const all = {
    clock: systemClock,
    env: {},
    version: '1.2.3',
    readonly: false,
    timeout: 30_000,
    ...options,
  };
  const target = { config: loadKubeconfig({ text }), context: 'c' };
  return new Transport(new Connection(target, all), all);
}

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
    const absent = { 'client-certificate': '/nowhere/me.crt' };
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

describe('identity', () => {
  it('impersonation of the kubeconfig, or of the command line in its place', async () => {
    const { url, seen } = await secure();
    const user = { as: 'eve', 'as-groups': ['dev'] };
    await open({ server: url }, user).json(GET);
    await open({ server: url }, user, { impersonate: { user: 'bob', groups: ['a', 'b'] } }).json(
      GET,
    );
    const groups = seen.map(({ rawHeaders }) =>
      rawHeaders.filter((_value, i) => rawHeaders[i - 1] === 'Impersonate-Group'),
    );
    expect(seen.map(({ headers }) => headers['impersonate-user'])).toEqual(['eve', 'bob']);
    expect(groups).toEqual([['dev'], ['a', 'b']]);
  });

  it('a static token, or a name with a password', async () => {
    const { url, seen } = await secure();
    await open({ server: url }, { token: 't0ken' }).json(GET);
    await open({ server: url }, { username: 'u', password: 'p' }).json(GET);
    expect(seen.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer t0ken',
      `Basic ${base64('u:p')}`,
    ]);
  });

  it('a token file, by client-node', async () => {
    const { url, seen } = await secure();
    const file = join(mkdtempSync(join(tmpdir(), 'token-')), 'token');
    writeFileSync(file, 't0ken');
    onTestFinished(() => rmSync(dirname(file), { recursive: true }));
    await open({ server: url }, { tokenFile: file }).json(GET);
    expect(seen[0]?.headers.authorization).toBe('Bearer t0ken');
  });

  const eks = {
    exec: { command: 'aws', args: ['--region', 'r', 'eks', 'get-token', '--cluster-name', 'shop'] },
  };

  it('an EKS token made in process, renewed once after a 401', async () => {
    let made = 0;
    const { url, seen } = await secure(({ headers }, response) => {
      json(response, {}, headers.authorization === 'Bearer token-1' ? 401 : 200);
    });
    const text = JSON.stringify({
      clusters: [
        { name: 'c', cluster: { server: url, 'certificate-authority-data': base64(ca.cert) } },
      ],
      users: [{ name: 'c', user: eks }],
      contexts: [{ name: 'c', context: { cluster: 'c', user: 'c' } }],
    });
    const asked: unknown[] = [];
    const eksToken = (cluster: unknown) => {
      asked.push(cluster);
      return Promise.resolve({ token: `token-${++made}`, expires: Infinity });
    };
    const clock = new VirtualClock();
    const options = { clock, env: {}, version: '1', readonly: false, timeout: 30_000 };
    const target = { config: loadKubeconfig({ text }), context: 'c', eksToken };
    const connection = new Connection(target, options);
    await connection.material('requests');
    // Time passes, and the token ends before it said it would.
    clock.advance(60_000);
    await new Transport(connection, options).json(GET);
    expect(asked[0]).toMatchObject({ name: 'shop', region: 'r', profile: '', role: '' });
    expect(seen.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ]);
  });

  it('an endpoint without a kubeconfig; a fresh token that is refused is told at once', async () => {
    const { url, seen } = await secure((_seen, response) =>
      json(response, { message: 'Unauthorized' }, 401),
    );
    const options = { clock: systemClock, env: {}, version: '1', readonly: false, timeout: 30_000 };
    const token = () => Promise.resolve({ token: 'k8s-aws-v1.abc', expires: Infinity });
    const target = { server: url, caData: base64(ca.cert), token };
    const transport = new Transport(new Connection(target, options), options);
    await expect(transport.json(GET)).rejects.toMatchObject({ code: 401, message: 'Unauthorized' });
    expect(seen).toHaveLength(1);
  });

  it("a plugin's client certificate", async () => {
    const { url, seen } = await secure();
    const status = { clientCertificateData: client.cert, clientKeyData: client.key };
    const script = `console.log(${JSON.stringify(JSON.stringify({ status }))})`;
    const exec = { command: process.execPath, args: ['-e', script] };
    await open({ server: url }, { exec }, { env: process.env }).json(GET);
    expect(seen[0]?.client).toBe('alice');
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

  it("the caller's abort ends a request", async () => {
    const abort = new AbortController();
    const { url } = await secure(() => abort.abort());
    const asked = open({ server: url }).json({ ...GET, signal: abort.signal });
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('read-only', () => {
  it('refuses what is no read before anything is sent', async () => {
    const { url, seen } = await secure();
    const transport = open({ server: url }, {}, { readonly: true });
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
  expect(() => open({ server: 'prod.example:443' })).toThrow(
    new KubeconfigError(
      'the server address "prod.example:443" is no URL: it should be https://host:port',
    ),
  );
});
