import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Connection, Material, Pool } from './connection.ts';
import { asRequestError, RequestError, statusError, timeoutError } from './errors.ts';
import { LIMITS, tooLarge } from './limits.ts';
import { isRead } from './readonly.ts';
import { RequestNote } from './request-log.ts';
import { ServerClock } from './server-clock.ts';
import { addressOf } from './server-url.ts';

/** One request to the API server. */
export interface KubeRequest {
  /** What it is for, in kubectl's words (`list pods`): errors name it. */
  readonly doing: string;
  readonly path: string;
  readonly method?: 'GET' | 'POST' | 'PATCH';
  readonly query?: Readonly<Record<string, string>>;
  readonly accept?: string;
  readonly body?: { readonly type: string; readonly text: string };
  /** Long-lived streams have connections of their own; `fresh` opens a new one. */
  readonly pool?: Pool;
  /** How long (ms) the head of the answer may take. */
  readonly timeout?: number;
  readonly signal?: AbortSignal | undefined;
  /** As the user whose credentials they are, whoever is impersonated. */
  readonly asSelf?: boolean;
}

/** Options of {@link Transport}. */
export interface TransportOptions {
  readonly clock: Clock;
  /** Program version, for the User-Agent. */
  readonly version: string;
  /** Refuse whatever is not known to be a read. */
  readonly readonly: () => boolean;
  /** How long (ms) the head of an answer may take. */
  readonly timeout: number;
  /** Hears of every request. */
  readonly log?: Log | undefined;
}

/** A connection that cannot be opened within this time (ms) is given up. */
const CONNECT_TIMEOUT = 10_000;
/** A silent connection is tested by the kernel after this time (ms). */
const KEEP_ALIVE = 15_000;
/** Error bodies are read up to this size (bytes). */
const ERROR_BODY = 65_536;

/**
 * HTTP to one API server. Everything the program sends passes here, so read-only holds here.
 * Rejections are {@link RequestError}; the caller's own abort is rethrown as it is.
 */
export class Transport {
  readonly #connection: Connection;
  readonly #options: TransportOptions;
  readonly #serverClock: ServerClock;

  constructor(connection: Connection, options: TransportOptions) {
    this.#connection = connection;
    this.#options = options;
    this.#serverClock = new ServerClock(options.clock);
  }

  /** The server's address. */
  get server(): string {
    return addressOf(this.#connection.server);
  }

  /** Where requests go, for sentences. */
  get host(): string {
    return this.#connection.host;
  }

  /** Whether requests are made as another user. */
  get impersonates(): boolean {
    return this.#connection.impersonates;
  }

  /** What to add to our time (ms) to have the server's; null before its first answer. */
  get clockOffset(): number | null {
    return this.#serverClock.offset;
  }

  /** Opens a request and gives the answer as a stream once its head says success (2xx). */
  async open(request: KubeRequest): Promise<IncomingMessage> {
    const { log, clock } = this.#options;
    if (log === undefined) return this.#open(request);
    const note = new RequestNote(log, clock, request);
    try {
      const response = await this.#open(request, note);
      note.answered(response);
      return response;
    } catch (error) {
      note.failed(error);
      throw error;
    }
  }

  async #open(request: KubeRequest, note?: RequestNote): Promise<IncomingMessage> {
    const { method = 'GET', path, doing } = request;
    if (this.#options.readonly() && !isRead(method, path)) {
      throw new RequestError(0, `read-only: ${doing} is refused`, {
        hint: 'start with --write to allow changes',
        reason: 'ReadOnly',
      });
    }
    const material = await this.#connection.material(request.pool ?? 'requests');
    note?.sentWith(material);
    const response = await this.#send(request, material, note);
    if (response.statusCode !== 401 || !this.#connection.reject(material.credential)) {
      return this.#checked(request, response);
    }
    response.resume();
    const renewed = await this.#connection.material(request.pool ?? 'requests');
    note?.again();
    return this.#checked(request, await this.#send(request, renewed, note));
  }

  /** Sends a request and gives the whole answer, parsed; it may be as large as one object. */
  async json(request: KubeRequest): Promise<unknown> {
    const response = await this.open({ accept: 'application/json', ...request });
    const body = await this.#body(request, response);
    try {
      return JSON.parse(body.toString('utf8'));
    } catch {
      throw statusError(response.statusCode ?? 0, headersOf(response), body, request.doing);
    }
  }

  /** The next request is made with new credentials. */
  forgetCredentials(): void {
    this.#connection.forgetCredentials();
  }

  close(): void {
    this.#connection.close();
  }

  #send(request: KubeRequest, material: Material, note?: RequestNote): Promise<IncomingMessage> {
    const { clock, version } = this.#options;
    const { server } = this.#connection;
    const { method = 'GET', path, query = {}, accept, body, signal } = request;
    const timeout = this.#timeoutOf(request);
    const search = new URLSearchParams(query).toString();
    const prefix = server.pathname.replace(/\/$/, '');
    return new Promise<IncomingMessage>((resolve, reject) => {
      const send = server.protocol === 'http:' ? http.request : https.request;
      const sent = send(new URL(server), {
        method,
        path: `${prefix}${path}${search === '' ? '' : `?${search}`}`,
        agent: material.agent,
        headers: {
          'User-Agent': `ekscope/${version}`,
          ...(accept === undefined ? {} : { Accept: accept }),
          ...(body === undefined
            ? {}
            : { 'Content-Type': body.type, 'Content-Length': Buffer.byteLength(body.text) }),
          ...(material.headers as http.OutgoingHttpHeaders),
          ...(request.asSelf === true ? {} : (material.impersonation as http.OutgoingHttpHeaders)),
        },
        ...(signal === undefined ? {} : { signal }),
      });
      const expire = (ms: number) => () => sent.destroy(timeoutError(this.host, ms / 1000));
      const timers = [clock.after(timeout, expire(timeout))];
      const disarm = (): void => timers.forEach((cancel) => cancel());
      sent.on('socket', (socket) => {
        // The kernel finds a dead peer within half a minute of silence; HTTP/1.1 itself never would.
        socket.setKeepAlive(true, KEEP_ALIVE);
        if (!socket.connecting) return;
        const cancel = clock.after(CONNECT_TIMEOUT, expire(CONNECT_TIMEOUT));
        timers.push(cancel);
        socket.once('connect', cancel);
      });
      let answered = false;
      sent.on('response', (response) => {
        answered = true;
        disarm();
        this.#serverClock.heard(response.headers.date);
        resolve(response);
      });
      sent.on('error', (error) => {
        disarm();
        // The server may close an idle connection just when it is used again: that is no failure.
        const closedIdle = sent.reusedSocket && 'code' in error && error.code === 'ECONNRESET';
        if (closedIdle && !answered && isRead(method, path)) {
          note?.again();
          resolve(this.#send(request, material, note));
        } else reject(error);
      });
      sent.end(body?.text);
    }).catch((error: unknown) => {
      throw signal?.aborted === true ? error : asRequestError(error, this.host);
    });
  }

  async #checked(request: KubeRequest, response: IncomingMessage): Promise<IncomingMessage> {
    const code = response.statusCode ?? 0;
    const contentType = response.headers['content-type'] ?? '';
    if (code >= 200 && code < 300 && !contentType.includes('html')) return response;
    const body = await this.#errorBody(request, response);
    throw statusError(code, headersOf(response), body, request.doing);
  }

  /** An error's body, as far as it may matter. */
  async #errorBody(request: KubeRequest, response: IncomingMessage): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of this.chunks(request, response)) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= ERROR_BODY) break;
    }
    return Buffer.concat(chunks);
  }

  /** The whole body, within the request's time limit. */
  async #body(request: KubeRequest, response: IncomingMessage): Promise<Buffer> {
    const timeout = this.#timeoutOf(request);
    const expire = (): unknown => response.destroy(timeoutError(this.host, timeout / 1000));
    const cancel = this.#options.clock.after(timeout, expire);
    const chunks: Buffer[] = [];
    let size = 0;
    try {
      for await (const chunk of this.chunks(request, response)) {
        chunks.push(chunk);
        size += chunk.length;
        if (size > LIMITS.object) throw tooLarge('an answer', LIMITS.object);
      }
    } finally {
      cancel();
    }
    return Buffer.concat(chunks);
  }

  /**
   * The body as it comes. It may take any time as long as it goes on.
   * @throws RequestError where it is cut, or nothing comes within the request's time limit
   */
  async *chunks(request: KubeRequest, response: IncomingMessage): AsyncGenerator<Buffer> {
    const { clock } = this.#options;
    const timeout = this.#timeoutOf(request);
    const expire = (): unknown => response.destroy(timeoutError(this.host, timeout / 1000));
    let cancel = clock.after(timeout, expire);
    try {
      for await (const chunk of response as AsyncIterable<Buffer>) {
        // While it is worked on, nobody waits for the server.
        cancel();
        yield chunk;
        cancel = clock.after(timeout, expire);
      }
    } catch (error) {
      if (request.signal?.aborted === true) throw error;
      throw asRequestError(error, this.host);
    } finally {
      cancel();
    }
  }

  #timeoutOf(request: KubeRequest): number {
    return request.timeout ?? this.#options.timeout;
  }
}

function headersOf(response: IncomingMessage): Parameters<typeof statusError>[1] {
  return {
    contentType: response.headers['content-type'] ?? '',
    retryAfter: response.headers['retry-after'] ?? '',
    date: response.headers.date ?? '',
  };
}
