import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/core/clock.ts';
import { ApiServer, type Pool } from '../../../../src/sources/kube/api-server.ts';
import { base64, ca, client, connect, GET, open, secure, server } from './open-transport.ts';
import { certificate, type Pair } from './tls-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'tls-'));
afterAll(() => rmSync(folder, { recursive: true }));
function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
let stranger: Pair;
beforeAll(async () => {
  stranger = await certificate('stranger');
});

const NONE = { 'certificate-authority-data': '' };

describe('a CA', () => {
  it('of a file is trusted, also among others', async () => {
    const { url } = await secure();
    const bundle = file('bundle.crt', `# ours\n${stranger.cert}\n${ca.cert}`);
    const cluster = { server: url, ...NONE, 'certificate-authority': bundle };
    expect(await open(cluster).json(GET)).toEqual({ ok: true });
  });

  it.each([
    ['that is not there', () => join(folder, 'absent'), /absent cannot be read: there is no such/],
    ['that is a folder', () => folder, /cannot be read: it is no regular file/],
    ['that is empty', () => file('empty', ''), /empty holds no certificate to trust/],
    ['that holds something else', () => file('key', stranger.key), /key holds no certificate/],
    [
      'that is broken',
      () => file('broken', '-----BEGIN CERTIFICATE-----\nQQ==\n-----END CERTIFICATE-----'),
      /broken holds no certificate/,
    ],
    ['that never ends', () => file('large', ' '.repeat(2 ** 21 + 1)), /larger than 2 MiB/],
  ])('%s is an error, and never means the roots of the system', async (_what, path, why) => {
    const { url, seen } = await secure();
    const cluster = { server: url, ...NONE, 'certificate-authority': path() };
    await expect(open(cluster).json(GET)).rejects.toThrow(why);
    expect(seen).toEqual([]);
  });

  it("of a kubeconfig may be the server's own certificate, which it did not sign", async () => {
    const { url } = await secure();
    const own = { server: url, 'certificate-authority-data': base64(server.cert) };
    expect(await open(own).json(GET)).toEqual({ ok: true });
    const others = { server: url, 'certificate-authority-data': base64(client.cert) };
    await expect(open(others).json(GET)).rejects.toThrow(/is not trusted/);
  });

  it('that AWS describes is checked in the same way', async () => {
    const { url } = await secure();
    const options = { clock: systemClock, env: {} };
    const token = () => Promise.resolve({ token: 't', expires: Infinity });
    expect(() => new ApiServer({ server: url, caData: '', token }, options)).toThrow(
      `AWS tells no certificate authority for ${url}`,
    );
    const odd = new ApiServer({ server: url, caData: base64('nothing'), token }, options);
    await expect(odd.material('requests')).rejects.toThrow(/holds no certificate to trust/);
  });
});

describe('a connection whose certificate is not verified', () => {
  const skip = { ...NONE, 'insecure-skip-tls-verify': true };

  it('says so', async () => {
    const { url } = await secure();
    const { api, transport } = connect({ server: url, ...skip });
    expect(await transport.json(GET)).toEqual({ ok: true });
    expect(api.insecure).toEqual({
      what: 'TLS not verified',
      why: 'the kubeconfig says insecure-skip-tls-verify',
    });
    expect(connect({ server: url }).api.insecure).toBeNull();
  });

  it('also where the environment asks for it, which is never followed in silence', async () => {
    const { url } = await secure();
    const trusted = { server: url, 'certificate-authority-data': base64(stranger.cert) };
    const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    const { api, transport } = connect(trusted, {}, { env });
    expect(api.insecure?.why).toBe('NODE_TLS_REJECT_UNAUTHORIZED is 0');
    expect(await transport.json(GET)).toEqual({ ok: true });
  });

  it('without TLS says that, but not on this machine', () => {
    const insecure = (server: string) => connect({ server, ...NONE }).api.insecure?.what;
    expect(insecure('http://10.0.0.1:8080')).toBe('no TLS');
    expect(insecure('http://127.0.0.1:8080')).toBeUndefined();
    expect(insecure('http://localhost:8080')).toBeUndefined();
  });
});

it('the checks do not depend on the environment of the process', async () => {
  const { url } = await secure();
  const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  try {
    const trusted = { server: url, 'certificate-authority-data': base64(stranger.cert) };
    await expect(open(trusted).json(GET)).rejects.toThrow(/is not trusted/);
  } finally {
    if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
  }
});

describe('what connections share of their certificates', () => {
  it('is one agent of each pool, until a file that they come from is another', async () => {
    const { url } = await secure();
    const [certificate, key] = [file('cert.pem', client.cert), file('key.pem', client.key)];
    const user = { 'client-certificate': certificate, 'client-key': key };
    const { api } = connect({ server: url }, user);
    const agent = async (pool: Pool) => (await api.material(pool)).agent;
    const first = await agent('requests');
    writeFileSync(certificate, client.cert);
    expect(await agent('requests')).toBe(first);
    expect(await agent('watches')).not.toBe(first);
    expect(await agent('fresh')).not.toBe(await agent('fresh'));
    writeFileSync(certificate, stranger.cert);
    writeFileSync(key, stranger.key);
    expect(await agent('requests')).not.toBe(first);
  });

  it('is parsed once, until a file that it comes from is another', async () => {
    const { url, seen } = await secure();
    const trusted = file('changing.crt', ca.cert);
    const cluster = { server: url, ...NONE, 'certificate-authority': trusted };
    const { api, transport } = connect(cluster);
    const parsed = async (pool: Pool) => (await api.material(pool)).straight?.secureContext;
    const first = await parsed('requests');
    expect(first).toBeDefined();
    expect(await parsed('watches')).toBe(first);
    expect(await parsed('fresh')).toBe(first);
    expect(await transport.json(GET)).toEqual({ ok: true });
    writeFileSync(trusted, stranger.cert);
    expect(await parsed('requests')).not.toBe(first);
    await expect(transport.json(GET)).rejects.toThrow(/is not trusted/);
    expect(seen).toHaveLength(1);
  });

  it('that cannot be parsed is an error of the connection', async () => {
    const { url } = await secure();
    const user = {
      'client-certificate-data': base64(ca.cert),
      'client-key-data': base64(stranger.key),
    };
    await expect(open({ server: url }, user).json(GET)).rejects.toThrow(/key/i);
  });
});

// As kubectl 1.32 and 1.33, whatever certificates there are.
it.each([
  ['api.example:6443', 'http://api.example:6443'],
  ['api.example/', 'http://api.example'],
  ['HTTPS://api.example/k8s/c-1/', 'https://api.example/k8s/c-1'],
  ['https://name:pw@api.example?a=b', 'https://api.example'],
])('the server %s is reached at %s', (server, address) => {
  expect(connect({ server }).transport.server).toBe(address);
});

it('an address without a scheme that is none of http says how it was read', async () => {
  const { url } = await secure();
  await expect(open({ server: url.replace('https://', '') }).json(GET)).rejects.toThrow(
    /\(read as http:\/\/, for its address does not begin with https:\/\/\)/,
  );
});
