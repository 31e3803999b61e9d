import { STATUS_CODES, type IncomingMessage } from 'node:http';
import { PassThrough, type Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Pod } from '../world/objects.ts';
import type { World } from '../world/world.ts';
import { containerOf, logFromNow, statusOf } from './log.ts';
import { forwardChannels, PORT_PROTOCOLS, portsOf } from './port-channels.ts';
import { execute, type Running } from './processes.ts';
import type { Target } from './request.ts';
import { ApiError, badRequest, unknownPath } from './status.ts';
import { channelsOf, PROCESS_PROTOCOLS, type ClientStreams } from './streams.ts';
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

/** How a connection goes on, and in which of the protocols that are offered. */
interface Continuation {
  readonly protocols: readonly string[];
  readonly run: (socket: WebSocket) => void;
}

/** Takes a connection for a process or for forwarded ports. @throws {ApiError} where it is refused */
export function takeUpgrade(world: World, upgrade: Upgrade): void {
  const { http, socket, head } = upgrade;
  const { protocols, run } = continuationOf(world, upgrade);
  const offered = (http.headers['sec-websocket-protocol'] ?? '').split(/, */);
  const chosen = protocols.find((each) => offered.includes(each));
  if (chosen === undefined) {
    throw badRequest(
      `unable to upgrade: none of the protocols is known: ${offered.join(', ')}; try ${protocols.join(', ')}`,
    );
  }
  const server = new WebSocketServer({ noServer: true, handleProtocols: () => chosen });
  server.handleUpgrade(http, socket, head, (opened) => {
    opened.on('error', () => opened.terminate());
    run(opened);
  });
}

function continuationOf(world: World, { target, query }: Upgrade): Continuation {
  if (target.kind?.resource !== 'pods') throw unknownPath();
  const pod = existing(world, target.kind, target) as Pod;
  if (!pod.spec.nodeName) {
    throw badRequest(`pod ${pod.metadata.name} does not have a host assigned`);
  }
  switch (target.subresource) {
    case 'exec':
      return processOf(runningOf(pod, query), (running, streams) => {
        void execute(world, running, query, streams);
      });
    case 'attach':
      return processOf(runningOf(pod, query), (running, streams) => {
        attach(world, running, streams);
      });
    case 'portforward': {
      const ports = portsOf(query);
      return {
        protocols: PORT_PROTOCOLS,
        run: (socket) => forwardChannels(world, pod, ports, socket),
      };
    }
    default:
      throw unknownPath();
  }
}

function processOf(
  running: Running,
  run: (running: Running, streams: ClientStreams) => void,
): Continuation {
  return {
    protocols: PROCESS_PROTOCOLS,
    run: (socket) => run(running, channelsOf(socket)),
  };
}

/** What a container says from now on. */
function attach(world: World, { pod, container }: Running, streams: ClientStreams): void {
  const said = new PassThrough();
  said.on('data', (bytes: Buffer) => streams.stdout(bytes));
  said.on('end', () => streams.end({ metadata: {}, status: 'Success' }));
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
