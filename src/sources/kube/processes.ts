import type { WebSocket } from 'ws';
import { at, objects } from '../../core/json.ts';
import type { ObjectAddress } from '../../domain/ref.ts';
import type { KubePort, ProcessOptions, ProcessSink, RemoteProcess } from '../../ports/kube.ts';
import { oneLine, redact } from './errors.ts';
import { objectPath } from './paths.ts';
import type { Transport } from './transport.ts';
import { asked } from './writes.ts';

/** Starts a process in a container. */
export function execProcess(
  transport: Transport,
  ref: ObjectAddress,
  options: Parameters<KubePort['exec']>[1],
  sink: ProcessSink,
): Promise<RemoteProcess> {
  return open(transport, ref, 'exec', options, sink);
}

/** Joins the process of a container. */
export function attachProcess(
  transport: Transport,
  ref: ObjectAddress,
  options: Parameters<KubePort['attach']>[1],
  sink: ProcessSink,
): Promise<RemoteProcess> {
  return open(transport, ref, 'attach', { ...options, command: [] }, sink);
}

/** Channels of one WebSocket: the first byte of each message. */
const CHANNEL = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4, close: 255 } as const;

/** v5 (servers from 1.30 on) can close a channel, v4 cannot. */
const PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io'] as const;

async function open(
  transport: Transport,
  ref: ObjectAddress,
  subresource: 'exec' | 'attach',
  { container, command, tty, stdin }: ProcessOptions,
  sink: ProcessSink,
): Promise<RemoteProcess> {
  const request = {
    ...asked('create', ref, subresource),
    doing: `${subresource === 'exec' ? 'run a command in' : 'attach to'} ${ref.name}/${container} in ${ref.namespace}`,
    path: objectPath(ref, subresource),
    query: {
      container,
      command,
      stdin: String(stdin),
      stdout: 'true',
      // A terminal has one stream.
      stderr: String(!tty),
      tty: String(tty),
    },
    pool: 'fresh',
  } as const;
  return new Process(await transport.upgrade(request, PROTOCOLS), transport.host, sink);
}

class Process implements RemoteProcess {
  readonly #socket: WebSocket;
  readonly #host: string;
  readonly #sink: ProcessSink;
  /** What the server said of how it ended. */
  #result: Parameters<ProcessSink['end']>[0] | null = null;
  #stopped = false;
  /** Resolves when the last message has left; they leave in order. */
  #sent: Promise<void> = Promise.resolve();

  constructor(socket: WebSocket, host: string, sink: ProcessSink) {
    this.#socket = socket;
    this.#host = host;
    this.#sink = sink;
    socket.on('message', (data) => this.#hear(data as Buffer));
    socket.on('close', () => this.#end());
    socket.resume();
  }

  write(bytes: Uint8Array): void {
    this.#send(CHANNEL.stdin, bytes);
  }

  written(): Promise<void> {
    return this.#sent;
  }

  hold(): void {
    this.#socket.pause();
  }

  go(): void {
    this.#socket.resume();
  }

  resize(columns: number, rows: number): void {
    this.#send(CHANNEL.resize, Buffer.from(JSON.stringify({ Width: columns, Height: rows })));
  }

  closeInput(): void {
    if (this.#socket.protocol === PROTOCOLS[0]) {
      this.#send(CHANNEL.close, Buffer.of(CHANNEL.stdin));
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#socket.close();
  }

  #send(channel: number, bytes: Uint8Array): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#sent = new Promise((resolve) => {
      this.#socket.send(Buffer.concat([Buffer.of(channel), bytes]), () => resolve());
    });
  }

  #hear(message: Buffer): void {
    if (this.#stopped) return;
    const [channel] = message;
    const bytes = message.subarray(1);
    // Each channel begins with an empty message.
    if (bytes.length === 0) return;
    if (channel === CHANNEL.stdout) this.#sink.stdout(bytes);
    else if (channel === CHANNEL.stderr) this.#sink.stderr(bytes);
    else if (channel === CHANNEL.error) this.#result = resultOf(bytes.toString('utf8'));
  }

  #end(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#sink.end(
      this.#result ?? { code: null, reason: `the connection to ${this.#host} was cut` },
    );
  }
}

/** How a process ended, by the Status that the server sends last: it may be anything. */
function resultOf(text: string): { readonly code: number | null; readonly reason: string } {
  let status: unknown;
  try {
    status = JSON.parse(text);
  } catch {
    return { code: null, reason: redact(oneLine(text)) };
  }
  if (at(status, 'status') === 'Success') return { code: 0, reason: '' };
  const cause = objects(at(status, 'details', 'causes')).find(
    ({ reason }) => reason === 'ExitCode',
  );
  const code = Number(cause?.['message']);
  const message = at(status, 'message');
  const reason = redact(oneLine(typeof message === 'string' ? message : text));
  if (at(status, 'reason') === 'NonZeroExitCode' && Number.isInteger(code)) return { code, reason };
  return { code: null, reason };
}
