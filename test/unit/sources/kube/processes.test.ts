import { describe, expect, it } from 'vitest';
import { NO_CLUSTER } from '../../../../src/domain/cluster-key.ts';
import { refOf } from '../../../../src/domain/ref.ts';
import { execProcess } from '../../../../src/sources/kube/processes.ts';
import { base64, client, open as openTransport } from './open-transport.ts';
import { portTo, until } from './open-port.ts';
import { serveSockets, type Sockets } from './socket-server.ts';
import { proxyTo } from './tls-server.ts';

const POD = refOf('pods', { cluster: NO_CLUSTER, namespace: 'shop', name: 'api-1' });
const SHELL = { container: 'app', command: ['sh', '-c', 'ls; ls'], tty: false, stdin: true };

/** Remembers what a process wrote and how it ended. */
function recorder() {
  const told = {
    stdout: '',
    stderr: '',
    end: null as { code: number | null; reason: string } | null,
  };
  return {
    told,
    stdout: (bytes: Uint8Array) => void (told.stdout += Buffer.from(bytes).toString()),
    stderr: (bytes: Uint8Array) => void (told.stderr += Buffer.from(bytes).toString()),
    end: (result: { code: number | null; reason: string }) => void (told.end = result),
  };
}

/** A message of a channel. */
const message = (channel: number, text: string) =>
  Buffer.concat([Buffer.of(channel), Buffer.from(text)]);

const EXIT = (code: number) =>
  JSON.stringify({
    status: 'Failure',
    reason: 'NonZeroExitCode',
    message: `command terminated with non-zero exit code: exit status ${code}`,
    details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
  });

type Ending = [name: string, status: string, end: { code: number | null; reason: string }];

/** What a server may send in the place of a Status. */
const NO_STATUS = [
  'null',
  '7',
  '{"details":7}',
  '{"details":{"causes":"x"}}',
  '{"details":{"causes":[null]}}',
];

/** A process on a server of sockets, and what that heard. */
async function start(sockets: Sockets = {}, options = SHELL) {
  const heard: Buffer[] = [];
  const server = await serveSockets({
    ...sockets,
    opened: (socket, request) => {
      socket.on('message', (data) => heard.push(data as Buffer));
      sockets.opened?.(socket, request);
    },
  });
  const sink = recorder();
  const { port, clock } = portTo(server.url);
  const process = await port.exec(POD, options, sink);
  return { ...server, process, sink, told: sink.told, heard, port, clock };
}

describe('a process', () => {
  it('is asked for with all its words, in the newest protocol', async () => {
    const { requests } = await start();
    const url = new URL(requests[0]?.url ?? '', 'http://x');
    expect(url.pathname).toBe('/api/v1/namespaces/shop/pods/api-1/exec');
    expect(url.search).toBe(
      '?container=app&command=sh&command=-c&command=ls%3B+ls&stdin=true&stdout=true&stderr=true&tty=false',
    );
    expect(requests[0]?.headers['sec-websocket-protocol']).toBe(
      'v5.channel.k8s.io,v4.channel.k8s.io',
    );
  });

  it('tells its output at once, and its exit code', async () => {
    const { told } = await start({
      // In the same packet as the answer to the upgrade: nothing is lost.
      opened: (socket) => {
        for (const channel of [1, 2, 3]) socket.send(Buffer.of(channel));
        socket.send(message(1, 'out '));
        socket.send(message(2, 'oops'));
        socket.send(message(1, 'put'));
        socket.send(message(3, EXIT(3)));
        socket.close(1000);
      },
    });
    await until(() => told.end !== null);
    expect(told).toEqual({
      stdout: 'out put',
      stderr: 'oops',
      end: { code: 3, reason: 'command terminated with non-zero exit code: exit status 3' },
    });
  });

  it.each<Ending>([
    ['success', '{"status":"Success"}', { code: 0, reason: '' }],
    [
      'no such program',
      '{"status":"Failure","reason":"InternalError","message":"exec: \\"zsh\\": not\\nfound"}',
      { code: null, reason: 'exec: "zsh": not found' },
    ],
    ['words alone', 'broken pipe', { code: null, reason: 'broken pipe' }],
    ...NO_STATUS.map((text): Ending => [`no Status: ${text}`, text, { code: null, reason: text }]),
  ])('%s', async (_name, status, end) => {
    const { told } = await start({
      opened: (socket) => {
        socket.send(message(3, status));
        socket.close();
      },
    });
    await until(() => told.end !== null);
    expect(told.end).toEqual(end);
  });

  it('that is cut off ends without a code', async () => {
    const { told } = await start({ opened: (socket) => socket.terminate() });
    await until(() => told.end !== null);
    expect(told.end?.code).toBeNull();
    expect(told.end?.reason).toMatch(/^the connection to 127\.0\.0\.1:\d+ was cut$/);
  });

  it('whose server falls silent is cut off', async () => {
    const { told, clock, sockets } = await start({
      opened: (socket, request) => {
        // It answers no ping, as the other end of a cable that was pulled.
        request.socket.pause();
        socket.pause();
      },
    });
    clock.advance(15_000);
    expect(sockets).toHaveLength(1);
    clock.advance(15_000);
    await until(() => told.end !== null);
    expect(told.end?.code).toBeNull();
  });

  it('takes input, the size of the terminal, and the end of input', async () => {
    const { process, heard } = await start();
    process.write(Buffer.from('ls\n'));
    process.resize(80, 24);
    process.closeInput();
    await until(() => heard.length === 3);
    expect(heard).toEqual([
      message(0, 'ls\n'),
      message(4, '{"Width":80,"Height":24}'),
      Buffer.of(255, 0),
    ]);
  });

  it('on an older server: input cannot be ended, and is not spoilt by trying', async () => {
    const { process, heard, sockets } = await start({ protocol: 'v4.channel.k8s.io' });
    expect(sockets[0]?.protocol).toBe('v4.channel.k8s.io');
    process.closeInput();
    process.write(Buffer.from('x'));
    await until(() => heard.length === 1);
    expect(heard).toEqual([message(0, 'x')]);
  });

  it('that was stopped tells nothing more', async () => {
    const { process, told, sockets } = await start();
    process.stop();
    sockets[0]?.send(message(1, 'late'));
    await until(() => sockets[0]?.readyState === 3);
    process.write(Buffer.from('x'));
    expect(told).toEqual({ stdout: '', stderr: '', end: null });
  });

  it('ends with its port', async () => {
    const { port, told } = await start();
    port.close();
    await until(() => told.end !== null);
    expect(told.end?.code).toBeNull();
  });
});

it('with a terminal has one stream', async () => {
  const { requests } = await start({}, { ...SHELL, tty: true });
  expect(requests[0]?.url).toContain('stderr=false&tty=true');
});

it('is joined without a command', async () => {
  const { url, requests } = await serveSockets({});
  const { port } = portTo(url);
  await port.attach(POD, { container: 'app', tty: false, stdin: false }, recorder());
  expect(requests[0]?.url).toBe(
    '/api/v1/namespaces/shop/pods/api-1/attach?container=app&stdin=false&stdout=true&stderr=true&tty=false',
  );
});

it('is refused in the words of the server, with the right that is missing', async () => {
  const body = { kind: 'Status', message: 'pods "api-1" is forbidden', reason: 'Forbidden' };
  const { url } = await serveSockets({ refuse: { code: 403, body } });
  await expect(portTo(url).port.exec(POD, SHELL, recorder())).rejects.toMatchObject({
    code: 403,
    message: 'pods "api-1" is forbidden',
    hint: 'needs a role that allows: create pods/exec in shop',
  });
});

it('is not begun when read-only', async () => {
  const { url, requests } = await serveSockets({});
  const { port } = portTo(url, { readonly: true });
  await expect(port.exec(POD, SHELL, recorder())).rejects.toThrow(
    'read-only: run a command in api-1/app in shop is refused',
  );
  await expect(port.attach(POD, SHELL, recorder())).rejects.toThrow('read-only');
  await expect(port.portForward(POD, { local: 0, remote: 80 }, () => {})).rejects.toThrow(
    'read-only: forward port 80 of api-1 in shop is refused',
  );
  expect(requests).toHaveLength(0);
});

it('is logged without its command', async () => {
  const { url } = await serveSockets({});
  const lines: string[] = [];
  const { port } = portTo(url, {
    log: (level, event, fields) => void lines.push(JSON.stringify([level, event, fields])),
  });
  await port.exec(POD, { ...SHELL, command: ['login', 'secret-word'] }, recorder());
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('stream opened');
  expect(lines[0]).not.toContain('secret-word');
});

it('goes the way of all requests: TLS, client certificate, proxy, impersonation', async () => {
  const { port, requests } = await serveSockets({ tls: true });
  const proxy = await proxyTo(port);
  const transport = openTransport(
    {
      server: 'https://127.0.0.1:1',
      'proxy-url': proxy.url,
      'tls-server-name': 'loopback',
    },
    {
      'client-certificate-data': base64(client.cert),
      'client-key-data': base64(client.key),
      as: 'bob',
      'as-groups': ['a', 'b'],
    },
  );
  const process = await execProcess(transport, POD, SHELL, recorder());
  expect(proxy.connects).toEqual(['127.0.0.1:1']);
  expect(requests[0]?.headers).toMatchObject({
    'impersonate-user': 'bob',
    'impersonate-group': 'a, b',
    'user-agent': 'ekscope/1.2.3',
  });
  process.stop();
});
