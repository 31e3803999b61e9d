import { STATUS_CODES, type IncomingMessage } from 'node:http';
import { PassThrough, type Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Pod } from '../world/objects.ts';
import type { World } from '../world/world.ts';
import { statusOf } from '../logs/container-runs.ts';
import { containerOf, logFromNow } from './log.ts';
import { forwardChannels, PORT_PROTOCOL, portsOf } from './port-channels.ts';
import { execute, type Running } from './processes.ts';
import type { Target } from './request.ts';
import { ApiError, badRequest, unknownPath } from './status.ts';
import { portForwarder } from './port-streams.ts';
import { SpdySession, type SpdyStream } from './spdy.ts';
import { channelsOf, gathered, PROCESS_PROTOCOLS, type ClientStreams } from './streams.ts';
import { existing } from './write.ts';

/** What a client wants to turn its connection into. */
export interface Upgrade {
  readonly http: IncomingMessage;
  readonly socket: Duplex;
  /** What came behind the head of the request. */
  readonly head: Buffer;
  readonly target: Target;
  readonly query: URLSearchParams;
}

/** How a connection goes on, in the protocols of WebSockets and in SPDY's. */
interface Continuation {
  /** By protocol, the best first. */
  readonly socket: readonly (readonly [protocol: string, run: (socket: WebSocket) => void])[];
  readonly spdy: {
    readonly protocol: string;
    readonly onStream: () => (stream: SpdyStream) => void;
  };
}

/** How kubectl forwards ports: SPDY, with a WebSocket around it to get through proxies. */
const TUNNEL = 'SPDY/3.1+portforward.k8s.io';

/** Takes a connection for a process or for forwarded ports. @throws {ApiError} where it is refused */
export function takeUpgrade(world: World, upgrade: Upgrade): void {
  const { http, socket } = upgrade;
  const { socket: ways, spdy } = continuationOf(world, upgrade);
  if (http.headers.upgrade === 'SPDY/3.1') {
    const offered = offeredBy(http, 'x-stream-protocol-version');
    if (!offered.includes(spdy.protocol)) throw noneOf(offered, [spdy.protocol]);
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: ${spdy.protocol}\r\n\r\n`,
    );
    const session = new SpdySession((bytes) => socket.write(bytes), spdy.onStream());
    session.push(upgrade.head);
    socket.on('data', (bytes: Buffer) => session.push(bytes));
    socket.on('close', () => session.close());
    return;
  }
  const offered = offeredBy(http, 'sec-websocket-protocol');
  const way = ways.find(([protocol]) => offered.includes(protocol));
  if (way === undefined) {
    throw noneOf(
      offered,
      ways.map(([protocol]) => protocol),
    );
  }
  accept(upgrade, ...way);
}

/** Makes it a WebSocket. */
function accept(
  { http, socket, head }: Upgrade,
  protocol: string,
  run: (socket: WebSocket) => void,
): void {
  // The name of the tunnel is none for the library, by its slash: it is agreed on around it.
  delete http.headers['sec-websocket-protocol'];
  const server = new WebSocketServer({ noServer: true });
  server.on('headers', (headers) => headers.push(`Sec-WebSocket-Protocol: ${protocol}`));
  server.handleUpgrade(http, socket, head, (opened) => {
    opened.on('error', () => opened.terminate());
    run(opened);
  });
}

function offeredBy({ headers }: IncomingMessage, name: string): readonly string[] {
  return String(headers[name] ?? '').split(/, */);
}

function noneOf(offered: readonly string[], known: readonly string[]): ApiError {
  return badRequest(
    `unable to upgrade: none of the protocols is known: ${offered.join(', ')}; try ${known.join(', ')}`,
  );
}

function continuationOf(world: World, { target, query }: Upgrade): Continuation {
  if (target.kind?.resource !== 'pods') throw unknownPath();
  const pod = existing(world, target.kind, target) as Pod;
  if (!pod.spec.nodeName) {
    throw badRequest(`pod ${pod.metadata.name} does not have a host assigned`);
  }
  switch (target.subresource) {
    case 'exec': {
      const running = runningOf(pod, query);
      return processOf(query, (streams) => void execute(world, running, query, streams));
    }
    case 'attach': {
      const running = runningOf(pod, query);
      return processOf(query, (streams) => attach(world, running, query, streams));
    }
    case 'portforward': {
      const ports = query.has('ports') ? portsOf(query) : [];
      const onStream = (): ((stream: SpdyStream) => void) => portForwarder(world, pod);
      return {
        socket: [
          [TUNNEL, (socket) => tunnel(socket, onStream())],
          [PORT_PROTOCOL, (socket) => forwardChannels(world, pod, ports, socket)],
        ],
        spdy: { protocol: 'portforward.k8s.io', onStream },
      };
    }
    default:
      throw unknownPath();
  }
}

function processOf(query: URLSearchParams, run: (streams: ClientStreams) => void): Continuation {
  return {
    socket: PROCESS_PROTOCOLS.map((protocol) => [
      protocol,
      (socket: WebSocket) => run(channelsOf(socket)),
    ]),
    spdy: { protocol: 'v4.channel.k8s.io', onStream: () => gathered(query, run) },
  };
}

function tunnel(socket: WebSocket, onStream: (stream: SpdyStream) => void): void {
  const session = new SpdySession((bytes) => {
    if (socket.readyState === socket.OPEN) socket.send(bytes);
  }, onStream);
  socket.on('message', (bytes) => session.push(bytes as Buffer));
  socket.on('close', () => session.close());
}

const SUCCESS = { metadata: {}, status: 'Success' };

/** What a container says from now on; one that was given a terminal runs a shell. */
function attach(
  world: World,
  running: Running,
  query: URLSearchParams,
  streams: ClientStreams,
): void {
  const { pod, container } = running;
  if (container.tty === true && query.get('stdin') === 'true') {
    const shell = new URLSearchParams({ command: 'sh', tty: 'true', stdin: 'true' });
    // Who attaches does not hear how the process ended, only that it did.
    void execute(world, running, shell, { ...streams, end: () => streams.end(SUCCESS) });
    return;
  }
  const said = new PassThrough();
  said.on('data', (bytes: Buffer) => streams.stdout(bytes));
  said.on('end', () => streams.end(SUCCESS));
  streams.onGone(() => said.destroy());
  logFromNow(world, pod, container.name, said);
}

function runningOf(pod: Pod, query: URLSearchParams): Running {
  const name = containerOf(pod, query.get('container') ?? '');
  const status = statusOf(pod, name);
  const container = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].find(
    (each) => each.name === name,
  );
  if (container === undefined || !status?.state.running) {
    throw new ApiError(
      500,
      'InternalError',
      `unable to upgrade connection: container not found ("${name}")`,
    );
  }
  return { pod, container, id: status.containerID ?? '' };
}

/** Answers an upgrade that is refused, as HTTP. */
export function refuseUpgrade(socket: Duplex, error: ApiError): void {
  const body = Buffer.from(JSON.stringify(error.status()));
  const headers = Object.entries(error.headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(
    `HTTP/1.1 ${error.code} ${STATUS_CODES[error.code] ?? ''}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n${headers.join('')}\r\n${body.toString()}`,
  );
}
