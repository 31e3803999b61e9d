import { createInflate, type Inflate } from 'node:zlib';
import { SPDY_DICTIONARY } from './spdy-dictionary.ts';

/** What a frame is about. */
const TYPE = { open: 1, reply: 2, reset: 3, ping: 6, goAway: 7 } as const;
const FIN = 1;
const VERSION = 0x8003;

/** One stream of a session, which the client opened. */
export interface SpdyStream {
  readonly headers: ReadonlyMap<string, string>;
  /** Aborted when the whole session is over. */
  readonly gone: AbortSignal;
  /** Tells what comes, and null at the end. */
  listen(take: (bytes: Buffer | null) => void): void;
  write(bytes: Buffer): void;
  /** Nothing more is sent. */
  end(): void;
}

/**
 * The server's end of SPDY/3.1 as clients of Kubernetes use it: streams that they open, in both
 * directions, without flow control. kubectl forwards ports so, within a WebSocket.
 */
export class SpdySession {
  readonly #send: (bytes: Buffer) => void;
  readonly #onStream: (stream: SpdyStream) => void;
  readonly #streams = new Map<number, Stream>();
  readonly #headers = new Headers();
  readonly #gone = new AbortController();
  #pending: Buffer = Buffer.alloc(0);
  /** Frames are taken one after the other: headers depend on those before. */
  #turn = Promise.resolve();

  constructor(send: (bytes: Buffer) => void, onStream: (stream: SpdyStream) => void) {
    this.#send = send;
    this.#onStream = onStream;
  }

  /** What came from the client. */
  push(bytes: Buffer): void {
    this.#pending = Buffer.concat([this.#pending, bytes]);
    while (this.#pending.length >= 8) {
      const length = 8 + this.#pending.readUIntBE(5, 3);
      if (this.#pending.length < length) return;
      const frame = this.#pending.subarray(0, length);
      this.#pending = this.#pending.subarray(length);
      this.#turn = this.#turn.then(() => this.#take(frame));
    }
  }

  /** The client is gone: so is what its streams would still bring. */
  close(): void {
    for (const stream of this.#streams.values()) stream.take(null);
    this.#streams.clear();
    this.#gone.abort();
  }

  async #take(frame: Buffer): Promise<void> {
    const head = frame.readUInt32BE(0);
    const flags = frame.readUInt8(4);
    const body = frame.subarray(8);
    if (head >>> 31 === 0) {
      const stream = this.#streams.get(head);
      if (body.length > 0) stream?.take(body);
      if (flags & FIN) stream?.take(null);
      return;
    }
    switch (head & 0xffff) {
      case TYPE.open:
        await this.#open(body, flags);
        break;
      case TYPE.reset:
        this.#streams.get(body.readUInt32BE(0))?.take(null);
        this.#streams.delete(body.readUInt32BE(0));
        break;
      case TYPE.ping:
        this.#control(TYPE.ping, body);
        break;
      case TYPE.goAway:
        this.close();
        break;
      default:
    }
  }

  async #open(body: Buffer, flags: number): Promise<void> {
    const id = body.readUInt32BE(0) & 0x7fffffff;
    const headers = await this.#headers.read(body.subarray(10));
    const stream = new Stream(headers, this.#gone.signal, (bytes, fin) => {
      const head = Buffer.alloc(8);
      head.writeUInt32BE(id, 0);
      head.writeUInt8(fin ? FIN : 0, 4);
      head.writeUIntBE(bytes.length, 5, 3);
      this.#send(Buffer.concat([head, bytes]));
    });
    this.#streams.set(id, stream);
    const name = Buffer.alloc(4);
    name.writeUInt32BE(id);
    this.#control(TYPE.reply, Buffer.concat([name, this.#headers.none()]));
    this.#onStream(stream);
    if (flags & FIN) stream.take(null);
  }

  #control(type: number, body: Buffer): void {
    const head = Buffer.alloc(8);
    head.writeUInt16BE(VERSION, 0);
    head.writeUInt16BE(type, 2);
    head.writeUIntBE(body.length, 5, 3);
    this.#send(Buffer.concat([head, body]));
  }
}

class Stream implements SpdyStream {
  readonly headers: ReadonlyMap<string, string>;
  readonly gone: AbortSignal;
  readonly #send: (bytes: Buffer, fin: boolean) => void;
  #listener: ((bytes: Buffer | null) => void) | null = null;
  /** What came before somebody listened. */
  #early: (Buffer | null)[] = [];
  #ended = false;

  constructor(
    headers: ReadonlyMap<string, string>,
    gone: AbortSignal,
    send: (bytes: Buffer, fin: boolean) => void,
  ) {
    this.headers = headers;
    this.gone = gone;
    this.#send = send;
  }

  listen(listener: (bytes: Buffer | null) => void): void {
    this.#listener = listener;
    for (const bytes of this.#early) listener(bytes);
    this.#early = [];
  }

  take(bytes: Buffer | null): void {
    if (this.#listener === null) this.#early.push(bytes);
    else this.#listener(bytes);
  }

  write(bytes: Buffer): void {
    if (!this.#ended && bytes.length > 0) this.#send(bytes, false);
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#send(Buffer.alloc(0), true);
  }
}

/** The headers of streams: one compressed sequence in each direction. */
class Headers {
  readonly #inflate: Inflate = createInflate({ dictionary: SPDY_DICTIONARY });
  #inflated: Buffer[] = [];
  #begun = false;

  constructor() {
    this.#inflate.on('data', (bytes: Buffer) => this.#inflated.push(bytes));
  }

  /** The headers of one block. */
  async read(block: Buffer): Promise<ReadonlyMap<string, string>> {
    await new Promise<void>((resolve, reject) => {
      this.#inflate.once('error', reject);
      this.#inflate.write(block, () => {
        this.#inflate.off('error', reject);
        resolve();
      });
    });
    const bytes = Buffer.concat(this.#inflated);
    this.#inflated = [];
    let at = 4;
    const text = (): string => {
      const length = bytes.readUInt32BE(at);
      at += 4 + length;
      return bytes.toString('utf8', at - length, at);
    };
    const headers = new Map<string, string>();
    for (let left = bytes.readUInt32BE(0); left > 0; left--) headers.set(text(), text());
    return headers;
  }

  /** A block without headers: their number, stored and not compressed, and a flush. */
  none(): Buffer {
    const begin = this.#begun ? [] : [0x78, 0x01];
    this.#begun = true;
    return Buffer.from([...begin, 0, 4, 0, 0xfb, 0xff, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]);
  }
}
