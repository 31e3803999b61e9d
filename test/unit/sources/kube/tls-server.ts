/** An HTTPS server with a CA and a client certificate of its own, and an HTTP proxy, on loopback. */
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';
import { onTestFinished } from 'vitest';

export interface Pair {
  readonly key: string;
  readonly cert: string;
}

/** A certificate for a name, signed by `ca` (or by itself, being a CA then). */
export async function certificate(name: string, ca?: Pair): Promise<Pair> {
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: ca === undefined },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: name },
          ...(name === 'loopback' ? [{ type: 7 as const, ip: '127.0.0.1' }] : []),
        ],
      },
    ],
    ...(ca === undefined ? {} : { ca }),
  });
  return { key: made.private, cert: made.cert };
}

/** What a request looked like to the server. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly rawHeaders: readonly string[];
  /** Common name of the client's certificate, empty without one. */
  readonly client: string;
  readonly port: number;
  readonly body: string;
}

/** How a server answers. */
export type Answer = (seen: Seen, response: ServerResponse) => void;

/** Starts a server that records what it is asked. */
export async function serve(
  answer: Answer,
  tls?: Pair & { readonly ca: string },
): Promise<{ readonly url: string; readonly seen: readonly Seen[]; readonly port: number }> {
  const seen: Seen[] = [];
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { socket } = request;
      const subject =
        socket instanceof TLSSocket
          ? (socket.getPeerCertificate().subject as { readonly CN?: string } | undefined)
          : undefined;
      const one: Seen = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        rawHeaders: request.rawHeaders,
        client: subject?.CN ?? '',
        port: request.socket.remotePort ?? 0,
        body: Buffer.concat(chunks).toString(),
      };
      seen.push(one);
      answer(one, response);
    });
  };
  const server =
    tls === undefined
      ? http.createServer(handle)
      : https.createServer({ ...tls, requestCert: true, rejectUnauthorized: false }, handle);
  const port = await listen(server);
  const scheme = tls === undefined ? 'http' : 'https';
  return { url: `${scheme}://127.0.0.1:${port}`, seen, port };
}

/** Starts an HTTP proxy that tunnels every CONNECT to `port`, whatever host was asked for. */
export async function proxyTo(
  port: number,
): Promise<{ readonly url: string; readonly connects: string[] }> {
  const connects: string[] = [];
  const server = http.createServer();
  server.on('connect', (request, socket) => {
    connects.push(request.url ?? '');
    const upstream = net.connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
  });
  return { url: `http://127.0.0.1:${await listen(server)}`, connects };
}

/** A SOCKS5 proxy that leads to `port` whatever is asked for, and what was: a name, or bytes of an address. */
export async function socksTo(
  port: number,
): Promise<{ readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = net.createServer((socket) => {
    socket.once('data', () => {
      socket.once('data', (request: Buffer) => {
        // Version, command, reserved, kind of the address (3: a name, behind its length).
        const isName = request[3] === 3;
        asked.push(
          isName ? request.subarray(5, -2).toString() : request.subarray(4, -2).toString('hex'),
        );
        const upstream = net.connect(port, '127.0.0.1', () => {
          socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
          upstream.pipe(socket).pipe(upstream);
        });
        upstream.on('error', () => socket.destroy());
      });
      socket.write(Buffer.from([5, 0]));
    });
    socket.on('error', () => socket.destroy());
  });
  return { url: `socks5://127.0.0.1:${await listen(server)}`, asked };
}

async function listen(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    if ('closeAllConnections' in server) (server as http.Server).closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

/** Answers with JSON. */
export function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
