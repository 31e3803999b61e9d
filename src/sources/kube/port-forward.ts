import net, { type AddressInfo, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock } from '../../core/clock.ts';
import type { ObjectAddress } from '../../domain/ref.ts';
import type { KubeError, KubePort, PortForwardState } from '../../ports/kube.ts';
import type { Stop } from '../../ports/sink.ts';
import { asRequestError, oneLine, RequestError } from './errors.ts';
import { objectPath } from './paths.ts';
import type { KubeRequest } from './request.ts';
import type { Transport } from './transport.ts';
import { asked } from './writes.ts';

type Ports = Parameters<KubePort['portForward']>[1];

/** Other machines have no business with what is forwarded. */
const ADDRESS = '127.0.0.1';
/** What every API server and kubelet speaks; kubectl's own is SPDY within a WebSocket. */
const PROTOCOLS = ['v4.channel.k8s.io'];
/** Channels of the one port that is asked for: the first byte of each message. */
const CHANNEL = { data: 0, error: 1 } as const;
/**
 * WebSockets cannot be half closed: who has sent all is waited for until the pod has sent nothing
 * for this long (ms).
 */
const LINGER = 2_000;

/** Listens on this machine and forwards each connection to a port of a pod, until stopped. */
export async function forwardPort(
  transport: Transport,
  clock: Clock,
  ref: ObjectAddress,
  ports: Ports,
  onState: (state: PortForwardState) => void,
): Promise<Stop> {
  const forward = new PortForward(transport, clock, ref, ports.remote, onState);
  await forward.listen(ports.local);
  return () => forward.stop();
}

class PortForward {
  readonly #transport: Transport;
  readonly #clock: Clock;
  /** What is asked for each connection. */
  readonly #request: KubeRequest;
  readonly #onState: (state: PortForwardState) => void;
  readonly #server: Server;
  readonly #connections = new Set<Socket>();
  #state: PortForwardState = { port: 0, open: 0, total: 0, problem: null };
  #stopped = false;

  constructor(
    transport: Transport,
    clock: Clock,
    ref: ObjectAddress,
    remote: number,
    onState: (state: PortForwardState) => void,
  ) {
    this.#transport = transport;
    this.#clock = clock;
    this.#request = {
      ...asked('create', ref, 'portforward'),
      doing: `forward port ${remote} of ${ref.name} in ${ref.namespace}`,
      path: objectPath(ref, 'portforward'),
      query: { ports: String(remote) },
      pool: 'fresh',
    };
    this.#onState = onState;
    this.#server = net.createServer({ allowHalfOpen: true }, (local) => void this.#take(local));
  }

  async listen(port: number): Promise<void> {
    this.#transport.permit(this.#request);
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (error) => reject(listenError(error, port)));
      this.#server.listen(port, ADDRESS, resolve);
    });
    this.#tell({ port: (this.#server.address() as AddressInfo).port });
  }

  stop(): void {
    this.#tell({ port: 0, open: 0 });
    this.#stopped = true;
    this.#server.close();
    for (const local of this.#connections) local.destroy();
  }

  async #take(local: Socket): Promise<void> {
    this.#connections.add(local);
    local.on('error', () => local.destroy());
    local.on('close', () => {
      this.#connections.delete(local);
      this.#tell({ open: this.#connections.size });
    });
    this.#tell({ open: this.#connections.size, total: this.#state.total + 1 });
    try {
      const remote = await this.#dial();
      this.#tell({ problem: null });
      join(local, remote, this.#clock, (problem) => this.#tell({ problem }));
    } catch (error) {
      local.destroy();
      this.#tell({ problem: asRequestError(error, this.#transport.host) });
    }
  }

  /** The way to the pod, message by message. */
  async #dial(): Promise<Duplex> {
    const socket = await this.#transport.upgrade(this.#request, PROTOCOLS);
    const { createWebSocketStream } = await import('ws');
    return createWebSocketStream(socket, { readableObjectMode: true });
  }

  #tell(change: Partial<PortForwardState>): void {
    if (this.#stopped) return;
    this.#state = { ...this.#state, ...change };
    this.#onState(this.#state);
  }
}

/** Passes on what comes, both ways, no faster than it is taken. */
function join(
  local: Socket,
  remote: Duplex,
  clock: Clock,
  onProblem: (problem: KubeError) => void,
): void {
  let lingering: Stop | null = null;
  const linger = (): void => {
    lingering?.();
    lingering = clock.after(LINGER, () => remote.destroy());
  };
  local.on('data', (bytes: Buffer) => {
    if (remote.destroyed) return;
    if (!remote.write(Buffer.concat([Buffer.of(CHANNEL.data), bytes]))) local.pause();
  });
  remote.on('drain', () => local.resume());
  local.on('end', linger);
  local.on('close', () => {
    lingering?.();
    remote.destroy();
  });

  // Each channel begins with the port's number.
  const begun = new Set<number>();
  remote.on('data', (message: Buffer) => {
    const [channel = CHANNEL.data] = message;
    if (!begun.has(channel)) {
      begun.add(channel);
      return;
    }
    const bytes = message.subarray(1);
    if (channel === CHANNEL.error) {
      onProblem(new RequestError(0, oneLine(bytes.toString('utf8'))));
      remote.destroy();
      return;
    }
    if (lingering !== null) linger();
    if (!local.write(bytes)) remote.pause();
  });
  local.on('drain', () => remote.resume());
  remote.on('end', () => remote.destroy());
  remote.on('error', () => remote.destroy());
  remote.on('close', () => local.end(() => local.destroySoon()));
}

function listenError(error: Error, port: number): RequestError {
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE') {
    return new RequestError(0, `port ${port} of this machine is in use`, {
      hint: 'choose another one, or 0 for any that is free',
      reason: code,
    });
  }
  if (code === 'EACCES') {
    return new RequestError(0, `port ${port} of this machine is not for everyone`, {
      hint: 'choose one above 1023, or 0 for any that is free',
      reason: code,
    });
  }
  return new RequestError(0, `port ${port} of this machine: ${oneLine(error.message)}`, {
    reason: code,
  });
}
