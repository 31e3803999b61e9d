import net from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { WebSocket } from 'ws';
import { NO_CLUSTER } from '../../../../src/domain/cluster-key.ts';
import { refOf } from '../../../../src/domain/ref.ts';
import type { PortForwardState } from '../../../../src/ports/kube.ts';
import { portTo, until } from './open-port.ts';
import { serveSockets, type Sockets } from './socket-server.ts';

const POD = refOf('pods', { cluster: NO_CLUSTER, namespace: 'shop', name: 'api-1' });

/** What each channel begins with: the port, little endian. */
function begin(socket: WebSocket): void {
  for (const channel of [0, 1]) socket.send(Buffer.of(channel, 80, 0));
}

/** A forwarded port on a server of sockets. */
async function forward(sockets: Sockets) {
  const server = await serveSockets(sockets);
  const { port, clock } = portTo(server.url);
  const states: PortForwardState[] = [];
  const stop = await port.portForward(POD, { local: 0, remote: 80 }, (state) => {
    states.push(state);
  });
  onTestFinished(stop);
  return { ...server, states, stop, clock, kube: port, local: states[0]?.port ?? 0 };
}

/** A client of the forwarded port. */
function connect(port: number): net.Socket {
  const socket = net.connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  return socket;
}

const echo: Sockets = {
  opened: (socket) => {
    begin(socket);
    socket.on('message', (data) => socket.send(data as Buffer));
  },
};

describe('a forwarded port', () => {
  it('passes on what comes, each connection over a socket of its own', async () => {
    const { local, requests, states, clock } = await forward(echo);
    const [one, two] = [connect(local), connect(local)];
    one.write('one');
    two.write('two');
    const heard = await Promise.all(
      [one, two].map(
        (socket) =>
          new Promise<string>((resolve) => {
            socket.once('data', (bytes: Buffer) => resolve(bytes.toString()));
          }),
      ),
    );
    expect(heard).toEqual(['one', 'two']);
    expect(requests.map(({ url }) => url)).toEqual(
      Array(2).fill('/api/v1/namespaces/shop/pods/api-1/portforward?ports=80'),
    );
    expect(requests[0]?.headers['sec-websocket-protocol']).toBe('v4.channel.k8s.io');
    expect(states.at(-1)).toEqual({ port: local, open: 2, total: 2, problem: null });
    one.destroy();
    two.destroy();
    await until(() => {
      clock.advance(100);
      return states.at(-1)?.open === 0;
    });
  });

  it('loses nothing of much, however slowly it is read', async () => {
    const MUCH = 4_000_000;
    const { local } = await forward({
      opened: (socket) => {
        begin(socket);
        for (let sent = 0; sent < MUCH; sent += 40_000) {
          socket.send(Buffer.concat([Buffer.of(0), Buffer.alloc(40_000, 'x')]));
        }
        socket.close();
      },
    });
    expect(await text(connect(local))).toHaveLength(MUCH);
  });

  it('closes with the connection of the pod, and the other way round', async () => {
    const { local, sockets, states, clock } = await forward(echo);
    const closing = connect(local);
    closing.resume();
    await until(() => sockets.length === 1);
    sockets[0]?.close();
    await until(() => closing.destroyed);
    const leaving = connect(local);
    await until(() => sockets.length === 2);
    leaving.destroy();
    await until(() => {
      clock.advance(100);
      return states.at(-1)?.open === 0;
    });
  });

  it('waits for the answer to a client that has sent all it has', async () => {
    const { local, sockets, clock } = await forward({
      opened: (socket) => {
        begin(socket);
        socket.on('message', (data) => {
          if ((data as Buffer).subarray(1).toString() !== 'question') return;
          socket.send(Buffer.concat([Buffer.of(0), Buffer.from('answer')]));
        });
      },
    });
    const client = connect(local);
    client.end('question');
    const heard = text(client);
    await until(() => sockets.length === 1 && client.bytesRead > 0);
    await until(() => {
      clock.advance(100);
      return sockets[0]?.readyState === 3;
    });
    expect(await heard).toBe('answer');
  });

  it('tells what the pod says, and goes on', async () => {
    let refuses = true;
    const { local, states } = await forward({
      opened: (socket) => {
        begin(socket);
        if (refuses) {
          socket.send(Buffer.concat([Buffer.of(1), Buffer.from('connect:\nconnection refused')]));
        }
      },
    });
    const client = connect(local);
    client.resume();
    await until(() => client.destroyed);
    expect(states.at(-1)?.problem?.message).toBe('connect: connection refused');
    refuses = false;
    connect(local);
    await until(() => states.at(-1)?.problem === null);
  });

  it('tells a refusal, and closes the connection', async () => {
    const body = { kind: 'Status', message: 'pods "api-1" not found', reason: 'NotFound' };
    const { local, states } = await forward({ refuse: { code: 404, body } });
    const client = connect(local);
    client.resume();
    await until(() => client.destroyed);
    expect(states.at(-1)?.problem).toMatchObject({ code: 404, message: 'pods "api-1" not found' });
  });

  it('is free again when stopped, and with its port', async () => {
    const { local, stop, kube, states } = await forward(echo);
    const client = connect(local);
    client.resume();
    await until(() => states.at(-1)?.total === 1);
    stop();
    await until(() => client.destroyed);
    await kube.portForward(POD, { local, remote: 80 }, () => undefined);
    kube.close();
    const again = net.createServer();
    onTestFinished(() => void again.close());
    await new Promise<void>((resolve) => again.listen(local, '127.0.0.1', resolve));
  });
});

it('a port of this machine that is taken is named', async () => {
  const { local, kube } = await forward(echo);
  await expect(kube.portForward(POD, { local, remote: 80 }, () => undefined)).rejects.toMatchObject(
    {
      code: 0,
      message: `port ${local} of this machine is in use`,
      hint: 'choose another one, or 0 for any that is free',
    },
  );
});
