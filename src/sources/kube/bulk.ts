/**
 * A request whose answer is very long: a list of all pods is half a gigabyte. Node's HTTP client makes
 * a buffer and several calls of each record of TLS, of which an API server writes two for a pod: that
 * is more than all else that is done with it. Here all records are read into one buffer, and what is
 * in them is handed on in large pieces.
 *
 * Only what goes straight to a server, one request on a connection of its own: proxies, connections
 * that are used again and everything else is the library's.
 */
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import net from 'node:net';
import { Readable } from 'node:stream';
import tls from 'node:tls';
import { Chunked, notHttp } from './chunked.ts';

/** Bytes that are read at once. */
const READ = 64 * 1024;
/** Bytes that are handed on at once, at most. */
const PIECE = 256 * 1024;
/** So many pieces that nobody takes hold up who sends. */
const PIECES = 2;
/** What is smaller than this (bytes) is copied out of the room for a piece, which goes on being filled. */
const SMALL = 16 * 1024;
/** All heads of an answer are no longer (bytes), as Node has it of one. */
const HEAD = 16 * 1024;
/** Where one of these is told twice, who told it may mean the other. */
const FRAMING = new Set(['transfer-encoding', 'content-length']);

/** What is known of an answer, however it was asked for. */
export type Answered = Readable & Pick<IncomingMessage, 'statusCode' | 'headers' | 'socket'>;

/** What is asked, and of whom. */
export interface BulkRequest {
  readonly server: URL;
  /** How TLS is spoken with it. */
  readonly tls: tls.ConnectionOptions;
  /** Path and query. */
  readonly target: string;
  readonly headers: OutgoingHttpHeaders;
}

/**
 * The answer to one GET, of which the head is here once it emits `response`; then its body, as it comes.
 * A piece of it is good until the next one is asked for: its memory is then filled anew. Left to the
 * collector, as much garbage as half of all rows would lie about.
 */
export class Bulk extends Readable {
  statusCode = 0;
  headers: Record<string, string> = {};
  readonly socket: net.Socket;
  /** What came of the head so far; null: it is whole. */
  #head: string | null = '';
  /** How long (bytes) the head may be, behind those of preliminary answers. */
  #headLeft = HEAD;
  /** How the body is told to end; a number: so many bytes are to come. */
  #framing: Chunked | number = Infinity;
  #room = Buffer.allocUnsafeSlow(PIECE);
  /** Rooms of pieces that were used. */
  readonly #spare: Buffer<ArrayBuffer>[] = [];
  #size = 0;
  #isDue = false;
  /** All has been handed on. */
  #isDone = false;

  constructor({ server, tls: secure, target, headers }: BulkRequest) {
    // Pieces are objects to it: bytes would be put together into new memory.
    super({ objectMode: true, highWaterMark: PIECES });
    const head = headText(server, target, headers);
    const host = server.hostname.replace(/^\[|\]$/g, '');
    const isTls = server.protocol === 'https:';
    const onread = {
      buffer: Buffer.allocUnsafeSlow(READ),
      callback: (count: number, buffer: Uint8Array) => this.#hear(buffer.subarray(0, count)),
    };
    const to = { host, port: Number(server.port || (isTls ? 443 : 80)), onread };
    this.socket = isTls
      ? tls.connect({ ...servernameOf(host), ...secure, ...to })
      : net.connect(to);
    this.socket.on('error', (error) => this.destroy(error));
    // `end` is not told where data goes into a buffer of one's own before it is asked for.
    this.socket.on('end', () => this.#ended());
    this.socket.on('close', () => this.#ended());
    this.socket.write(head, 'latin1');
  }

  override async *[Symbol.asyncIterator](): AsyncGenerator<
    Buffer<ArrayBuffer>,
    undefined,
    undefined
  > {
    for await (const piece of super[Symbol.asyncIterator]() as AsyncIterable<Buffer<ArrayBuffer>>) {
      yield piece;
      const { buffer } = piece;
      if (buffer.byteLength === PIECE) this.#spare.push(Buffer.from(buffer));
    }
  }

  override _read(): void {
    this.socket.resume();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.socket.destroy();
    done(error);
  }

  /** Takes what has come; false: no more before this is taken. */
  #hear(bytes: Uint8Array): boolean {
    try {
      const from = this.#head === null ? 0 : this.#hearHead(this.#head, bytes);
      if (this.#head === null) this.#hearBody(bytes, from);
    } catch (error) {
      this.destroy(error as Error);
    }
    if (this.#size >= PIECE / 2) this.#flush();
    return this.readableLength < PIECES;
  }

  /** @returns where the body begins in these bytes */
  #hearHead(before: string, bytes: Uint8Array): number {
    const text = before + Buffer.from(bytes).toString('latin1');
    // A bare line feed ends a line too: what is wrong with such a head is told at once.
    const ends = /\r?\n\r?\n/g;
    for (let from = 0; ; from = ends.lastIndex) {
      const end = ends.exec(text)?.index ?? -1;
      const size = (end < 0 ? text.length : end) - from;
      if (size > this.#headLeft) throw notHttp('the head of the answer is too long');
      if (end < 0) {
        this.#head = text.slice(from);
        return bytes.length;
      }
      this.#headLeft -= size;
      this.#readHead(text.slice(from, end));
      if (this.statusCode >= 200) break;
      // A preliminary answer: the one that counts follows.
    }
    this.#head = null;
    this.#frame();
    this.emit('response');
    return ends.lastIndex - before.length;
  }

  #readHead(text: string): void {
    const [first = '', ...lines] = text.split('\r\n');
    const [, status] = /^HTTP\/1\.[01] ([1-9]\d\d)(?: .*)?$/.exec(first) ?? [];
    if (status === undefined || status === '101') throw notHttp('the answer is not HTTP/1.1');
    this.statusCode = Number(status);
    this.headers = {};
    for (const line of lines) {
      const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):(.*)$/.exec(line) ?? [];
      if (name === undefined || value === undefined) throw notHttp('a header is none');
      const key = name.toLowerCase();
      const known = this.headers[key];
      if (known !== undefined && FRAMING.has(key)) throw notHttp('the answer has two lengths');
      this.headers[key] = known ?? value.trim();
    }
  }

  /** How the body ends is told by the head. */
  #frame(): void {
    const { 'transfer-encoding': coding, 'content-length': length } = this.headers;
    if (coding !== undefined && length !== undefined) throw notHttp('the answer has two lengths');
    if (this.statusCode === 204 || this.statusCode === 304) this.#framing = 0;
    else if (coding !== undefined) {
      if (coding.toLowerCase() !== 'chunked') throw notHttp('the answer is coded in another way');
      this.#framing = new Chunked();
    } else if (length !== undefined) {
      if (!/^\d{1,15}$/.test(length)) throw notHttp('the answer has no length');
      this.#framing = Number(length);
    }
  }

  #hearBody(bytes: Uint8Array, from: number): void {
    const framing = this.#framing;
    if (typeof framing === 'number') {
      const end = Math.min(bytes.length, from + framing);
      this.#keep(bytes, from, end);
      this.#framing = framing - (end - from);
    } else framing.feed(bytes, from, (start, end) => this.#keep(bytes, start, end));
    if (!this.#isWhole || this.#isDone) return;
    this.#isDone = true;
    this.#flush();
    this.push(null);
  }

  get #isWhole(): boolean {
    return typeof this.#framing === 'number' ? this.#framing === 0 : this.#framing.isOver;
  }

  #keep(bytes: Uint8Array, start: number, end: number): void {
    if (this.#size + end - start > PIECE) this.#flush();
    this.#room.set(bytes.subarray(start, end), this.#size);
    this.#size += end - start;
    if (this.#isDue) return;
    // All that comes in one turn of the event loop is one piece.
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      this.#flush();
    });
  }

  /** Hands on what has come. */
  #flush(): void {
    if (this.#size === 0 || this.destroyed) return;
    const piece = this.#room.subarray(0, this.#size);
    const isSmall = this.#size < SMALL;
    if (!isSmall) this.#room = this.#spare.pop() ?? Buffer.allocUnsafeSlow(PIECE);
    this.#size = 0;
    this.push(isSmall ? Buffer.from(piece) : piece);
  }

  /** Nothing more comes. */
  #ended(): void {
    if (this.destroyed || this.readableEnded || this.#isWhole) return;
    if (this.#head === null && this.#framing === Infinity) {
      this.#flush();
      this.#framing = 0;
      this.push(null);
    } else this.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
  }
}

/** An address is no name that a certificate is asked for by; it is checked all the same. */
const servernameOf = (host: string) => ({ servername: net.isIP(host) === 0 ? host : '' });

/** @throws Error where something in it would end a line, as the library does */
function headText(server: URL, target: string, headers: OutgoingHttpHeaders): string {
  const lines = Object.entries({ Host: server.host, Connection: 'close', ...headers }).flatMap(
    ([name, value]) => [value ?? []].flat().map((one) => `${name}: ${String(one)}`),
  );
  const isOdd =
    /[^\x21-\x7e]/.test(target) || lines.some((line) => /[^\t\x20-\x7e\x80-\xff]/.test(line));
  if (isOdd) throw new Error('the request has a character that cannot be sent');
  return `GET ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}
