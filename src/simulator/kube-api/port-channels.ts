import type { WebSocket } from 'ws';
import { connectTo, refusedPort } from '../container/app.ts';
import type { Pod } from '../world/objects.ts';
import type { World } from '../world/world.ts';
import { badRequest } from './status.ts';

/** What this server speaks for forwarded ports in channels of a WebSocket. */
export const PORT_PROTOCOL = 'v4.channel.k8s.io';

/** The ports that a query names. @throws {ApiError} where it names none, or one that is none */
export function portsOf(query: URLSearchParams): readonly number[] {
  const ports = query.getAll('ports').flatMap((each) => each.split(',').map(Number));
  if (ports.length > 0 && ports.every((port) => port > 0 && port < 65_536)) return ports;
  throw badRequest('query parameter "ports" is required and must be a port');
}

/** Forwards ports over one WebSocket: two channels for each, its data and its errors. */
export function forwardChannels(
  world: World,
  pod: Pod,
  ports: readonly number[],
  socket: WebSocket,
): void {
  const send = (channel: number, bytes: Buffer): void => {
    if (socket.readyState === socket.OPEN) socket.send(Buffer.concat([Buffer.of(channel), bytes]));
  };
  const connections = ports.map((port, i) => {
    const [data, errors] = [2 * i, 2 * i + 1];
    const number = Buffer.alloc(2);
    number.writeUInt16LE(port);
    send(data, number);
    send(errors, number);
    const connection = connectTo(world, pod, port);
    if (connection === null) send(errors, Buffer.from(refusedPort(pod, port)));
    connection?.on('data', (bytes: Buffer) => send(data, bytes));
    connection?.on('end', () => socket.close(1000));
    return connection;
  });
  socket.on('message', (message) => {
    const bytes = message as Buffer;
    connections[(bytes[0] ?? 0) / 2]?.write(bytes.subarray(1));
  });
  socket.on('close', () => connections.forEach((each) => each?.destroy()));
}
