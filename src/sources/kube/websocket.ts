import type { Agent, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { WebSocket } from 'ws';
import type { Clock } from '../../core/clock.ts';
import { asRequestError, timeoutError } from './errors.ts';
import { LIMITS } from './limits.ts';

/** What a WebSocket is opened with. */
export interface Dial {
  readonly url: URL;
  readonly protocols: readonly string[];
  readonly agent: Agent;
  readonly headers: OutgoingHttpHeaders;
  readonly clock: Clock;
  /** How long (ms) the answer may take. */
  readonly timeout: number;
  /** The server, for sentences. */
  readonly host: string;
}

/** What came of it: a socket, or an answer that says why not. */
export interface Dialled {
  readonly response: IncomingMessage;
  readonly socket: WebSocket | null;
}

/**
 * A peer is asked this often (ms) whether it is there, also so that nothing in between takes the
 * connection for idle.
 */
const PING = 15_000;

/**
 * Opens a WebSocket. One whose peer answers no ping is ended, as one that was cut. Errors after
 * that are followed by its `close`, which is what counts. Rejections are RequestErrors.
 */
export function dial({ url, protocols, agent, headers, clock, timeout, host }: Dial) {
  return new Promise<Dialled>((resolve, reject) => {
    const socket = new WebSocket(url, [...protocols], {
      agent,
      headers,
      perMessageDeflate: false,
      maxPayload: LIMITS.object,
    });
    const cancel = clock.after(timeout, () => {
      reject(timeoutError(host, timeout / 1000));
      socket.terminate();
    });
    let response: IncomingMessage;
    socket.on('upgrade', (head) => {
      response = head;
    });
    socket.on('open', () => {
      cancel();
      // Nothing is lost until whoever asked has taken it.
      socket.pause();
      keepAlive(socket, clock);
      resolve({ response, socket });
    });
    socket.on('unexpected-response', (_request, head) => {
      cancel();
      resolve({ response: head, socket: null });
    });
    socket.on('error', (error) => {
      cancel();
      reject(asRequestError(error, host));
    });
  });
}

function keepAlive(socket: WebSocket, clock: Clock): void {
  let heard = true;
  let cancel = (): void => {};
  const hear = (): void => {
    heard = true;
  };
  const beat = (): void => {
    if (!heard) {
      socket.terminate();
      return;
    }
    // One that we hold back ourselves is not heard.
    heard = socket.isPaused;
    socket.ping();
    cancel = clock.after(PING, beat);
  };
  socket.on('message', hear);
  socket.on('pong', hear);
  socket.on('close', () => cancel());
  cancel = clock.after(PING, beat);
}
