/**
 * A proxy on loopback that stands before an API server and misbehaves on request: it refuses,
 * cuts, goes silent, is slow, or answers with what no API server should.
 */
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { vi } from 'vitest';

/** What the proxy answers instead of the server. */
export interface FaultAnswer {
  readonly status: number;
  readonly type?: string;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One misbehaviour. */
export type Fault =
  /** answers itself */
  | { readonly kind: 'answer'; readonly answer: FaultAnswer }
  /** accepts requests and never answers */
  | { readonly kind: 'silent' }
  /** forwards after this time (ms) */
  | { readonly kind: 'slow'; readonly ms: number }
  /** closes the connection instead of answering */
  | { readonly kind: 'reset' };

/** Where to forward to; TLS material where the server wants it. */
export interface Upstream {
  readonly url: string;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

interface Rule {
  readonly fault: Fault;
  readonly path: RegExp;
  left: number;
}

export class FaultProxy {
  readonly #upstream: Upstream;
  readonly #server: http.Server;
  readonly #sockets = new Set<Socket>();
  readonly #open = new Set<{ readonly from: IncomingMessage; readonly to: ServerResponse }>();
  #rules: Rule[] = [];
  #port = 0;
  /** Paths (with query) that were asked for, in order. */
  readonly requests: string[] = [];

  /** @param tls key and certificate to serve HTTPS with; without: plain HTTP */
  constructor(upstream: Upstream, tls?: { readonly key: string; readonly cert: string }) {
    this.#upstream = upstream;
    const handle = (request: IncomingMessage, response: ServerResponse): void =>
      this.#handle(request, response);
    this.#server = tls === undefined ? http.createServer(handle) : https.createServer(tls, handle);
    // Those below TLS: only they can be reset.
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => undefined);
    });
  }

  get url(): string {
    const scheme = this.#server instanceof https.Server ? 'https' : 'http';
    return `${scheme}://127.0.0.1:${this.#port}`;
  }

  /** Listens, on the port it had before if there was one: somebody's connection may have it meanwhile. */
  async start(): Promise<this> {
    await vi.waitFor(() => this.#listen(), { timeout: 10_000 });
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  #listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
  }

  /** Applies a fault to the next `times` requests whose path matches. */
  fault(fault: Fault, options: { readonly path?: RegExp; readonly times?: number } = {}): void {
    this.#rules.push({ fault, path: options.path ?? /./, left: options.times ?? Infinity });
  }

  /** Ends all faults. */
  heal(): void {
    this.#rules = [];
  }

  /** Resets every open connection. */
  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  /** The open answers stop without an end: half-open connections. New requests are served. */
  freeze(): void {
    for (const { from, to } of this.#open) from.unpipe(to);
    for (const { from } of this.#open) from.resume();
    this.#open.clear();
  }

  /** Ends the open answers as a server that shuts down in good order does. */
  end(): void {
    for (const { from, to } of this.#open) {
      from.unpipe(to);
      to.end();
    }
    this.#open.clear();
  }

  /** Writes into the open answers what no server would. */
  inject(text: string): void {
    for (const { to } of this.#open) to.write(text);
  }

  /** Refuses connections until started again. */
  async stop(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '/';
    this.requests.push(path);
    const rule = this.#rules.find((one) => one.left > 0 && one.path.test(path));
    if (rule === undefined) {
      this.#forward(request, response);
      return;
    }
    rule.left--;
    const { fault } = rule;
    if (fault.kind === 'silent') return;
    if (fault.kind === 'reset') request.socket.destroy();
    else if (fault.kind === 'slow') {
      const timer = setInterval(() => {
        clearInterval(timer);
        this.#forward(request, response);
      }, fault.ms);
    } else {
      const { status, type = 'application/json', body = '', headers = {} } = fault.answer;
      // Tests have a time of their own, which the date of today would contradict.
      response.sendDate = false;
      response.writeHead(status, { 'Content-Type': type, ...headers }).end(body);
    }
  }

  #forward(request: IncomingMessage, response: ServerResponse): void {
    const { url, ca, cert, key } = this.#upstream;
    const target = new URL(request.url ?? '/', url);
    const send = target.protocol === 'https:' ? https.request : http.request;
    const headers = { ...request.headers, host: target.host };
    const tls = ca === undefined ? {} : { ca, cert, key };
    const upstream = send(target, {
      method: request.method ?? 'GET',
      headers,
      agent: false,
      ...tls,
    });
    upstream.on('response', (from) => {
      response.writeHead(from.statusCode ?? 502, from.headers);
      response.flushHeaders();
      const pair = { from, to: response };
      this.#open.add(pair);
      from.pipe(response);
      // A server that is killed takes its answers with it.
      from.on('error', () => response.destroy());
      from.on('close', () => this.#open.delete(pair));
    });
    upstream.on('error', () => response.destroy());
    response.on('close', () => upstream.destroy());
    request.pipe(upstream);
  }
}

/** A Status, as the API server words its errors. */
export function statusBody(code: number, reason: string, message: string): string {
  return JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    message,
    reason,
    code,
  });
}
