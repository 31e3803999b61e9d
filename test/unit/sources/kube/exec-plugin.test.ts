import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
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

const run = (script: string, overrides: object = {}, clock: Clock = systemClock) =>
  runExecPlugin(
    { ...EXEC, args: ['-e', script], ...overrides },
    { env: process.env, timeout: 20_000, clock, cluster: { server: 'https://s', caData: 'Q0E=' } },
  );

describe('a credential plugin', () => {
  it('gives a token and its end', async () => {
    const status = { token: 't0ken', expirationTimestamp: '2030-01-01T00:00:00Z' };
    const made = await run(`console.log(${JSON.stringify(JSON.stringify({ status }))})`);
    expect(made).toEqual({ token: 't0ken', cert: '', key: '', expires: Date.UTC(2030, 0, 1) });
  });

  it('learns the cluster and that nobody answers questions; its variables are set', async () => {
    const script =
      'console.log(JSON.stringify({status:{token:process.env.KUBERNETES_EXEC_INFO+process.env.EXTRA}}))';
    const { token, expires } = await run(script, { env: { EXTRA: '+extra' } });
    expect(expires).toBe(Infinity);
    expect(token).toMatch(/\+extra$/);
    expect(JSON.parse(token.replace('+extra', ''))).toEqual({
      kind: 'ExecCredential',
      apiVersion: 'client.authentication.k8s.io/v1',
      spec: {
        interactive: false,
        cluster: { server: 'https://s', 'certificate-authority-data': 'Q0E=' },
      },
    });
  });

  it('gets no stdin and no terminal', async () => {
    const script = `
      const fs = require('node:fs');
      let tty = 'none';
      try { fs.openSync('/dev/tty', 'r'); tty = 'open'; } catch {}
      const read = fs.readFileSync(0, 'utf8');
      console.log(JSON.stringify({status:{token: tty + read.length}}));`;
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
      const cluster = { server: '', caData: '' };
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
    ['no JSON', 'console.log("hello s3cret")', /printed no JSON$/],
    ['no credential', 'console.log("{}")', /printed no token and no certificate$/],
  ])('that prints %s says so, without what it printed', async (_name, script, message) => {
    await expect(run(script)).rejects.toThrow(message);
  });

  it('that hangs is given up and ended, with its children', async () => {
    const clock = new VirtualClock();
    const hanging = run('console.error("Enter MFA code:"); setInterval(() => {}, 1000)', {}, clock);
    // Whatever it says before the time is over is part of the message, if it came.
    clock.advance(20_000);
    await expect(hanging).rejects.toThrow(/gave no answer within 20 s/);
  });

  it('that needs a terminal is not even started', async () => {
    await expect(run('', { interactiveMode: 'Always' })).rejects.toThrow(/needs a terminal/);
  });
});
