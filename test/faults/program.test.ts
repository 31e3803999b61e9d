/** The whole program in a pseudo-terminal, on a simulated region whose API server is out of order. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { App, type LaunchOptions } from '../e2e/driver.ts';
import { startRegion, type Region } from '../e2e/region.ts';
import { certificate, type Pair } from '../unit/sources/kube/tls-server.ts';
import { FaultProxy, statusBody } from './proxy.ts';

interface Kubeconfig {
  readonly clusters: readonly {
    readonly cluster: { readonly server: string; readonly 'certificate-authority-data': string };
  }[];
  readonly users: readonly { readonly user: object }[];
}

let region: Region;
let upstream: Kubeconfig;
let folder: string;
/** The proxy's own: credentials are sent over TLS only. */
let tls: Pair;
beforeAll(async () => {
  tls = await certificate('loopback');
  region = await startRegion('--seed', '3', '--pods', '60');
  upstream = parse(readFileSync(region.env['KUBECONFIG'] ?? '', 'utf8')) as Kubeconfig;
  folder = mkdtempSync(join(tmpdir(), 'ekscope-faults-'));
});
afterAll(() => {
  region[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** A proxy before the region's API server, and a kubeconfig that leads to it. */
async function behindProxy(user = upstream.users[0]?.user ?? {}) {
  const cluster = upstream.clusters[0]?.cluster;
  if (!cluster) throw new Error('the region has no cluster');
  const ca = Buffer.from(cluster['certificate-authority-data'], 'base64').toString();
  const proxy = await new FaultProxy({ url: cluster.server, ca }, tls).start();
  onTestFinished(() => proxy.stop());
  const path = join(folder, `${new URL(proxy.url).port}.json`);
  const config = {
    'current-context': 'lab',
    clusters: [
      {
        name: 'lab',
        cluster: {
          server: proxy.url,
          'certificate-authority-data': Buffer.from(tls.cert).toString('base64'),
        },
      },
    ],
    users: [{ name: 'me', user }],
    contexts: [{ name: 'lab', context: { cluster: 'lab', user: 'me' } }],
  };
  writeFileSync(path, JSON.stringify(config));
  const env = { KUBECONFIG: path, AWS_EC2_METADATA_DISABLED: 'true' };
  const launch = (options: LaunchOptions = {}): App =>
    new App({ args: ['-c', ':pods'], ...options, env });
  return { proxy, env, launch };
}

/** All pods are here and followed: only then they are counted in the header. */
const LIVE = /● live.* \d+ pods[^]*Pods\(all\)\[\d+\]/;
/** The last line begins like this. */
const bottom =
  (start: string) =>
  (screen: string): boolean =>
    screen.split('\n').at(-1)?.startsWith(start) ?? false;

/**
 * Presses the key of a prompt until it is taken: right behind a paste it is a part of that. A busy
 * program may take it twice, and then it is in the prompt too.
 */
async function openPrompt(app: App, mark: string): Promise<string> {
  for (;;) {
    app.press(mark);
    const screen = await app.wait(bottom(` ${mark}`), 300).catch(() => null);
    if (screen !== null) return screen;
  }
}

const answer = (code: number, reason: string, message: string) =>
  ({
    kind: 'answer',
    answer: { status: code, body: statusBody(code, reason, message) },
  }) as const;

describe('a server that is out of reach', () => {
  it('leaves the rows, marked with their age, and the keys; all comes back by itself', async () => {
    const { proxy, launch } = await behindProxy();
    await using app = launch();
    await app.wait(LIVE);
    await app.wait('▌');
    await proxy.stop();
    await app.wait(/◌ stale \d+s/);
    const screen = await app.wait(/stale \d+s: 127\.0\.0\.1:\d+ refused the connection/);
    expect(screen).toMatch(/Pods\(all\)\[\d+\]/);
    expect(screen).toMatch(/Running/);
    app.type('/checkout');
    await app.wait(/Pods\(all\)\[\d+\/\d+\] \/checkout/);
    app.press('esc');
    await proxy.start();
    await app.wait(LIVE);
  });

  it('at the start is waited for', async () => {
    const { proxy, launch } = await behindProxy();
    await proxy.stop();
    await using app = launch();
    await app.wait(/Pods\(all\)\[\?\][^]*no data for \d+s: 127\.0\.0\.1:\d+ refused/);
    await proxy.start();
    await app.wait(LIVE);
  });

  it('cuts logs, which say so and go on', async () => {
    const { proxy, launch } = await behindProxy();
    await using app = launch();
    await app.wait(LIVE);
    await app.wait(/▌ \w/);
    app.press('l');
    await app.wait('● following');
    await proxy.stop();
    await app.wait(/◌ .*cut \d+s: 127\.0\.0\.1:\d+ refused/);
    await proxy.start();
    await app.wait('● following');
  });
});

describe('a server that refuses', () => {
  it('for a token that has expired is told with what to do, and asked anew on demand', async () => {
    const { proxy, launch } = await behindProxy();
    await using app = launch();
    await app.wait(LIVE);
    proxy.fault(answer(401, 'Unauthorized', 'Unauthorized'));
    proxy.cut();
    const screen = await app.wait(/✗ not logged in \d+s[^]*stale \d+s: Unauthorized/);
    expect(screen).toContain('log in again');
    proxy.heal();
    app.press('ctrl-r');
    await app.wait(LIVE);
  });

  it('usage has unknown usage, not none', async () => {
    const { proxy, launch } = await behindProxy();
    proxy.fault(answer(503, 'ServiceUnavailable', 'no endpoints'), { path: /metrics\.k8s\.io/ });
    await using app = launch();
    await app.wait(LIVE);
    // The column that rows are sorted by is shown, however much room names take.
    app.press('C');
    const screen = await app.wait(/CPU.* unknown/);
    expect(screen).toContain('metrics-server is not installed or not answering');
    expect(screen).toMatch(/Running .* \? /);
  });
});

describe('a hanging credential plugin', () => {
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: process.execPath,
    args: ['-e', 'setTimeout(() => {}, 600_000)'],
    interactiveMode: 'IfAvailable',
  };

  it('holds up neither the keys nor the end', async () => {
    const { launch } = await behindProxy({ exec });
    await using app = launch();
    await app.wait('loading pods…');
    app.type(':deploy\r');
    await app.wait('loading deployments…');
    app.press('ctrl-c');
    // Long before the plugin would have ended.
    expect(await app.ended()).toBe(0);
  });
});

describe('a terminal that is out of order', () => {
  it('may paste 10 kB without a mark: no letter is a command, and the keys are alive', async () => {
    const { launch } = await behindProxy();
    await using app = launch();
    await app.wait(LIVE);
    const text = 'kubectl delete pod/checkout-7d9f -n shop\r'.repeat(250);
    app.type(text);
    expect(await openPrompt(app, '/')).toMatch(/lab › pods ─/);
    app.type(text);
    await app.wait(bottom(' /…'));
    app.press('esc');
    await app.wait((screen) => !bottom(' /')(screen));
    await openPrompt(app, ':');
    app.type('\x15deploy\r');
    await app.wait(/Deployments\(all\)/);
  });

  it('may be resized all the time, to next to nothing and back', async () => {
    const { launch } = await behindProxy();
    await using app = launch();
    await app.wait(LIVE);
    for (let i = 0; i < 60; i++) {
      app.resize(1 + ((i * 37) % 300), 1 + ((i * 23) % 100));
    }
    app.resize(100, 30);
    await app.wait((screen) => {
      const lines = screen.split('\n');
      const top = lines.find((line) => line.startsWith('╭─ Pods(all)')) ?? '';
      const framed = top.length === 100 && top.endsWith('╮') && lines[28]?.length === 100;
      return framed && lines[28]?.startsWith('╰─ lab › pods') === true;
    });
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
  ] as const)('is restored after %s', async (signal, code) => {
    const { launch } = await behindProxy();
    await using app = launch();
    await app.wait(LIVE);
    app.signal(signal);
    expect(await app.ended()).toBe(code);
    for (const [on, off] of [
      ['?1049h', '?1049l'],
      ['?25l', '?25h'],
      ['?2004h', '?2004l'],
    ] as const) {
      expect(app.raw.lastIndexOf(off)).toBeGreaterThan(app.raw.lastIndexOf(on));
    }
  });
});

it.skipIf(!existsSync('/dev/full'))('a full disk ends `get` with 1 and one line', async () => {
  const { env } = await behindProxy();
  const program = fileURLToPath(new URL('../../bin/ekscope.js', import.meta.url));
  const child = spawn(
    '/bin/sh',
    ['-c', '"$0" "$1" get pods -A > /dev/full', process.execPath, program],
    { env: { PATH: process.env['PATH'], HOME: folder, ...env } },
  );
  let stderr = '';
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  const [status] = (await once(child, 'close')) as [number];
  expect(stderr).toMatch(/the output cannot be written: ENOSPC/);
  expect(stderr).not.toMatch(/ at .*\.js:\d/);
  expect(status).toBe(1);
});
