/** The program's own client against the simulated API server: what both believe of the protocols. */
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { NO_CLUSTER } from '../../../src/domain/cluster-key.ts';
import { refOf, type ObjectRef } from '../../../src/domain/ref.ts';
import type { KubePort, PortForwardState, ProcessOptions } from '../../../src/ports/kube.ts';
import { rbacDenied } from '../../../src/simulator/scenarios/rbac-denied.ts';
import { ADMINISTRATOR } from '../../../src/simulator/world/access.ts';
import { createKubePort } from '../../../src/sources/kube/index.ts';
import { ApiClient, TOKEN } from './api-client.ts';
import { smallWorld, workload } from './small-world.ts';
import type { SmallWorld } from './small-world.ts';

let small: SmallWorld;
let api: ApiClient;
let port: KubePort;
let pod: ObjectRef;

const portOf = (client: ApiClient): KubePort =>
  createKubePort({
    target: {
      server: client.url,
      caData: Buffer.from(client.ca).toString('base64'),
      token: () => Promise.resolve({ token: TOKEN, expires: Infinity }),
    },
    readonly: () => false,
    version: '1',
    fallbackNamespaces: [],
    clock: systemClock,
    env: {},
  });

beforeEach(async () => {
  small = smallWorld();
  small.add('deployments', 'web', workload('web', 1));
  small.run(30);
  api = await ApiClient.start(small.world);
  port = portOf(api);
  const [name = ''] = small.pods().map(({ metadata }) => metadata.name);
  pod = refOf('pods', { cluster: NO_CLUSTER, namespace: 'shop', name });
});
afterEach(async () => {
  port.close();
  await api.close();
});

/** Runs to the end. */
async function run(options: Partial<ProcessOptions>, type: readonly string[] = []) {
  const told = { out: '', err: '' };
  let end: (result: object) => void = () => {};
  const ended = new Promise<object>((resolve) => (end = resolve));
  const process = await port.exec(
    pod,
    { container: 'web', command: ['sh'], tty: false, stdin: type.length > 0, ...options },
    {
      stdout: (bytes) => void (told.out += Buffer.from(bytes).toString()),
      stderr: (bytes) => void (told.err += Buffer.from(bytes).toString()),
      end,
    },
  );
  for (const each of type) process.write(Buffer.from(each));
  process.closeInput();
  return { ...(await ended), ...told };
}

describe('a process', () => {
  it('says what it says where it says it, and ends with its code', async () => {
    const command = ['sh', '-c', 'echo out; echo err >&2; exit 3'];
    expect(await run({ command })).toEqual({
      code: 3,
      reason: 'command terminated with non-zero exit code: exit status 3',
      out: 'out\n',
      err: 'err\n',
    });
    expect(await run({ command: ['true'] })).toMatchObject({ code: 0, reason: '' });
  });

  it('reads its input to the end', async () => {
    expect(await run({ command: ['wc', '-l'] }, ['a\nb\n', 'c\n'])).toMatchObject({ out: '3\n' });
  });

  it('has a terminal', async () => {
    const { out } = await run({ tty: true }, ['echo hello\r', 'exit\r']);
    expect(out).toBe('/ # echo hello\r\nhello\r\n/ # exit\r\n');
  });

  it('that is not there has no code, but a reason', async () => {
    expect(await run({ command: ['zsh'] })).toMatchObject({
      code: null,
      reason: expect.stringMatching(/exec: "zsh": executable file not found in \$PATH/) as string,
    });
  });

  it('in a container that is not there is refused', async () => {
    await expect(run({ container: 'nope' })).rejects.toMatchObject({
      code: 400,
      message: `container nope is not valid for pod ${pod.name}`,
    });
    await expect(
      port.exec(
        { ...pod, name: 'gone' },
        { container: 'web', command: ['sh'], tty: false, stdin: false },
        { stdout() {}, stderr() {}, end() {} },
      ),
    ).rejects.toMatchObject({ code: 404, message: 'pods "gone" not found' });
  });

  it('takes the right to create it', async () => {
    const reader = await ApiClient.start(small.world, {
      access: rbacDenied.access ?? ADMINISTRATOR,
    });
    const denied = portOf(reader);
    await expect(
      denied.exec(
        pod,
        { container: 'web', command: ['sh'], tty: false, stdin: false },
        { stdout() {}, stderr() {}, end() {} },
      ),
    ).rejects.toMatchObject({
      code: 403,
      message: expect.stringContaining('cannot create resource "pods/exec"') as string,
      hint: 'needs a role that allows: create pods/exec in shop',
    });
    denied.close();
    await reader.close();
  });
});

it('who attaches hears what the container says, and its end', async () => {
  let end: (result: object) => void = () => {};
  const ended = new Promise<object>((resolve) => (end = resolve));
  await port.attach(
    pod,
    { container: 'web', tty: false, stdin: false },
    { stdout: () => {}, stderr: () => {}, end },
  );
  await api.send(`/api/v1/namespaces/shop/pods/${pod.name}?gracePeriodSeconds=0`, {
    method: 'DELETE',
  });
  small.run(5);
  expect(await ended).toEqual({ code: 0, reason: '' });
});

it('who attaches to a container with a terminal is at a shell', async () => {
  const spec = { containers: [{ name: 'box', image: 'busybox', stdin: true, tty: true }] };
  small.add('pods', 'box', spec);
  small.run(30);
  let said = '';
  let end: (result: object) => void = () => {};
  const ended = new Promise<object>((resolve) => (end = resolve));
  const process = await port.attach(
    { ...pod, name: 'box' },
    { container: 'box', tty: true, stdin: true },
    { stdout: (bytes) => void (said += Buffer.from(bytes).toString()), stderr: () => {}, end },
  );
  process.write(Buffer.from('hostname; exit 3\r'));
  // How it ended is not told to who attached.
  expect(await ended).toEqual({ code: 0, reason: '' });
  expect(said).toContain('\nbox\r\n');
});

describe('a forwarded port', () => {
  async function forward(remote: number) {
    const states: PortForwardState[] = [];
    const stop = await port.portForward(pod, { local: 0, remote }, (state) => states.push(state));
    return { states, stop, local: states[0]?.port ?? 0 };
  }

  const ask = (local: number): Promise<string> =>
    new Promise((resolve, reject) => {
      request({ port: local, path: '/here', agent: false }, (response) => {
        text(response).then(resolve, reject);
      })
        .on('error', reject)
        .end();
    });

  it('reaches what listens in the pod', async () => {
    const { local, stop } = await forward(8080);
    expect(JSON.parse(await ask(local))).toMatchObject({
      app: 'web',
      pod: pod.name,
      path: '/here',
    });
    stop();
  });

  it('tells where nothing listens', async () => {
    const { local, states, stop } = await forward(9999);
    await expect(ask(local)).rejects.toThrow();
    expect(states.at(-1)?.problem?.message).toContain('connection refused');
    stop();
  });
});
