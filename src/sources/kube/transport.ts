import type { WebSocket } from 'ws';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { ApiServer, Material } from './api-server.ts';
import { decoded } from './decoded.ts';
import type { Answered } from './bulk.ts';
import { asRequestError, RequestError, statusError, timeoutError } from './errors.ts';
import { LIMITS, tooLarge } from './limits.ts';
import { isRead } from './readonly.ts';
import { answerOf, headersOf, targetOf, type KubeRequest } from './request.ts';
import { RequestNote } from './request-log.ts';
import { send } from './send.ts';
import { addressOf } from './server-url.ts';
import type { Dialled } from './websocket.ts';

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

/** An answer whose head is here. */
interface Answer {
  readonly response: Answered;
}

type Send<A extends Answer> = (material: Material, note?: RequestNote) => Promise<A>;

/** Error bodies are read up to this size (bytes): a patch that does not fit is answered with the object. */
const ERROR_BODY = LIMITS.object;

/**
 * HTTP to one API server. Everything the program sends passes here, so read-only holds here.
 * Rejections are {@link RequestError}; the caller's own abort is rethrown as it is.
 */
export class Transport {
  readonly #api: ApiServer;
  readonly #options: TransportOptions;
  readonly #sockets = new Set<WebSocket>();

  constructor(api: ApiServer, options: TransportOptions) {
    this.#api = api;
    this.#options = options;
  }

  /** The server's address. */
  get server(): string {
    return addressOf(this.#api.server);
  }

  /** Where requests go, for sentences. */
  get host(): string {
    return this.#api.host;
  }

  /** Whether requests are made as another user. */
  get impersonates(): boolean {
    return this.#api.impersonates;
  }

  /** What to add to our time (ms) to have the server's; null before its first answer. */
  get clockOffset(): number | null {
    return this.#api.clock.offset;
  }

  /** @throws RequestError where read-only refuses the request; every request is asked about */
  permit({ method = 'GET', path, doing }: KubeRequest): void {
    if (!this.#options.readonly() || isRead(method, path)) return;
    throw new RequestError(0, `read-only: ${doing} is refused`, {
      hint: 'start with --write to allow changes',
      reason: 'ReadOnly',
    });
  }

  /** Opens a request and gives the answer as a stream once its head says success (2xx, or 304 if asked). */
  async open(request: KubeRequest): Promise<Answered> {
    const sending: Send<Answer> = async (material, note) => ({
      response: await this.#send(request, material, note),
    });
    return (await this.#exchange(request, sending)).response;
  }

  /** Opens a WebSocket: the server chooses one of the protocols. Whoever takes it closes it. */
  async upgrade(request: KubeRequest, protocols: readonly string[]): Promise<WebSocket> {
    const { dial } = await import('./websocket.ts');
    const { server } = this.#api;
    const send: Send<Dialled> = (material) =>
      dial({
        url: new URL(targetOf(request, server), server),
        protocols,
        agent: material.agent,
        headers: headersOf(request, material, this.#options.version),
        clock: this.#options.clock,
        timeout: this.#timeoutOf(request),
        host: this.host,
      });
    const { socket } = await this.#exchange(request, send);
    if (socket === null) {
      throw new RequestError(0, `${request.doing}: the server opens no WebSocket`, {
        hint: 'a proxy in between may not let WebSockets through',
      });
    }
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    return socket;
  }

  async #exchange<A extends Answer>(request: KubeRequest, send: Send<A>): Promise<A> {
    const { log, clock } = this.#options;
    if (log === undefined) return this.#authorized(request, send);
    const note = new RequestNote(log, clock, request);
    try {
      const answer = await this.#authorized(request, send, note);
      note.answered(answer.response);
      return answer;
    } catch (error) {
      note.failed(error);
      throw error;
    }
  }

  async #authorized<A extends Answer>(
    request: KubeRequest,
    send: Send<A>,
    note?: RequestNote,
  ): Promise<A> {
    this.permit(request);
    const material = await this.#api.material(request.pool ?? 'requests');
    note?.sentWith(material);
    const answer = await send(material, note);
    const { response } = answer;
    if (response.statusCode !== 401 || !this.#api.reject(material.credential)) {
      return this.#checked(request, answer);
    }
    // Read to its end, its connection can be used again; one without an end is not read for ever.
    this.#errorBody(request, response).catch(() => undefined);
    const renewed = await this.#api.material(request.pool ?? 'requests');
    note?.again();
    return this.#checked(request, await send(renewed, note));
  }

  /** Sends a request and gives the whole answer, parsed; it may be as large as one object. */
  async json(request: KubeRequest): Promise<unknown> {
    const response = await this.open({ accept: 'application/json', ...request });
    return this.parsed(request, response);
  }

  /** The rest of an answer, parsed; it may be as large as one object. */
  async parsed(request: KubeRequest, response: Answered): Promise<unknown> {
    const body = await this.#body(request, response);
    try {
      return JSON.parse(body.toString('utf8'));
    } catch {
      throw statusError(response.statusCode ?? 0, answerOf(response), body, request);
    }
  }

  /** The next request is made with new credentials. */
  forgetCredentials(): void {
    this.#api.forgetCredentials();
  }

  /** Closes what is idle, and every WebSocket. */
  close(): void {
    for (const socket of this.#sockets) socket.terminate();
    this.#api.close();
  }

  #send(request: KubeRequest, material: Material, note?: RequestNote): Promise<Answered> {
    const { clock, version } = this.#options;
    const { server, clock: theirs } = this.#api;
    return send(request, {
      ...{ server, clock, material, timeout: this.#timeoutOf(request), host: this.host },
      headers: headersOf(request, material, version),
      target: targetOf(request, server),
      heard: (date) => theirs.heard(date),
      again: () => note?.again(),
    });
  }

  async #checked<A extends Answer>(request: KubeRequest, answer: A): Promise<A> {
    const { response } = answer;
    const code = response.statusCode ?? 0;
    const contentType = response.headers['content-type'] ?? '';
    const isAsked = code === 101 || (code === 304 && request.etag !== undefined);
    if (isAsked || (code >= 200 && code < 300 && !contentType.includes('html'))) return answer;
    const body = await this.#errorBody(request, response);
    throw statusError(code, answerOf(response), body, request, this.clockOffset);
  }

  /** An error's body, as far as it may matter. */
  async #errorBody(request: KubeRequest, response: Answered): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of this.chunks(request, response)) {
      chunks.push(Buffer.from(chunk));
      size += chunk.length;
      if (size >= ERROR_BODY) break;
    }
    return Buffer.concat(chunks);
  }

  /** The whole body, within the request's time limit. */
  async #body(request: KubeRequest, response: Answered): Promise<Buffer> {
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
   * The body as it comes, decompressed. It may take any time as long as it goes on.
   * @throws RequestError where it is cut, or nothing comes within the request's time limit
   */
  async *chunks(request: KubeRequest, response: Answered): AsyncGenerator<Buffer> {
    const { clock } = this.#options;
    const timeout = this.#timeoutOf(request);
    const expire = (): unknown => response.destroy(timeoutError(this.host, timeout / 1000));
    let cancel = clock.after(timeout, expire);
    try {
      for await (const chunk of decoded(response)) {
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
