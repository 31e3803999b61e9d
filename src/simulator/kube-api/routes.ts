import { createHash } from 'node:crypto';
import type { Kind } from '../world/kinds.ts';
import { formerRelease } from '../catalog/releases.ts';
import { kubeletVersion } from '../world/node-objects.ts';
import type { World } from '../world/world.ts';
import type { Caller } from './callers.ts';
import { evictPod, remove, removeAll } from './delete.ts';
import { aggregatedDiscovery, apiGroups, apiResources, apiVersions } from './discovery.ts';
import { list } from './list.ts';
import { log } from './log.ts';
import { metrics } from './metrics.ts';
import { openapiDocument, openapiRoot } from './openapi.ts';
import { sendJson } from './request.ts';
import type { ApiRequest, Target } from './request.ts';
import { review } from './reviews.ts';
import { scale } from './scale.ts';
import { statsSummary } from './stats-summary.ts';
import { ApiError, badRequest, unknownPath } from './status.ts';
import { requestToken } from './token-request.ts';
import { watch } from './watch.ts';
import { create, existing, patch, sendObject, update } from './write.ts';

const DISCOVERY_TYPE = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** Answers everything that is not about objects: discovery, version, health. */
export function routeMeta(world: World, request: ApiRequest): void {
  const { path, response, accept } = request;
  const aggregated = accept.as === 'discovery';
  if (path === '/version' || path === '/version/') sendJson(response, 200, versionOf(world));
  else if (path === '/api' || path === '/apis') {
    const core = path === '/api';
    if (aggregated) sendDiscovery(request, aggregatedDiscovery(world, core));
    else
      sendJson(
        response,
        200,
        core ? apiVersions(world.cluster.endpoint.slice(8)) : apiGroups(world),
      );
  } else if (/^\/(healthz|livez|readyz)$/.test(path)) {
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('ok');
  } else if (path === '/openapi/v3') sendJson(response, 200, openapiRoot(world));
  else {
    const [, group = '', version = ''] = /^\/(?:apis\/([^/]+)|api)\/([^/]+)\/?$/.exec(path) ?? [];
    const found = path.startsWith('/openapi/v3/')
      ? openapiDocument(world, path.slice('/openapi/v3/'.length))
      : version
        ? apiResources(world, group, version)
        : null;
    if (!found) throw unknownPath();
    sendJson(response, 200, found);
  }
}

/** Answers with what is served, or that it is what the client has already. */
function sendDiscovery({ http, response }: ApiRequest, document: object): void {
  const body = JSON.stringify(document);
  const etag = `"${createHash('sha512').update(body).digest('hex').toUpperCase()}"`;
  response.setHeader('etag', etag);
  if (http.headers['if-none-match'] === etag) response.writeHead(304).end();
  else sendJson(response, 200, body, DISCOVERY_TYPE);
}

/** Answers a request about objects, by resource and method. */
export async function route(
  world: World,
  caller: Caller,
  target: Target,
  request: ApiRequest,
): Promise<void> {
  const watching = ['true', '1'].includes(request.query.get('watch') ?? '');
  if (target.group === 'metrics.k8s.io') {
    // What has been measured cannot be watched.
    if (watching) throw notAllowed();
    metrics(world, target, request);
    return;
  }
  if (target.group === 'authorization.k8s.io' || target.group === 'authentication.k8s.io') {
    return review(caller, target, request);
  }
  const { kind } = target;
  if (!kind || (target.namespace && !kind.namespaced)) throw unknownPath();
  if (target.subresource) return routeSubresource(world, kind, target, request);
  switch (request.method) {
    case 'GET':
      if (watching) return watch(world, kind, target, request);
      if (!target.name) return list(world, kind, target, request);
      {
        sendObject(world, kind, existing(world, kind, target), request);
        return;
      }
    case 'POST':
      if (!target.name) return create(world, kind, target, request);
      break;
    case 'PUT':
      if (target.name) return update(world, kind, target, request);
      break;
    case 'PATCH':
      if (target.name) return patch(world, kind, target, request);
      break;
    case 'DELETE':
      if (target.name) return remove(world, kind, target, request);
      return removeAll(world, kind, target, request);
    default:
      break;
  }
  throw notAllowed();
}

function notAllowed(): ApiError {
  return new ApiError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
  );
}

function routeSubresource(
  world: World,
  kind: Kind,
  target: Target,
  request: ApiRequest,
): Promise<void> | void {
  const served = kind.subresources.find((each) => each === target.subresource);
  switch (served) {
    case 'scale':
      return scale(world, kind, target, request);
    case 'log':
      return log(world, target, request);
    case 'eviction':
      return evictPod(world, kind, target, request);
    case 'token':
      return requestToken(world, kind, target, request);
    case 'exec':
    case 'attach':
    case 'portforward':
      // As WebSockets they do not come here.
      throw badRequest('Upgrade request required');
    case 'proxy':
      statsSummary(world, kind, target, request);
      return;
    case 'status':
      if (request.method === 'GET') {
        sendObject(world, kind, existing(world, kind, target), request);
        return;
      }
      return request.method === 'PUT'
        ? update(world, kind, target, request)
        : patch(world, kind, target, request);
    case undefined:
      throw unknownPath();
  }
}

function versionOf(world: World): object {
  const [major = '1', minor = ''] = world.cluster.version.split('.');
  return {
    major,
    minor,
    emulationMajor: major,
    emulationMinor: minor,
    minCompatibilityMajor: major,
    minCompatibilityMinor: String(Number(minor) - 1),
    gitVersion: kubeletVersion(formerRelease(world.cluster.version)),
    gitCommit: '7d1e6c5b0f0a4f1c9f3b2f4a9ad1c0a8e62b7c11',
    gitTreeState: 'clean',
    buildDate: '2026-10-29T21:14:08Z',
    goVersion: 'go1.25.4',
    compiler: 'gc',
    platform: 'linux/amd64',
  };
}
