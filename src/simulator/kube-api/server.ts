import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Attempt } from '../world/access.ts';
import type { World } from '../world/world.ts';
import { type Caller, callerOf, type Credentials } from './callers.ts';
import { negotiate, sendJson, targetOf } from './request.ts';
import type { ApiRequest, Target } from './request.ts';
import { route, routeMeta } from './routes.ts';
import { ApiError, unknownPath } from './status.ts';
import { refuseUpgrade, takeUpgrade } from './upgrades.ts';
import type { Upgrade } from './upgrades.ts';

export interface KubeApiOptions extends Credentials {
  /** PEM. */
  readonly tls: { readonly key: string; readonly cert: string };
  /** Added to every answer, in ms. */
  readonly latency: number;
}

/** A cluster's API server on a loopback port. */
export interface KubeApi {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves a world's cluster over HTTPS on 127.0.0.1; resolves once it listens. */
export async function startKubeApi(world: World, options: KubeApiOptions): Promise<KubeApi> {
  const server: Server = createServer(options.tls, (http, response) => {
    answer(world, options, http, response).catch((error: unknown) => fail(response, error));
  });
  server.keepAliveTimeout = 90_000;
  const upgraded = new Set<Duplex>();
  server.on('upgrade', (http, socket, head) => {
    upgraded.add(socket);
    socket.on('close', () => upgraded.delete(socket));
    socket.on('error', () => socket.destroy());
    upgrade(world, options, { http, socket, head }).catch((error: unknown) => {
      refuseUpgrade(socket, asApiError(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const socket of upgraded) socket.destroy();
      }),
  };
}

async function answer(
  world: World,
  options: KubeApiOptions,
  http: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const caller = await arrived(world, options, http);
  const url = new URL(http.url ?? '/', 'https://localhost');
  const accept = negotiate(http.headers.accept);
  if (!accept) {
    throw new ApiError(
      406,
      'NotAcceptable',
      'only the following media types are accepted: application/json, application/json;stream=watch',
    );
  }
  const request: ApiRequest = {
    http,
    response,
    method: http.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    accept,
  };
  const target = targetOf(url.pathname, world.store.kinds);
  if (!target) {
    routeMeta(world, request);
    return;
  }
  if (target.group !== 'authorization.k8s.io' && target.group !== 'authentication.k8s.io') {
    authorize(caller, target, request);
  }
  await route(world, caller, target, request);
}

/** Turns a connection into streams: a process, forwarded ports. It takes the right to create them. */
async function upgrade(
  world: World,
  options: KubeApiOptions,
  { http, socket, head }: Pick<Upgrade, 'http' | 'socket' | 'head'>,
): Promise<void> {
  const caller = await arrived(world, options, http);
  const { pathname, searchParams: query } = new URL(http.url ?? '/', 'https://localhost');
  const target = targetOf(pathname, world.store.kinds);
  if (!target) throw unknownPath();
  authorize(caller, target, { method: 'POST', query });
  takeUpgrade(world, { http, socket, head, target, query });
}

/** Who asks, after the time that the way takes. @throws {ApiError} 401, 403 */
async function arrived(
  world: World,
  options: KubeApiOptions,
  { headers }: IncomingMessage,
): Promise<Caller> {
  const { latency } = options;
  if (latency > 0) await new Promise((resolve) => setTimeout(resolve, latency));
  return callerOf(world, options, headers);
}

function authorize(
  { user, access }: Caller,
  target: Target,
  request: Pick<ApiRequest, 'method' | 'query'>,
): void {
  const attempt = attemptOf(target, request);
  if (access.allows(attempt)) return;
  const [resource] = attempt.resource.split('/');
  const named = target.name ? ` "${target.name}"` : '';
  const qualified = target.group ? `${resource ?? ''}.${target.group}` : (resource ?? '');
  const where = target.namespace
    ? `in the namespace "${target.namespace}"`
    : 'at the cluster scope';
  throw new ApiError(
    403,
    'Forbidden',
    `${qualified}${named} is forbidden: User "${user.username}" cannot ${attempt.verb} resource "${attempt.resource}" in API group "${target.group}" ${where}`,
    {
      ...(target.name && { name: target.name }),
      ...(target.group && { group: target.group }),
      kind: resource,
    },
  );
}

function attemptOf(
  target: Target,
  { method, query }: Pick<ApiRequest, 'method' | 'query'>,
): Attempt {
  const single = target.name !== '';
  const verbs: Readonly<Record<string, string>> = {
    GET:
      query.get('watch') === 'true' || query.get('watch') === '1'
        ? 'watch'
        : single
          ? 'get'
          : 'list',
    POST: 'create',
    PUT: 'update',
    PATCH: 'patch',
    DELETE: single ? 'delete' : 'deletecollection',
  };
  return {
    verb: verbs[method] ?? method.toLowerCase(),
    group: target.group,
    resource: target.subresource ? `${target.resource}/${target.subresource}` : target.resource,
    namespace: target.namespace,
    name: target.name,
  };
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const known = asApiError(error);
  for (const [name, value] of Object.entries(known.headers)) response.setHeader(name, value);
  sendJson(response, known.code, known.status());
}

function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError(500, 'InternalError', `Internal error occurred: ${String(error)}`);
}
