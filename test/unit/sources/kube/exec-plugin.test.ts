import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runExecPlugin } from '../../../../src/sources/kube/exec-plugin.ts';
import { systemClock, type Clock } from '../../../../src/core/clock.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

const EXEC = {
  command: process.execPath,
  env: {},
  apiVersion: 'client.authentication.k8s.io/v1',
  interactiveMode: 'IfAvailable',
  provideClusterInfo: true,
  installHint: '',
};

const CLUSTER = {
  name: 'c',
  problem: '',
  server: 'https://s',
  caData: 'Q0E=',
  caFile: '',
  skipTLSVerify: false,
  tlsServerName: '',
  proxyUrl: '',
  execConfig: null,
};

const run = (
  script: string,
  overrides: object = {},
  clock: Clock = systemClock,
  options: object = {},
) =>
  runExecPlugin(
    { ...EXEC, args: ['-e', script], ...overrides },
    { env: process.env, timeout: 20_000, clock, cluster: CLUSTER, ...options },
  );

/** A script that prints a credential. */
const prints = (status: object, apiVersion = EXEC.apiVersion, kind = 'ExecCredential'): string =>
  `console.log(${JSON.stringify(JSON.stringify({ apiVersion, kind, status }))})`;

describe('a credential plugin', () => {
  it('gives a token and its end', async () => {
    const status = { token: 't0ken', expirationTimestamp: '2030-01-01T00:00:00Z' };
    const made = await run(prints(status));
    expect(made).toEqual({ token: 't0ken', cert: '', key: '', expires: Date.UTC(2030, 0, 1) });
  });

  it('may print YAML, as kubectl takes it', async () => {
    const lines = [`apiVersion: ${EXEC.apiVersion}`, 'kind: ExecCredential', 'status:'];
    const status = ['  token: t0ken', '  expirationTimestamp: 2030-01-01T00:00:00Z'];
    const made = await run(`console.log(${JSON.stringify([...lines, ...status].join('\n'))})`);
    expect(made).toEqual({ token: 't0ken', cert: '', key: '', expires: Date.UTC(2030, 0, 1) });
  });

  it('learns the cluster and that nobody answers questions; its variables are set', async () => {
    const script = `
      const token = process.env.KUBERNETES_EXEC_INFO + process.env.EXTRA;
      console.log(JSON.stringify({ apiVersion: '${EXEC.apiVersion}', kind: 'ExecCredential', status: { token } }));`;
    const { token, expires } = await run(script, { env: { EXTRA: '+extra' } });
    expect(expires).toBe(Infinity);
    expect(token).toMatch(/\+extra$/);
    expect(JSON.parse(token.replace('+extra', ''))).toEqual({
      kind: 'ExecCredential',
      apiVersion: 'client.authentication.k8s.io/v1',
      spec: {
        interactive: false,
        cluster: { server: 'https://s', 'certificate-authority-data': 'Q0E=', config: null },
      },
    });
  });

  it('gets no stdin and no terminal', async () => {
    const script = `
      const fs = require('node:fs');
      let tty = 'none';
      try { fs.openSync('/dev/tty', 'r'); tty = 'open'; } catch {}
      const read = fs.readFileSync(0, 'utf8');
      const status = { token: tty + read.length };
      console.log(JSON.stringify({ apiVersion: '${EXEC.apiVersion}', kind: 'ExecCredential', status }));`;
    expect((await run(script)).token).toBe('none0');
  });

  it('does not outlive the program', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    // Its connection tells when it began and when it ended.
    const plugin = `require('node:net').connect(${port}, '127.0.0.1').on('close', () => {})`;
    const source = new URL('../../../../src/sources/kube/exec-plugin.ts', import.meta.url).href;
    const program = `
      const { runExecPlugin } = await import(${JSON.stringify(source)});
      const exec = ${JSON.stringify({ ...EXEC, args: ['-e', plugin] })};
      const clock = { now: Date.now, after: () => () => undefined };
      const cluster = ${JSON.stringify(CLUSTER)};
      void runExecPlugin(exec, { env: process.env, timeout: 1, clock, cluster });
      process.stdin.on('end', () => process.exit()).resume();`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    const [connection] = (await once(server, 'connection')) as [Socket];
    connection.resume().on('error', () => undefined);
    child.stdin.end();
    await once(connection, 'close');
    server.close();
  });

  it('that fails says so with its stderr, in one line', async () => {
    const failing = run('console.error("SSO session\\n\\u001b[31mhas expired"); process.exit(3)');
    await expect(failing).rejects.toMatchObject({
      code: 401,
      message: expect.stringMatching(
        /^credential plugin .* failed \(exit 3\): SSO session \[31mhas expired$/,
      ) as string,
    });
  });

  it('that is not installed says so with the hint of the kubeconfig', async () => {
    const missing = run('', { command: 'no-such-plugin-anywhere', installHint: 'brew install it' });
    await expect(missing).rejects.toMatchObject({
      message: 'credential plugin no-such-plugin-anywhere is not installed (not on PATH)',
      hint: 'brew install it',
    });
  });

  it.each([
    ['nothing to be read', 'console.log("{ s3cret")', /printed neither JSON nor YAML$/],
    ['a word', 'console.log("s3cret")', /printed no kind, not an ExecCredential$/],
    ['no credential', prints({}), /printed no token and no certificate$/],
    ['half a pair', prints({ clientCertificateData: 's3cret' }), /a certificate without its key/],
    [
      'another kind',
      prints({ token: 's3cret' }, EXEC.apiVersion, 'Foo'),
      /printed a "Foo", not an/,
    ],
    [
      'an end that is none',
      prints({ token: 's3cret', expirationTimestamp: 'tomorrow' }),
      /an expirationTimestamp that is no time$/,
    ],
    ['another version', prints({ token: 's3cret' }, 'v0'), /answers in "v0", the kubeconfig asks/],
  ])('that prints %s says so, without what it printed', async (_name, script, message) => {
    const printed = run(script);
    await expect(printed).rejects.toThrow(message);
    await expect(printed).rejects.not.toThrow(/s3cret/);
  });

  it('that hangs is given up and ended, with its children', async () => {
    const clock = new VirtualClock();
    const hanging = run('console.error("Enter MFA code:"); setInterval(() => {}, 1000)', {}, clock);
    while (clock.pending === 0) await new Promise((resolve) => setImmediate(resolve));
    // Whatever it says before the time is over is part of the message, if it came.
    clock.advance(20_000);
    await expect(hanging).rejects.toThrow(/gave no answer within 20 s/);
  });

  it('that prints without end is ended', async () => {
    const endless = run('const b = "x".repeat(65536); for (;;) require("node:fs").writeSync(1, b)');
    await expect(endless).rejects.toThrow(/printed more than 1 MiB and was ended$/);
  });

  it('that PATH finds in the working folder is not run', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plugin-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'stray'), '#!/bin/sh\n', { mode: 0o755 });
    const env = { PATH: `${relative(process.cwd(), folder)}:/usr/bin` };
    await expect(run('', { command: 'stray' }, systemClock, { env })).rejects.toMatchObject({
      message: expect.stringMatching(/stray is not run: the entry ".*" of PATH/) as string,
      hint: expect.stringMatching(/take that entry out of PATH/) as string,
    });
  });

  it('that needs a terminal is not even started', async () => {
    await expect(run('', { interactiveMode: 'Always' })).rejects.toThrow(/needs a terminal/);
  });
});
