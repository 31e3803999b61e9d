/** Sends one request, and waits for the head of its answer. */
import http, { type OutgoingHttpHeaders } from 'node:http';
import https from 'node:https';
import { addAbortSignal } from 'node:stream';
import type { Clock } from '../../core/clock.ts';
import type { Stop } from '../../ports/sink.ts';
import type { Material } from './api-server.ts';
import { Bulk, type Answered } from './bulk.ts';
import { notHttp } from './chunked.ts';
import { asRequestError, timeoutError } from './errors.ts';
import { isRead } from './readonly.ts';
import type { KubeRequest } from './request.ts';

/** A connection that cannot be opened within this time (ms) is given up. */
const CONNECT_TIMEOUT = 10_000;
/** A silent connection is tested by the kernel after this time (ms): HTTP/1.1 itself never finds a dead peer. */
const KEEP_ALIVE = 15_000;

/** How a request is sent. */
export interface Way {
  readonly server: URL;
  /** The server, as errors name it. */
  readonly host: string;
  readonly material: Material;
  readonly headers: OutgoingHttpHeaders;
  /** Path and query. */
  readonly target: string;
  readonly clock: Clock;
  /** How long (ms) the head of the answer may take. */
  readonly timeout: number;
  /** Told of the time that the answer names. */
  readonly heard: (date: string | undefined) => void;
  /** Told that it is sent once more. */
  readonly again: () => void;
}

/** Rejects with {@link RequestError}; the caller's own abort is rethrown as it is. */
export async function send(request: KubeRequest, way: Way): Promise<Answered> {
  const { straight } = way.material;
  const isBulk = request.bulk === true && straight !== null;
  try {
    request.signal?.throwIfAborted();
    return await (isBulk ? byBulk(request, way, straight) : byLibrary(request, way));
  } catch (error) {
    throw request.signal?.aborted === true ? error : asRequestError(error, way.host);
  }
}

/** Ends what takes too long: to connect, and to answer. */
function limits({ clock, timeout, host }: Way, end: (error: Error) => void) {
  const after = (ms: number): Stop => clock.after(ms, () => end(timeoutError(host, ms / 1000)));
  const timers = [after(timeout)];
  return {
    connecting: (): Stop => {
      const cancel = after(CONNECT_TIMEOUT);
      timers.push(cancel);
      return cancel;
    },
    over: (): void => timers.forEach((cancel) => cancel()),
  };
}

function byLibrary(request: KubeRequest, way: Way): Promise<Answered> {
  const { method = 'GET', path, body, signal } = request;
  const { server, material, headers, target } = way;
  return new Promise<Answered>((resolve, reject) => {
    const ask = server.protocol === 'http:' ? http.request : https.request;
    const sent = ask(new URL(server), {
      method,
      path: target,
      agent: material.agent,
      headers,
    });
    const time = limits(way, (error) => void sent.destroy(error));
    const abort = (): void => void sent.destroy(signal?.reason as Error);
    signal?.addEventListener('abort', abort);
    const over = (): void => {
      time.over();
      signal?.removeEventListener('abort', abort);
    };
    sent.on('socket', (socket) => {
      socket.setKeepAlive(true, KEEP_ALIVE);
      if (socket.connecting) socket.once('connect', time.connecting());
    });
    let answered = false;
    sent.on('response', (response) => {
      answered = true;
      over();
      // Told to the request, an abort behind the end of an answer that is still read ends the program:
      // the socket's error is nobody's then.
      if (signal !== undefined) addAbortSignal(signal, response);
      way.heard(response.headers.date);
      resolve(response);
    });
    sent.on('error', (error) => {
      over();
      // The server may close an idle connection just when it is used again: that is no failure.
      const closedIdle = sent.reusedSocket && 'code' in error && error.code === 'ECONNRESET';
      if (closedIdle && !answered && isRead(method, path)) {
        way.again();
        resolve(byLibrary(request, way));
      } else reject(error);
    });
    // Without a word where the server goes over to another protocol.
    sent.on('close', () => {
      over();
      if (!answered) reject(notHttp('the answer is not HTTP/1.1'));
    });
    sent.end(body?.text);
  });
}

function byBulk(
  { signal }: KubeRequest,
  way: Way,
  tls: NonNullable<Material['straight']>,
): Promise<Answered> {
  const { server, target, headers } = way;
  return new Promise<Answered>((resolve, reject) => {
    const bulk = new Bulk({ server, tls, target, headers });
    const time = limits(way, (error) => void bulk.destroy(error));
    bulk.socket.setKeepAlive(true, KEEP_ALIVE);
    bulk.socket.once('connect', time.connecting());
    bulk.once('response', () => {
      time.over();
      way.heard(bulk.headers['date']);
      resolve(bulk);
    });
    bulk.on('error', (error) => {
      time.over();
      reject(error);
    });
    if (signal !== undefined) addAbortSignal(signal, bulk);
  });
}
