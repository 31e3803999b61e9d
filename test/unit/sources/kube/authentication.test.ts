import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/core/clock.ts';
import { ApiServer } from '../../../../src/sources/kube/api-server.ts';
import { Transport } from '../../../../src/sources/kube/transport.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';
import { base64, ca, client, connect, GET, open, secure, type Options } from './open-transport.ts';
import { json, serve } from './tls-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'auth-'));
afterAll(() => rmSync(folder, { recursive: true }));
function file(name: string, content: string, mode = 0o600): string {
  const path = join(folder, name);
  writeFileSync(path, content, { mode });
  return path;
}

const APIVERSION = 'client.authentication.k8s.io/v1beta1';
const status = (fields: object) =>
  JSON.stringify({ apiVersion: APIVERSION, kind: 'ExecCredential', status: fields });
const plugin = (script: string) => ({
  exec: { apiVersion: APIVERSION, command: process.execPath, args: ['-e', script] },
});
const printing = (fields: object) => plugin(`console.log(${JSON.stringify(status(fields))})`);
const failing = plugin('console.error("no MFA device"); process.exit(1)');
const env = process.env;

/** The Authorization header that a server is sent. */
async function sent(user: object, server = '', options: Options = {}): Promise<unknown> {
  const { url, seen } = await secure();
  await open({ server: server.replace('SERVER', url) || url }, user, { env, ...options }).json(GET);
  return seen[0]?.headers.authorization;
}

describe('which credential counts, as in client-go', () => {
  const cert = {
    'client-certificate-data': base64(client.cert),
    'client-key-data': base64(client.key),
  };
  const stray = printing({ token: 'plugin' });

  it.each<[what: string, user: () => object, header: string | undefined]>([
    ['a token', () => ({ token: 't0ken' }), 'Bearer t0ken'],
    ['a name with a password', () => ({ username: 'u', password: 'p' }), `Basic ${base64('u:p')}`],
    ['a name alone', () => ({ username: 'u' }), `Basic ${base64('u:')}`],
    ['a plugin', () => stray, 'Bearer plugin'],
    ['a token before a plugin', () => ({ token: 't0ken', ...stray }), 'Bearer t0ken'],
    ['a token file before a plugin', () => ({ tokenFile: file('f', 'f'), ...stray }), 'Bearer f'],
    ['a name before a plugin', () => ({ username: 'u', ...stray }), `Basic ${base64('u:')}`],
    ['a certificate before a plugin', () => ({ ...cert, ...stray }), undefined],
    ['a token file', () => ({ tokenFile: file('a', ' fromfile\n') }), 'Bearer fromfile'],
    ['a token file before a token', () => ({ tokenFile: file('b', 'f'), token: 't' }), 'Bearer f'],
    ['a token where its file is gone', () => ({ tokenFile: '/none', token: 't' }), 'Bearer t'],
    [
      'a token where its file is empty',
      () => ({ tokenFile: file('c', ''), token: 't' }),
      'Bearer t',
    ],
    ['a token in any script', () => ({ token: 'ä' }), 'Bearer Ã¤'],
  ])('%s', async (_what, user, header) => {
    expect(await sent(user())).toBe(header);
  });

  it('a token file that cannot be read, where there is nothing else', async () => {
    await expect(sent({ tokenFile: '/none' })).rejects.toMatchObject({
      code: 401,
      message: 'the token file /none cannot be read: there is no such file',
    });
  });

  it('what the address itself names', async () => {
    const { url, seen } = await secure();
    const server = url.replace('//', '//us%40r:pw@');
    await open({ server }, { token: 't' }).json(GET);
    expect(seen[0]?.headers.authorization).toBe(`Basic ${base64('us@r:pw')}`);
  });

  it('an id token of OIDC', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const idToken = [part({ alg: 'none' }), part({ exp: 4_000_000_000 }), 'x'].join('.');
    const config = { 'client-id': 'c', 'id-token': idToken };
    expect(await sent({ 'auth-provider': { name: 'oidc', config } })).toBe(`Bearer ${idToken}`);
    const none = { 'auth-provider': { name: 'oidc', config: { 'client-id': 'c' } } };
    await expect(sent(none)).rejects.toThrow('the OIDC login of the kubeconfig has ended');
  });

  it("a plugin's client certificate", async () => {
    const { url, seen } = await secure();
    const pair = { clientCertificateData: client.cert, clientKeyData: client.key };
    await open({ server: url }, printing(pair), { env }).json(GET);
    expect(seen[0]?.client).toBe('alice');
  });
});

it('a token file that is replaced counts within two minutes', async () => {
  const clock = new VirtualClock();
  const { url, seen } = await secure();
  const tokenFile = file('replaced', 'first');
  const { transport } = connect({ server: url }, { tokenFile }, { clock });
  await transport.json(GET);
  writeFileSync(tokenFile, 'second');
  clock.advance(120_000);
  await transport.json(GET);
  expect(seen.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer first',
    'Bearer second',
  ]);
});

describe('over plain http', () => {
  it.each<[what: string, user: object]>([
    ['a token', { token: 's3cret' }],
    ['a token file', { tokenFile: '/none' }],
    ['a password', { username: 'u', password: 's3cret' }],
    ['an OIDC login', { 'auth-provider': { name: 'oidc', config: {} } }],
    ['what a plugin makes', printing({ token: 's3cret' })],
    ['a plugin that fails (it is not run)', failing],
  ])('nothing of %s is sent', async (_what, user) => {
    const { url, seen } = await serve((_seen, response) => json(response, { ok: true }));
    const server = url.replace('//', '//u:s3cret@');
    const cluster = { server, 'certificate-authority-data': '' };
    expect(await open(cluster, { ...user, as: 'eve' }, { env }).json(GET)).toEqual({ ok: true });
    expect(seen[0]?.headers.authorization).toBeUndefined();
    // Whom one acts as is no secret, and to leave it out would act as somebody else.
    expect(seen[0]?.headers['impersonate-user']).toBe('eve');
  });
});

describe('impersonation', () => {
  const user = {
    as: 'eve',
    'as-uid': 'u-1',
    'as-groups': ['dev', 'ops'],
    'as-user-extra': { 'Team/a b%': ['x', 'ü'], reason: ['y'] },
  };

  async function headers(options: Options = {}): Promise<readonly string[]> {
    const { url, seen } = await secure();
    await open({ server: url }, user, options).json(GET);
    const { rawHeaders } = seen[0] ?? { rawHeaders: [] };
    const pairs = rawHeaders.flatMap((name, i) =>
      i % 2 === 0 && name.startsWith('Impersonate-') ? [`${name}: ${rawHeaders[i + 1] ?? ''}`] : [],
    );
    return pairs.sort();
  }

  it('user, uid, groups and whatever else the kubeconfig says', async () => {
    expect(await headers()).toEqual([
      'Impersonate-Extra-Team%2Fa%20b%25: x',
      'Impersonate-Extra-Team%2Fa%20b%25: Ã¼',
      'Impersonate-Extra-reason: y',
      'Impersonate-Group: dev',
      'Impersonate-Group: ops',
      'Impersonate-Uid: u-1',
      'Impersonate-User: eve',
    ]);
  });

  it('the command line replaces what it names', async () => {
    const as = await headers({ impersonate: { user: 'bob', groups: [] } });
    expect(as).toContain('Impersonate-User: bob');
    expect(as).toContain('Impersonate-Group: dev');
    const group = await headers({ impersonate: { user: '', groups: ['a'] } });
    expect(group).toContain('Impersonate-User: eve');
    expect(group.filter((line) => line.includes('Group'))).toEqual(['Impersonate-Group: a']);
  });
});

describe('an EKS token made in process', () => {
  const args = ['--region', 'r', 'eks', 'get-token', '--cluster-name', 'shop'];
  const eks = (command: string) => ({ exec: { apiVersion: APIVERSION, command, args } });

  it('is renewed once after a 401', async () => {
    let made = 0;
    const { url, seen } = await secure((one, response) => {
      json(response, {}, one.headers.authorization === 'Bearer token-1' ? 401 : 200);
    });
    const asked: unknown[] = [];
    const eksToken = (cluster: unknown) => {
      asked.push(cluster);
      return Promise.resolve({ token: `token-${++made}`, expires: Infinity });
    };
    const clock = new VirtualClock();
    const { api, transport } = connect({ server: url }, eks('aws'), { clock, eksToken });
    await api.material('requests');
    // Time passes, and the token ends before it said it would.
    clock.advance(60_000);
    await transport.json(GET);
    expect(asked[0]).toMatchObject({ name: 'shop', region: 'r', profile: '', role: '' });
    expect(seen.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ]);
  });

  it.each([false, true])('a refusal without end is not read for ever (bulk: %s)', async (bulk) => {
    let made = 0;
    let isClosed = false;
    const { url } = await secure((one, response) => {
      if (one.headers.authorization !== 'Bearer token-1') {
        json(response, {});
        return;
      }
      response.on('close', () => (isClosed = true));
      response.writeHead(401);
      const more = (): void => {
        if (!response.destroyed) response.write(' '.repeat(65_536), more);
      };
      more();
    });
    const eksToken = () => Promise.resolve({ token: `token-${++made}`, expires: Infinity });
    const clock = new VirtualClock();
    const { api, transport } = connect({ server: url }, eks('aws'), { clock, eksToken });
    await api.material('requests');
    clock.advance(60_000);
    expect(await transport.json({ ...GET, bulk })).toEqual({});
    await expect.poll(() => isClosed).toBe(true);
  });

  const HOUR = 3_600_000;
  /** A server whose clock is ahead by so much, and which takes tokens that are signed by it. */
  const serverAhead = (ahead: number, clock: VirtualClock) =>
    secure(({ headers }, response) => {
      response.setHeader('Date', new Date(clock.now() + ahead).toUTCString());
      const signed = Number(headers.authorization?.replace('Bearer ', ''));
      json(response, {}, Math.abs(signed - clock.now() - ahead) > 900_000 ? 401 : 200);
    });

  it.each([3 * HOUR, -3 * HOUR])(
    'is signed by the clock of the server at once, where that is %i ms ahead',
    async (off) => {
      const clock = new VirtualClock();
      clock.advance(10 * HOUR);
      const { url, seen } = await serverAhead(off, clock);
      const eksToken = (_cluster: unknown, ahead: number) =>
        Promise.resolve({ token: `${clock.now() + ahead}`, expires: Infinity });
      const { transport } = connect({ server: url }, eks('aws'), { clock, eksToken });
      await transport.json(GET);
      await transport.json(GET);
      expect(seen).toHaveLength(3);
    },
  );

  it('that others sign by a clock that is off: says that the clock is to be set', async () => {
    const clock = new VirtualClock();
    const { url } = await serverAhead(3 * HOUR, clock);
    const transport = open({ server: url }, { token: `${clock.now()}` }, { clock });
    await expect(transport.json(GET)).rejects.toMatchObject({
      code: 401,
      hint: "set the clock of this machine: the server's is 3h ahead of this machine's, and tokens hold for minutes",
    });
  });

  const noMfa = () => Promise.reject(new Error('the role needs an MFA code'));
  const aws = (script: string) => file('aws', `#!/bin/sh\n${script}\n`, 0o700);

  it('that cannot be had is asked of the plugin itself', async () => {
    const command = aws(`echo '${status({ token: 'cached' })}'`);
    expect(await sent(eks(command), '', { eksToken: noMfa })).toBe('Bearer cached');
  });

  it('where both fail both say why', async () => {
    const command = aws('echo no session >&2; exit 255');
    await expect(sent(eks(command), '', { eksToken: noMfa })).rejects.toMatchObject({
      code: 401,
      message: expect.stringMatching(
        /^the role needs an MFA code; nor by its own command: credential plugin .*aws failed \(exit 255\): no session$/,
      ) as string,
    });
  });

  it('without a kubeconfig; a fresh token that is refused is told at once', async () => {
    const { url, seen } = await secure((_seen, response) =>
      json(response, { message: 'Unauthorized' }, 401),
    );
    const options = {
      clock: systemClock,
      env: {},
      version: '1',
      readonly: () => false,
      timeout: 30_000,
    };
    const token = () => Promise.resolve({ token: 'k8s-aws-v1.abc', expires: Infinity });
    const target = { server: url, caData: base64(ca.cert), token };
    const transport = new Transport(new ApiServer(target, options), options);
    await expect(transport.json(GET)).rejects.toMatchObject({ code: 401, message: 'Unauthorized' });
    expect(seen).toHaveLength(1);
  });
});
