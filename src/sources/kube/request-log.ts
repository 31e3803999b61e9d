import type { Answered } from './bulk.ts';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Material } from './api-server.ts';
import { RequestError } from './errors.ts';
import type { KubeRequest } from './request.ts';

/** What a bug report has to know of one request: never its headers, its body or what was answered. */
export class RequestNote {
  #retries = 0;
  #credentials = 'none';
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #request: KubeRequest;
  readonly #begun: number;

  constructor(log: Log, clock: Clock, request: KubeRequest) {
    this.#log = log;
    this.#clock = clock;
    this.#request = request;
    this.#begun = clock.now();
  }

  /** Which sort of credentials it is sent with; which these are is nobody's business. */
  sentWith({ headers, credential }: Material): void {
    const header = headers['Authorization'];
    const scheme = typeof header === 'string' ? (header.split(' ', 1)[0] ?? '') : '';
    const made = credential === null ? 'of the kubeconfig' : 'made when needed';
    this.#credentials =
      scheme === '' && credential === null
        ? 'none or a certificate'
        : `${scheme || 'certificate'} ${made}`;
  }

  /** It has to be sent once more. */
  again(): void {
    this.#retries++;
  }

  /** The head of the answer is here; what follows is counted until it ends. */
  answered(response: Answered): void {
    const facts = { ...this.#facts(), status: response.statusCode };
    const { socket } = response;
    const before = socket.bytesRead;
    const isSocket = response.statusCode === 101;
    const streams =
      isSocket || this.#request.pool === 'watches' || this.#request.query?.['watch'] === 'true';
    if (streams) this.#log('info', 'stream opened', facts);
    (isSocket ? socket : response).once('close', () => {
      // A short answer comes with its head.
      const length = Number(response.headers['content-length'] ?? NaN);
      const bytes = Number.isNaN(length) ? socket.bytesRead - before : length;
      const ms = this.#clock.now() - this.#begun;
      this.#log('info', streams ? 'stream closed' : 'request', { ...facts, ms, bytes });
    });
  }

  failed(error: unknown): void {
    if (this.#request.signal?.aborted === true) return;
    const status = error instanceof RequestError ? error.code : 0;
    this.#log('warn', 'request failed', { ...this.#facts(), status, error });
  }

  #facts() {
    const { doing, method = 'GET', path, query } = this.#request;
    const asked = { ...query };
    // Where a list goes on is long, and nobody can read it; a command may hold a password.
    for (const name of ['continue', 'command']) if (name in asked) asked[name] = '…';
    return {
      doing,
      method,
      path,
      query: asked,
      ms: this.#clock.now() - this.#begun,
      retries: this.#retries,
      credentials: this.#credentials,
    };
  }
}
