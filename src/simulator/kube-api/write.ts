import { parse as parseYaml } from 'yaml';
import type { Kind } from '../world/kinds.ts';
import type { KubeObject } from '../world/objects.ts';
import type { World } from '../world/world.ts';
import { admit } from './admission.ts';
import { encodeObject, encodePartial, shownAs, storedAs } from './encode.ts';
import {
  abandoned,
  checkConflicts,
  ownedAfterApply,
  ownedAfterUpdate,
  sameButOwners,
  sameOwners,
} from './field-owners.ts';
import type { Writer } from './field-owners.ts';
import { managedFieldsOf, without } from './managed-fields.ts';
import { jsonPatch, mergePatch, strategicMerge } from './merge.ts';
import { PROTOBUF } from './protobuf.ts';
import { checkPreconditions, combine, isDry, storeOver } from './replace.ts';
import { readBody, sendJson } from './request.ts';
import type { ApiRequest, Target } from './request.ts';
import type { Json } from './schema/decode.ts';
import { objectApplied, objectOf, objectPatched } from './schema/received.ts';
import { ApiError, badRequest, notFound } from './status.ts';
import { encodeColumns, encodeRow, includeObjectOf, tableHead } from './table.ts';
import { checkSpec } from './validation.ts';

/** Answers a POST to a collection. */
export async function create(
  world: World,
  kind: Kind,
  target: Target,
  request: ApiRequest,
): Promise<void> {
  checkContentType(request, [...JSON_TYPES, PROTOBUF]);
  const body = storedAs(kind, await readObject(kind, request));
  const own = (made: KubeObject): KubeObject =>
    ownedAfterUpdate(kind, null, made, writerOf(world, target, request, 'Update'));
  const object = admit(world, kind, target.namespace, { ...body }, { dry: isDry(request), own });
  sendObject(world, kind, object, request, 201);
}

/** Answers a PUT: replaces an object, if it is the one that the client has seen. */
export async function update(
  world: World,
  kind: Kind,
  target: Target,
  request: ApiRequest,
): Promise<void> {
  checkContentType(request, JSON_TYPES);
  const before = existing(world, kind, target);
  const body = storedAs(kind, await readObject(kind, request));
  sendObject(world, kind, replace(world, kind, target, before, body, request), request);
}

async function readObject(kind: Kind, request: ApiRequest): Promise<KubeObject> {
  const body = objectOf(kind, await readBody(request.http), request);
  return { ...body, metadata: body['metadata'] ?? {} } as unknown as KubeObject;
}

/** Answers a PATCH of any of the four kinds. A server-side apply may also create. */
export async function patch(
  world: World,
  kind: Kind,
  target: Target,
  request: ApiRequest,
): Promise<void> {
  // How lists of other types than the API's own merge is not known.
  const known =
    kind.custom === undefined ? PATCH_TYPES : PATCH_TYPES.filter((each) => each !== STRATEGIC);
  const type = checkContentType(request, known);
  const body = (await readBody(request.http)).toString();
  const before = world.store.get(kind.resource, target.namespace, target.name);
  if (type === APPLY) {
    const sent = parsePatch(type, body) as Json;
    const name = `${target.namespace}/${target.name}`;
    const applied = storedAs(kind, objectApplied(kind, sent, name) as unknown as KubeObject);
    const writer = writerOf(world, target, request, 'Apply');
    if (before) {
      sendObject(
        world,
        kind,
        apply(world, kind, target, before, applied, writer, request),
        request,
      );
      return;
    }
    const own = (made: KubeObject): KubeObject =>
      ownedAfterApply(kind, null, made, applied, writer);
    const made = admit(world, kind, target.namespace, { ...applied }, { dry: isDry(request), own });
    sendObject(world, kind, made, request, 201);
    return;
  }
  if (!before) throw notFound(kind, target.name);
  const managedFields = managedFieldsOf(kind, before);
  const shown = shownAs(kind, before);
  const full = { ...shown, metadata: { ...shown.metadata, managedFields } };
  const patched = applyPatchTo(full, type, body);
  const typed = objectPatched(kind, patched, { type, body }, request) as unknown as KubeObject;
  sendObject(
    world,
    kind,
    replace(world, kind, target, before, storedAs(kind, typed), request),
    request,
  );
}

/** A server-side apply to an object that is there. */
function apply(
  world: World,
  kind: Kind,
  target: Target,
  before: KubeObject,
  applied: KubeObject,
  writer: Writer,
  request: ApiRequest,
): KubeObject {
  checkPreconditions(kind, before, applied);
  if (request.query.get('force') !== 'true') checkConflicts(kind, before, applied, writer);
  const kept = abandoned(kind, before, applied, writer).reduce(without, before);
  const merged = strategicMerge(kept, applied) as KubeObject;
  const next = combine(kind, target, before, merged);
  checkSpec(kind, next);
  const owned = ownedAfterApply(kind, before, next, applied, writer);
  const sameFields = sameOwners(managedFieldsOf(kind, owned), managedFieldsOf(kind, before));
  if (sameFields && sameButOwners(before, owned)) return before;
  return storeOver(world, kind, before, owned, request);
}

/** Who makes a request, as managed fields have it. */
export function writerOf(
  world: World,
  { subresource }: Target,
  { query, http }: ApiRequest,
  operation: Writer['operation'],
): Writer {
  const agent = (http.headers['user-agent'] ?? '').split('/')[0] ?? '';
  const manager = query.get('fieldManager') || agent || 'unknown';
  return { manager, operation, subresource, time: world.clock.stamp() };
}

/** The object with a patch applied. @throws {ApiError} where the patch is none */
export function applyPatchTo(object: object, type: string, body: string): KubeObject {
  const change = parsePatch(type, body);
  switch (type) {
    case 'application/json-patch+json':
      return jsonPatch(object, change) as KubeObject;
    case 'application/merge-patch+json':
      return mergePatch(object, change) as KubeObject;
    default:
      return strategicMerge(object, change) as KubeObject;
  }
}

function parsePatch(type: string, body: string): unknown {
  try {
    return type === APPLY ? (parseYaml(body) as unknown) : JSON.parse(body);
  } catch (error) {
    throw badRequest(`error decoding patch: ${(error as Error).message}`);
  }
}

function replace(
  world: World,
  kind: Kind,
  target: Target,
  before: KubeObject,
  sent: KubeObject,
  request: ApiRequest,
): KubeObject {
  checkPreconditions(kind, before, sent, request.method === 'PATCH' && !target.subresource);
  const next = combine(kind, target, before, sent);
  checkSpec(kind, next);
  const given = sent.metadata.managedFields;
  // A client may say itself who owns what; else it owns what it changed.
  if (given !== undefined && !sameOwners(given, managedFieldsOf(kind, before))) {
    const managedFields = given.filter(({ subresource }) => subresource !== 'status');
    const stated = { ...next, metadata: { ...next.metadata, managedFields } };
    return storeOver(world, kind, before, stated, request);
  }
  if (sameButOwners(before, next)) return before;
  const writer = writerOf(world, target, request, 'Update');
  const owned =
    target.subresource === 'status' ? next : ownedAfterUpdate(kind, before, next, writer);
  return storeOver(world, kind, before, owned, request);
}

/** The object that a path names. @throws {ApiError} 404 */
export function existing(world: World, kind: Kind, target: Target): KubeObject {
  const object = world.store.get(kind.resource, target.namespace, target.name);
  if (!object) throw notFound(kind, target.name);
  return object;
}

/** Writes one object in the representation that the client asked for. */
export function sendObject(
  world: World,
  kind: Kind,
  object: KubeObject,
  request: ApiRequest,
  code = 200,
): void {
  const { accept, query, response } = request;
  if (accept.as === 'Table') {
    const head = tableHead(
      { resourceVersion: object.metadata.resourceVersion },
      encodeColumns(kind),
    );
    const row = encodeRow(kind, object, world.clock.date(), includeObjectOf(query));
    sendJson(response, code, `${head}${row}]}\n`);
  } else if (accept.as === 'PartialObjectMetadata') {
    sendJson(response, code, encodePartial(kind, object));
  } else sendJson(response, code, encodeObject(kind, object));
}

const APPLY = 'application/apply-patch+yaml';
const STRATEGIC = 'application/strategic-merge-patch+json';
const JSON_TYPES = ['application/json'];
const PATCH_TYPES = [
  'application/json-patch+json',
  'application/merge-patch+json',
  STRATEGIC,
  APPLY,
];

/** The media type of a body. @throws {ApiError} 415 for one that is not taken */
export function checkContentType({ http }: ApiRequest, allowed: readonly string[]): string {
  const type = (http.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  if (!type) return allowed[0] ?? '';
  if (allowed.includes(type)) return type;
  throw new ApiError(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${allowed.join(', ')}`,
  );
}
