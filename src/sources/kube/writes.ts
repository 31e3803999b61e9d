import type { ObjectAddress } from '../../domain/ref.ts';
import type { KubeObject, KubePort, NewObject, WriteOptions } from '../../ports/kube.ts';
import { RequestError } from './errors.ts';
import { asObject } from './objects.ts';
import { collectionPath, doing, objectPath } from './paths.ts';
import type { KubeRequest } from './request.ts';
import type { Transport } from './transport.ts';

/** Who wrote a field, as the server's managedFields will say. */
const FIELD_MANAGER = 'ekscope';

const PATCH_TYPES = {
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
  strategic: 'application/strategic-merge-patch+json',
} as const;

/** People typed it: a misspelled field is an error and not passed over. */
const STRICT = { fieldValidation: 'Strict' };

/** Makes an object. */
export async function createObject(
  transport: Transport,
  ref: Omit<ObjectAddress, 'name'>,
  object: NewObject,
  options: WriteOptions = {},
): Promise<KubeObject> {
  const { name = '' } = object.metadata;
  const made = await write(transport, {
    doing: doing('create', [ref.resource, name].filter(Boolean).join('/'), ref.namespace),
    right: doing('create', ref.resource, ref.namespace),
    method: 'POST',
    path: collectionPath(ref, ref.namespace),
    query: { ...managed(options), ...STRICT },
    body: json(object),
  });
  return asObject(made, ref.resource);
}

/** Replaces an object by another state of it. */
export async function replaceObject(
  transport: Transport,
  ref: ObjectAddress,
  object: KubeObject,
  options: WriteOptions = {},
): Promise<KubeObject> {
  const replaced = await write(transport, {
    ...asked('update', ref),
    method: 'PUT',
    path: objectPath(ref),
    query: { ...managed(options), ...STRICT },
    body: json(object),
  });
  return asObject(replaced, ref.resource);
}

/** Server-side apply. */
export async function applyObject(
  transport: Transport,
  ref: ObjectAddress,
  object: NewObject,
  options: Parameters<KubePort['apply']>[2] = {},
): Promise<KubeObject> {
  const applied = await write(transport, {
    ...asked('patch', ref),
    doing: doing('apply', `${ref.resource}/${ref.name}`, ref.namespace),
    method: 'PATCH',
    path: objectPath(ref),
    query: { ...managed(options), ...STRICT, ...(options.force === true ? { force: 'true' } : {}) },
    // JSON is YAML.
    body: { type: 'application/apply-patch+yaml', text: JSON.stringify(object) },
  });
  return asObject(applied, ref.resource);
}

/** Patches an object or a subresource of it. */
export async function patchObject(
  transport: Transport,
  ref: ObjectAddress,
  patch: Parameters<KubePort['patch']>[1],
): Promise<KubeObject> {
  const { type, body, subresource = '' } = patch;
  const patched = await write(transport, {
    ...asked('patch', ref, subresource),
    method: 'PATCH',
    path: objectPath(ref, subresource),
    query: { ...managed(patch), ...(patch.strict === true ? STRICT : {}) },
    body: { type: PATCH_TYPES[type], text: JSON.stringify(body) },
  });
  return asObject(patched, ref.resource);
}

/** Deletes an object; null where it is gone at once. */
export async function deleteObject(
  transport: Transport,
  ref: ObjectAddress,
  options: Parameters<KubePort['delete']>[1] = {},
): Promise<KubeObject | null> {
  const answer = await write(transport, {
    ...asked('delete', ref),
    method: 'DELETE',
    path: objectPath(ref),
    body: json(deleteOptions(options)),
  });
  // The object as it lingers, or as it was; or a Status, where it is not told.
  const { kind, metadata } = answer as { kind?: unknown; metadata?: Record<string, unknown> };
  if (kind === 'Status' || metadata?.['deletionTimestamp'] === undefined) return null;
  return asObject(answer, ref.resource);
}

/** How a deletion is done, as the API takes it. */
export function deleteOptions(options: NonNullable<Parameters<KubePort['delete']>[1]>): object {
  const { propagation, graceSeconds, uid, dryRun } = options;
  return {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    ...(propagation === undefined ? {} : { propagationPolicy: propagation }),
    ...(graceSeconds === undefined ? {} : { gracePeriodSeconds: graceSeconds }),
    ...(uid === undefined ? {} : { preconditions: { uid } }),
    ...(dryRun === true ? { dryRun: ['All'] } : {}),
  };
}

/** What is asked for an object or a subresource of it, and which right it takes. */
export function asked(
  verb: string,
  { resource, name, namespace }: ObjectAddress,
  subresource = '',
): Pick<KubeRequest, 'doing' | 'right'> {
  return {
    doing: doing(verb, [resource, name, subresource].filter(Boolean).join('/'), namespace),
    right: doing(verb, [resource, subresource].filter(Boolean).join('/'), namespace),
  };
}

/** A body of JSON. */
export function json(body: unknown): NonNullable<KubeRequest['body']> {
  return { type: 'application/json', text: JSON.stringify(body) };
}

/** Failures after which nobody knows whether the server did it. */
const UNSURE = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'Timeout']);

/**
 * Sends a write, over a connection of its own: one that stood idle may be closed just then, and a
 * write is not sent twice.
 */
export async function write(transport: Transport, request: KubeRequest): Promise<unknown> {
  try {
    return await transport.json({ ...request, pool: 'fresh' });
  } catch (error) {
    if (!(error instanceof RequestError) || error.code !== 0 || !UNSURE.has(error.reason)) {
      throw error;
    }
    throw new RequestError(0, `${request.doing}: ${error.message}`, {
      reason: error.reason,
      hint: 'it may have been done all the same: look before you do it again',
    });
  }
}

function managed({ dryRun = false }: WriteOptions): Record<string, string> {
  return { fieldManager: FIELD_MANAGER, ...(dryRun ? { dryRun: 'All' } : {}) };
}
