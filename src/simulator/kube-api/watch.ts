import type { ServerResponse } from 'node:http';
import { apiVersionOf } from '../world/kinds.ts';
import type { Kind } from '../world/kinds.ts';
import type { KubeObject } from '../world/objects.ts';
import type { Change } from '../world/store.ts';
import type { World } from '../world/world.ts';
import { encodeObject, encodePartial } from './encode.ts';
import { drained, predicateOf } from './list.ts';
import type { Predicate } from './list.ts';
import type { ApiRequest, Target } from './request.ts';
import { ApiError, expired } from './status.ts';
import { emptyCells, encodeColumns, encodeRow, includeObjectOf, tableHead } from './table.ts';

const BOOKMARK_INTERVAL = 55_000;
/** A client this many bytes behind is cut off, as by a server whose buffer is full. */
const TOO_FAR_BEHIND = 32 * 1024 * 1024;

type EventType = 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';

/** Answers a WATCH, until its time is up or the client leaves. */
export async function watch(
  world: World,
  kind: Kind,
  target: Target,
  request: ApiRequest,
): Promise<void> {
  const { query, response } = request;
  const matches = predicateOf(kind, query, target.name);
  const inScope: Predicate = (object) =>
    (!target.namespace || object.metadata.namespace === target.namespace) && matches(object);
  const streaming = query.get('sendInitialEvents') === 'true';
  checkOptions(query, streaming);
  const encode = encoderOf(world, kind, request);
  const bookmarks = query.get('allowWatchBookmarks') === 'true';
  const from = query.get('resourceVersion') ?? '';
  const resume = from !== '' && from !== '0' && !streaming;
  response.writeHead(200, {
    'content-type': 'application/json',
    'cache-control': 'no-cache, private',
  });
  response.flushHeaders();
  // Whatever changes while the beginning is being sent waits its turn.
  const backlog: Change[] = [];
  let live = false;
  const send = (change: Change): void => {
    const type = typeFor(change, inScope);
    if (type) tell(response, encode(type, change.object));
    if (response.writableLength > TOO_FAR_BEHIND) response.destroy();
  };
  const stop = world.store.subscribe(
    kind.resource,
    (change) => {
      if (live) send(change);
      else backlog.push(change);
    },
    () => response.end(),
  );
  response.on('close', stop);
  let started = world.store.resourceVersion;
  if (resume) {
    const missed = world.store.since(kind.resource, Number(from));
    if (!missed) {
      const gone = expired(
        `too old resource version: ${from} (${world.store.compacted(kind.resource)})`,
      );
      response.end(encode('ERROR', gone.status() as KubeObject));
      return;
    }
    for (const change of missed) send(change);
  } else {
    started = await sendInitial(world, kind, target, inScope, encode, request);
  }
  if (response.destroyed) return;
  if (streaming) tell(response, encode('BOOKMARK', bookmark(kind, started, true)));
  live = true;
  for (const change of backlog) send(change);
  keepOpen(world, kind, request, bookmarks, encode);
}

/**
 * Sends something, unless the watch has ended: a client that is behind still reads then, and
 * whatever it follows goes on. False: it has enough for now.
 */
const tell = (response: ServerResponse, text: string): boolean =>
  response.writableEnded || response.write(text);

async function sendInitial(
  world: World,
  kind: Kind,
  target: Target,
  inScope: Predicate,
  encode: Encoder,
  { response }: ApiRequest,
): Promise<number> {
  const version = world.store.resourceVersion;
  const objects = world.store.list(kind.resource, target.namespace).filter(inScope);
  for (let from = 0; from < objects.length; from += 100) {
    const lines = objects.slice(from, from + 100).map((object) => encode('ADDED', object));
    if (!tell(response, lines.join(''))) await drained(response);
    else await new Promise(setImmediate);
    if (response.destroyed || response.writableEnded) break;
  }
  return version;
}

function keepOpen(
  world: World,
  kind: Kind,
  { query, response }: ApiRequest,
  bookmarks: boolean,
  encode: Encoder,
): void {
  const seconds = Number(query.get('timeoutSeconds') ?? 0) || 1800 + Math.random() * 1800;
  const timers: NodeJS.Timeout[] = [
    setTimeout(() => {
      if (bookmarks) {
        tell(response, encode('BOOKMARK', bookmark(kind, world.store.resourceVersion, false)));
      }
      response.end();
    }, seconds * 1000),
  ];
  if (bookmarks) {
    timers.push(
      setInterval(() => {
        tell(response, encode('BOOKMARK', bookmark(kind, world.store.resourceVersion, false)));
      }, BOOKMARK_INTERVAL),
    );
  }
  response.on('close', () => {
    for (const timer of timers) clearTimeout(timer);
  });
}

type Encoder = (type: EventType, object: KubeObject) => string;

function encoderOf(world: World, kind: Kind, { accept, query }: ApiRequest): Encoder {
  const include = includeObjectOf(query);
  // Only the first Table of a watch names its columns.
  let columns: string | null = encodeColumns(kind);
  return (type, object) => {
    if (type === 'ERROR') return line(type, JSON.stringify(object));
    if (accept.as === 'Table') {
      const metadata = { resourceVersion: object.metadata.resourceVersion };
      const row =
        type === 'BOOKMARK'
          ? bookmarkRow(kind, object)
          : encodeRow(kind, object, world.clock.date(), include);
      const text = line(type, `${tableHead(metadata, columns)}${row}]}`);
      columns = null;
      return text;
    }
    if (type === 'BOOKMARK') return line(type, JSON.stringify(object));
    return line(
      type,
      accept.as === 'PartialObjectMetadata'
        ? encodePartial(kind, object)
        : encodeObject(kind, object),
    );
  };
}

function line(type: EventType, object: string): string {
  return `{"type":"${type}","object":${object}}\n`;
}

/** What a change means to somebody who sees only what matches. */
function typeFor({ type, object, previous }: Change, inScope: Predicate): EventType | null {
  const is = inScope(object);
  const was = previous !== null && inScope(previous);
  if (type === 'DELETED') return was ? 'DELETED' : null;
  if (is) return was ? 'MODIFIED' : 'ADDED';
  return was ? 'DELETED' : null;
}

function bookmark(kind: Kind, version: number, initial: boolean): KubeObject {
  return {
    kind: kind.kind,
    apiVersion: apiVersionOf(kind),
    metadata: {
      resourceVersion: String(version),
      ...(initial && { annotations: { 'k8s.io/initial-events-end': 'true' } }),
    },
    ...(kind.resource === 'pods' && { spec: { containers: null }, status: {} }),
  } as unknown as KubeObject;
}

function bookmarkRow(kind: Kind, object: KubeObject): string {
  const partial = { ...object, kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1' };
  return `{"cells":${emptyCells(kind)},"object":${JSON.stringify(partial)}}`;
}

function checkOptions(query: URLSearchParams, streaming: boolean): void {
  if (!streaming || query.get('resourceVersionMatch') === 'NotOlderThan') return;
  const message = 'sendInitialEvents is set but resourceVersionMatch is not: must be NotOlderThan';
  throw new ApiError(
    422,
    'Invalid',
    `ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: ${message}`,
    {
      group: 'meta.k8s.io',
      kind: 'ListOptions',
      causes: [{ reason: 'FieldValueForbidden', message, field: 'resourceVersionMatch' }],
    },
  );
}
