import type { Writable } from 'node:stream';
import { parseFieldSelector, parseLabelSelector } from '../world/selectors.ts';
import { apiVersionOf } from '../world/kinds.ts';
import type { Kind } from '../world/kinds.ts';
import type { KubeObject } from '../world/objects.ts';
import { keyOf } from '../world/keys.ts';
import type { World } from '../world/world.ts';
import { encodeItem, encodePartial } from './encode.ts';
import type { ApiRequest, Target } from './request.ts';
import { ApiError, badRequest, expired } from './status.ts';
import { encodeColumns, encodeRow, includeObjectOf, tableHead } from './table.ts';

/** How many objects are encoded before other requests get a turn. */
const SLICE = 100;

export type Predicate = (object: KubeObject) => boolean;

/** Answers a LIST: selectors, pages, and any of the three representations. */
export async function list(
  world: World,
  kind: Kind,
  target: Target,
  request: ApiRequest,
): Promise<void> {
  const { query, response, accept } = request;
  const matches = predicateOf(kind, query, target.name);
  const version = world.store.resourceVersion;
  checkVersion(query, version);
  const all = world.store.list(kind.resource, target.namespace).filter(matches);
  const page = pageOf(world, kind, all, query, version);
  const metadata = {
    resourceVersion: String(page.version),
    ...(page.next !== undefined && { continue: page.next, remainingItemCount: page.remaining }),
  };
  const now = world.clock.date();
  const include = includeObjectOf(query);
  const [head, encode, tail] =
    accept.as === 'Table'
      ? [
          tableHead(metadata, encodeColumns(kind)),
          (object: KubeObject) => encodeRow(kind, object, now, include),
          ']}\n',
        ]
      : accept.as === 'PartialObjectMetadata'
        ? [
            `{"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","metadata":${JSON.stringify(metadata)},"items":[`,
            (object: KubeObject) => encodePartial(kind, object),
            ']}\n',
          ]
        : [
            `{"kind":"${kind.kind}List","apiVersion":"${apiVersionOf(kind)}","metadata":${JSON.stringify(metadata)},"items":[`,
            (object: KubeObject) => encodeItem(kind, object),
            ']}\n',
          ];
  response.writeHead(200, {
    'content-type': 'application/json',
    'cache-control': 'no-cache, private',
  });
  response.write(head);
  for (let from = 0; from < page.items.length; from += SLICE) {
    const chunk = page.items
      .slice(from, from + SLICE)
      .map(encode)
      .join(',');
    const more = !response.write(from === 0 ? chunk : `,${chunk}`);
    if (more) await drained(response);
    else await new Promise(setImmediate);
    if (response.destroyed) return;
  }
  response.end(tail);
}

/** Waits until a response takes more, or is gone. */
export function drained(response: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}

/** The label and field selectors of a query, and a name in the path, as one predicate. */
export function predicateOf(kind: Kind, query: URLSearchParams, name = ''): Predicate {
  const labels = query.get('labelSelector') ?? '';
  const fields = query.get('fieldSelector') ?? '';
  checkFields(kind, fields);
  try {
    const byLabels = labels ? parseLabelSelector(labels) : undefined;
    const byFields = fields ? parseFieldSelector(fields) : undefined;
    return (object) =>
      (!name || object.metadata.name === name) &&
      (byLabels?.(object.metadata.labels) ?? true) &&
      (byFields?.(object) ?? true);
  } catch (error) {
    throw badRequest((error as Error).message);
  }
}

const FIELDS: Readonly<Record<string, RegExp>> = {
  pods: /^(spec\.(nodeName|restartPolicy|schedulerName|serviceAccountName|hostNetwork)|status\.(phase|podIP|nominatedNodeName))$/,
  events:
    /^(involvedObject\.(kind|namespace|name|uid|apiVersion|resourceVersion|fieldPath)|reason|reportingComponent|source|type)$/,
  nodes: /^spec\.unschedulable$/,
  namespaces: /^status\.phase$/,
  secrets: /^type$/,
  replicasets: /^status\.replicas$/,
  jobs: /^status\.successful$/,
  services: /^spec\.(clusterIP|type)$/,
};

function checkFields(kind: Kind, selector: string): void {
  for (const term of selector.split(',').filter(Boolean)) {
    const field = /^[^=!]*/.exec(term)?.[0] ?? '';
    if (field === 'metadata.name' || field === 'metadata.namespace') continue;
    if (FIELDS[kind.resource]?.test(field)) continue;
    throw badRequest(`field label not supported: ${field}`);
  }
}

function checkVersion(query: URLSearchParams, current: number): void {
  const wanted = query.get('resourceVersion') ?? '';
  if (wanted && !/^\d+$/.test(wanted)) {
    throw new ApiError(400, 'BadRequest', `invalid resource version "${wanted}"`);
  }
  if (Number(wanted) > current) {
    throw new ApiError(
      504,
      'Timeout',
      `Too large resource version: ${wanted}, current: ${current}`,
      {
        causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
        retryAfterSeconds: 1,
      },
    );
  }
  if (query.get('resourceVersionMatch') === 'Exact' && wanted && Number(wanted) < current - 1000) {
    throw expired(`The resourceVersion for the provided list is too old.`);
  }
}

interface Page {
  readonly items: readonly KubeObject[];
  readonly version: number;
  readonly next?: string;
  readonly remaining?: number;
}

function pageOf(
  world: World,
  kind: Kind,
  all: readonly KubeObject[],
  query: URLSearchParams,
  version: number,
): Page {
  const limit = Number(query.get('limit') ?? 0);
  const token = query.get('continue') ?? '';
  const from = token ? readToken(token) : { version, after: '' };
  // The version of the first page must still be watchable when the last one has been read.
  if (token && from.version < world.store.compacted(kind.resource)) {
    throw expired(CONTINUE_EXPIRED);
  }
  const start = from.after ? all.findIndex((each) => keyOfObject(each) > from.after) : 0;
  const rest = start < 0 ? [] : all.slice(start);
  // A server that reads from its cache answers resourceVersion=0 whole, whatever the limit says.
  const whole = limit <= 0 || rest.length <= limit || query.get('resourceVersion') === '0';
  if (whole) return { items: rest, version: from.version };
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    version: from.version,
    next: Buffer.from(
      JSON.stringify({
        v: 'meta.k8s.io/v1',
        rv: from.version,
        start: last ? keyOfObject(last) : '',
      }),
    ).toString('base64url'),
    remaining: rest.length - limit,
  };
}

function readToken(token: string): { version: number; after: string } {
  try {
    const { rv, start } = JSON.parse(Buffer.from(token, 'base64url').toString()) as {
      rv: number;
      start: string;
    };
    if (typeof rv === 'number' && typeof start === 'string') return { version: rv, after: start };
  } catch {
    // Falls through to the refusal.
  }
  throw badRequest('continue key is not valid');
}

function keyOfObject({ metadata }: KubeObject): string {
  return keyOf(metadata.namespace ?? '', metadata.name);
}

const CONTINUE_EXPIRED =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';
