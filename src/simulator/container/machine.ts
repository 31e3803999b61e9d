import { posix } from 'node:path';
import { signServiceAccountToken } from '../world/service-account-token.ts';
import type { Container, Pod } from '../world/objects.ts';
import type { World } from '../world/world.ts';
import { Files } from './files.ts';

/** A container from the inside, as far as a shell in it can see. */
export interface Machine {
  readonly world: World;
  readonly hostname: string;
  readonly files: Files;
  readonly env: Readonly<Record<string, string>>;
  /** The words of the container's own process. */
  readonly command: string;
  readonly user: { readonly name: string; readonly uid: number };
}

/** By the id of the container: a restarted one begins anew. */
const machines = new WeakMap<World, Map<string, Machine>>();

/** The inside of a running container; what was written there lasts until it ends. */
export function machineOf(world: World, pod: Pod, container: Container, id: string): Machine {
  const known = machines.get(world) ?? new Map<string, Machine>();
  machines.set(world, known);
  const machine = known.get(id) ?? build(world, pod, container);
  known.set(id, machine);
  return machine;
}

const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

function build(world: World, pod: Pod, container: Container): Machine {
  const { namespace = '', name, uid } = pod.metadata;
  const files = new Files();
  for (const path of ['/app', '/bin', '/dev', '/home', '/proc', '/root', '/tmp', '/usr', '/var']) {
    files.makeDirectory(path);
  }
  const address = pod.status.podIP ?? '127.0.0.1';
  const search = `${namespace}.svc.cluster.local svc.cluster.local cluster.local`;
  files.write('/etc/hostname', `${name}\n`);
  files.write('/etc/hosts', `127.0.0.1\tlocalhost\n::1\tlocalhost\n${address}\t${name}\n`);
  files.write('/etc/resolv.conf', `search ${search}\nnameserver 172.20.0.10\noptions ndots:5\n`);
  files.write('/etc/os-release', 'ID=alpine\nNAME="Alpine Linux"\nVERSION_ID=3.22.2\n');
  files.write('/etc/passwd', 'root:x:0:0:root:/root:/bin/sh\napp:x:1000:1000::/app:/bin/sh\n');
  files.write('/app/VERSION', `${container.image.slice(container.image.lastIndexOf(':') + 1)}\n`);
  const account = pod.spec.serviceAccountName ?? 'default';
  const now = Math.floor(world.clock.date() / 1000);
  const accountUid = world.store.get('serviceaccounts', namespace, account)?.metadata.uid ?? '';
  const tokenFor = (aud: string): string =>
    signServiceAccountToken({
      iss: world.cluster.oidcIssuer,
      sub: `system:serviceaccount:${namespace}:${account}`,
      aud: [aud],
      iat: now,
      nbf: now,
      exp: now + 86_400,
      'kubernetes.io': {
        namespace,
        serviceaccount: { name: account, uid: accountUid },
        pod: { name, uid },
      },
    });
  files.write(`${ACCOUNT}/namespace`, namespace);
  files.write(`${ACCOUNT}/ca.crt`, Buffer.from(world.cluster.caData, 'base64'));
  files.write(`${ACCOUNT}/token`, tokenFor('https://kubernetes.default.svc'));
  const env = environmentOf(pod, container);
  const webIdentity = env['AWS_WEB_IDENTITY_TOKEN_FILE'];
  if (webIdentity !== undefined) {
    files.write(posix.normalize(webIdentity), tokenFor('sts.amazonaws.com'));
  }
  const { command = [], args = [] } = container as {
    command?: readonly string[];
    args?: readonly string[];
  };
  const words = [...command, ...args].join(' ');
  return {
    world,
    hostname: name,
    files,
    env,
    command: words || `/app/${container.name}`,
    user: userOf(pod, container),
  };
}

function userOf(pod: Pod, container: Container): Machine['user'] {
  const of = (holder: unknown): number | undefined =>
    (holder as { runAsUser?: number } | undefined)?.runAsUser;
  const uid = of(container['securityContext']) ?? of(pod.spec['securityContext']) ?? 0;
  return { name: uid === 0 ? 'root' : 'app', uid };
}

function environmentOf(pod: Pod, container: Container): Readonly<Record<string, string>> {
  const given = (container['env'] ?? []) as readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: { readonly fieldRef?: { readonly fieldPath?: string } };
  }[];
  const own = given.map(({ name, value, valueFrom }) => [
    name,
    value ?? fieldOf(pod, valueFrom?.fieldRef?.fieldPath ?? ''),
  ]);
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOSTNAME: pod.metadata.name,
    KUBERNETES_SERVICE_HOST: '172.20.0.1',
    KUBERNETES_SERVICE_PORT: '443',
    ...(Object.fromEntries(own) as Record<string, string>),
    HOME: '/root',
  };
}

function fieldOf(pod: Pod, path: string): string {
  const { metadata, spec, status } = pod;
  const fields: Readonly<Record<string, string | undefined>> = {
    'metadata.name': metadata.name,
    'metadata.namespace': metadata.namespace,
    'metadata.uid': metadata.uid,
    'spec.nodeName': spec.nodeName,
    'spec.serviceAccountName': spec.serviceAccountName,
    'status.podIP': status.podIP,
    'status.hostIP': status.hostIP,
  };
  return fields[path] ?? '';
}
