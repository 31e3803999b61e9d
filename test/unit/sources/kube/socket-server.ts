/** A server of WebSockets on loopback that stands in for an API server. */
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { ca, server as pair } from './open-transport.ts';

/** How it answers. */
export interface Sockets {
  /** Of what the client offers, which it speaks. */
  readonly protocol?: string;
  readonly opened?: (socket: WebSocket, request: IncomingMessage) => void;
  /** Refuses with this status and body instead. */
  readonly refuse?: { readonly code: number; readonly body: unknown };
  readonly tls?: boolean;
}

/** Starts it. */
export async function serveSockets({ protocol, opened, refuse, tls = false }: Sockets) {
  const requests: IncomingMessage[] = [];
  const sockets: WebSocket[] = [];
  const server = tls
    ? https.createServer({ ...pair, ca: ca.cert, requestCert: true, rejectUnauthorized: false })
    : http.createServer();
  const upgrades = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) =>
      protocol === undefined ? ([...offered][0] ?? false) : offered.has(protocol) && protocol,
  });
  server.on('upgrade', (request, socket, head) => {
    requests.push(request);
    if (refuse !== undefined) {
      const body = JSON.stringify(refuse.body);
      socket.end(
        `HTTP/1.1 ${refuse.code} No\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
      return;
    }
    upgrades.handleUpgrade(request, socket, head, (made) => {
      sockets.push(made);
      opened?.(made, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.terminate();
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`, port, requests, sockets };
}
