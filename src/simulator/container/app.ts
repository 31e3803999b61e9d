import { createServer } from 'node:http';
import { type Duplex, duplexPair } from 'node:stream';
import type { Pod } from '../world/objects.ts';
import type { World } from '../world/world.ts';

/**
 * A connection to a port of a pod, as from within it: what listens there speaks HTTP.
 * @returns null where nothing listens
 */
export function connectTo(world: World, pod: Pod, port: number): Duplex | null {
  const container = pod.spec.containers.find(({ ports = [] }) =>
    ports.some((each) => each.containerPort === port),
  );
  if (container === undefined) return null;
  const [near, far] = duplexPair();
  createServer((request, response) => {
    const { namespace = '', name, labels } = pod.metadata;
    const healthy = /^\/(healthz?|livez|readyz|ready|ping)$/.test(request.url ?? '');
    const told = {
      app: labels?.['app.kubernetes.io/name'] ?? container.name,
      image: container.image,
      namespace,
      pod: name,
      path: request.url,
      time: world.clock.stamp(),
    };
    response.setHeader('content-type', healthy ? 'text/plain' : 'application/json');
    response.end(healthy ? 'ok\n' : `${JSON.stringify(told)}\n`);
  }).emit('connection', far);
  return near;
}

/** What a kubelet says of a port where nothing listens. */
export function refusedPort(pod: Pod, port: number): string {
  const { uid } = pod.metadata;
  const refused = (family: string, address: string): string =>
    `dial ${family} ${address}:${port}: connect: connection refused`;
  return `error forwarding port ${port} to pod ${uid}, uid : failed to execute portforward in network namespace "/var/run/netns/cni-${uid}": failed to connect to localhost:${port} inside namespace "${uid}", IPv4: ${refused('tcp4', '127.0.0.1')} IPv6 ${refused('tcp6', '[::1]')} `;
}
