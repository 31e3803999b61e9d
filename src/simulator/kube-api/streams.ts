import type { WebSocket } from 'ws';
import { Input } from '../container/io.ts';
import type { SpdyStream } from './spdy.ts';

/** The ends of a process's streams that a client holds, whatever protocol it speaks. */
export interface ClientStreams {
  /** What the client sends to the process. */
  readonly stdin: (take: (bytes: Buffer | null) => void) => void;
  stdout(bytes: Buffer): void;
  stderr(bytes: Buffer): void;
  /** Says how it ended, as a Status, and ends everything. */
  end(status: object): void;
  onGone(listener: () => void): void;
}

const CHANNEL = { stdin: 0, stdout: 1, stderr: 2, error: 3, close: 255 } as const;

/** Output comes in messages of this size (bytes), as from a container runtime. */
const CHUNK = 2 ** 15;

/** What this server speaks for exec and attach, the best first. */
export const PROCESS_PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

/** The streams in channels of one WebSocket: the first byte of each message. */
export function channelsOf(socket: WebSocket): ClientStreams {
  const send = (channel: number, bytes: Buffer): void => {
    if (socket.readyState === socket.OPEN) socket.send(Buffer.concat([Buffer.of(channel), bytes]));
  };
  const sendAll = (channel: number, bytes: Buffer): void => {
    for (let at = 0; at < bytes.length; at += CHUNK) send(channel, bytes.subarray(at, at + CHUNK));
  };
  // Says that the connection stands, as API servers do.
  send(CHANNEL.stdout, Buffer.alloc(0));
  return {
    stdin: (take) => {
      socket.on('message', (data) => {
        const message = data as Buffer;
        const rest = message.subarray(1);
        if (message[0] === CHANNEL.stdin) take(rest);
        else if (message[0] === CHANNEL.close && rest[0] === CHANNEL.stdin) take(null);
      });
    },
    stdout: (bytes) => sendAll(CHANNEL.stdout, bytes),
    stderr: (bytes) => sendAll(CHANNEL.stderr, bytes),
    end: (status) => {
      send(CHANNEL.error, Buffer.from(JSON.stringify(status)));
      socket.close(1000);
    },
    onGone: (listener) => socket.once('close', listener),
  };
}

/** Waits for the streams of SPDY that a client opens for a process, one for each, then runs it. */
export function gathered(
  query: URLSearchParams,
  run: (streams: ClientStreams) => void,
): (stream: SpdyStream) => void {
  const asked = ['stdin', 'stdout', 'stderr'].filter((name) => query.get(name) === 'true');
  const tty = query.get('tty') === 'true';
  const wanted = ['error', ...asked.filter((name) => !tty || name !== 'stderr')];
  const byType = new Map<string, SpdyStream>();
  let begun = false;
  return (stream) => {
    byType.set(stream.headers.get('streamtype') ?? '', stream);
    if (!wanted.every((name) => byType.has(name)) || begun) return;
    begun = true;
    const of = (name: string): SpdyStream | undefined => byType.get(name);
    run({
      stdin: (take) => of('stdin')?.listen(take),
      stdout: (bytes) => of('stdout')?.write(bytes),
      stderr: (bytes) => of('stderr')?.write(bytes),
      end: (status) => {
        of('error')?.write(Buffer.from(JSON.stringify(status)));
        for (const name of wanted) of(name)?.end();
      },
      onGone: (listener) => stream.gone.addEventListener('abort', listener, { once: true }),
    });
  };
}

/** What a client sends, to be read in order. */
export function inputOf(streams: ClientStreams): Input {
  const input = new Input();
  streams.stdin((bytes) => (bytes === null ? input.end() : input.push(bytes)));
  streams.onGone(() => input.end());
  return input;
}
